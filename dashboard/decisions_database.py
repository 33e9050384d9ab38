"""Where is what people decide kept? The SQL database of a store, opened with the access log's key."""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path

from analysis.questions.builds import secret_key
from partnership.database import Database, open_database

URL_VARIABLE = "REPEAT_DEMAND_DATABASE_URL"
FILE_NAME = "partnership.sqlite"


def database_url(store: Path) -> str:
    """The address in the environment, else `partnership.sqlite` in the store."""
    return os.environ.get(URL_VARIABLE) or f"sqlite:///{(store / FILE_NAME).resolve()}"


def log_key(store: Path) -> bytes:
    """The access log's key: made of the store's secret, kept nowhere else."""
    return hmac.new(secret_key(store), b"access log", hashlib.sha256).digest()


def open_decisions(store: Path) -> Database:
    """Open the database.

    Raises:
        PartnershipError: it cannot be opened; the message names the mend.
        StoreError: the store's key cannot be read.
    """
    return open_database(database_url(store), log_key=log_key(store))
