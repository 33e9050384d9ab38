"""What is the store's secret, without which person ids and references cannot be made?"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from analysis.errors import StoreError

_KEY = "key"


def secret_key(store: Path) -> bytes:
    """The store's secret, made at the first call and readable by its owner only.

    Raises:
        StoreError: it cannot be read or written, or it is gone though the store holds builds: another one would give
            everybody another id, and plans would lose their people.
    """
    file = store / _KEY
    try:
        store.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            if any(store.glob("[!.]*/manifest.json")):
                raise StoreError(
                    f"{file}: is missing, and the builds beside it were made with it. Put it back from your last "
                    f"backup of the store, or name another --store to begin anew."
                )
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as out:
                out.write(secrets.token_hex(32))
        return bytes.fromhex(file.read_text().strip())
    except (OSError, ValueError) as error:
        raise StoreError(f"{file}: cannot be read or written. Mend its rights, or name another --store.") from error


def key_fingerprint(key: bytes) -> str:
    """Tells two keys apart without telling the key."""
    return hmac.new(key, b"repeat-demand key fingerprint", hashlib.sha256).hexdigest()[:16]
