"""What does a page test start from? The environment names a store: the shared one, or one of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from dashboard.build_facts import STORE_VARIABLE
from dashboard.decisions_database import URL_VARIABLE
from tests.dashboard.built import built_store, own_copy


@pytest.fixture
def app_store(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shared store of the small force; a test that only reads takes this."""
    monkeypatch.delenv(URL_VARIABLE, raising=False)
    monkeypatch.setenv(STORE_VARIABLE, str(built_store()))
    return built_store()


@pytest.fixture
def writable_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store of the test's own; a test that saves anything takes this.

    A copy has the id of the shared build, by which answers are kept: none may come in from there, or go out.
    """
    store = own_copy(tmp_path)
    st.cache_resource.clear()
    monkeypatch.delenv(URL_VARIABLE, raising=False)
    monkeypatch.setenv(STORE_VARIABLE, str(store))
    yield store
    st.cache_resource.clear()
