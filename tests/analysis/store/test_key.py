"""Is a store's secret made once, and never again where builds were made with it?"""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from analysis.errors import StoreError
from analysis.store import BuildWriter
from analysis.store.key import key_fingerprint, secret_key


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    key = secret_key(tmp_path / "store")
    assert len(key) == 32 and secret_key(tmp_path / "store") == key
    assert stat.S_IMODE((tmp_path / "store" / "key").stat().st_mode) == 0o600


def test_two_stores_have_two_keys(tmp_path: Path) -> None:
    assert len({key_fingerprint(secret_key(tmp_path / name)) for name in ("a", "b")}) == 2


def test_a_key_that_is_gone_from_beside_its_builds_is_not_made_anew(tmp_path: Path) -> None:
    secret_key(tmp_path)
    with BuildWriter(tmp_path, "b1") as writer:
        writer.finish({"sequence": 1})
    (tmp_path / "key").unlink()
    with pytest.raises(StoreError, match="is missing, and the builds beside it were made with it"):
        secret_key(tmp_path)
    assert not (tmp_path / "key").exists()


def test_a_torn_key_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("not a key")
    with pytest.raises(StoreError, match="cannot be read or written"):
        secret_key(tmp_path)
