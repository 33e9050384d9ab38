"""Where is what people decide kept? The SQL database of a store, opened with the access log's key."""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path

from analysis.questions.builds import secret_key
from dashboard.errors import DashboardError
from partnership.database import Database, open_database

URL_VARIABLE = "REPEAT_DEMAND_DATABASE_URL"
FILE_NAME = "partnership.sqlite"


def database_url(store: Path) -> str:
    """The address in the environment, else `partnership.sqlite` in the store."""
    return os.environ.get(URL_VARIABLE) or f"sqlite:///{(store / FILE_NAME).resolve()}"


def log_key(store: Path) -> bytes:
    """The access log's key: made of the store's secret, kept nowhere else."""
    return hmac.new(secret_key(store), b"access log", hashlib.sha256).digest()


def existing_decisions(store: Path) -> Database:
    """Open the database that is there: a mistyped store is told, and nothing is made in it.

    Raises:
        DashboardError: there is none in that store.
        PartnershipError, StoreError: as for `open_decisions`.
    """
    if not os.environ.get(URL_VARIABLE) and not (store / FILE_NAME).exists():
        raise DashboardError(
            f"{store}: there is no database in this store. Mend --store, or run: repeat-demand db upgrade"
        )
    return open_decisions(store)


def open_decisions(store: Path) -> Database:
    """Open the database.

    Raises:
        PartnershipError: it cannot be opened; the message names the mend.
        StoreError: the store's key cannot be read.
    """
    return open_database(database_url(store), log_key=log_key(store))
