"""Does the server's log tell where a fault happened, and never what it says?"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.errors import AnalysisError, StoreError
from dashboard import asgi
from dashboard.build_facts import STORE_VARIABLE
from dashboard.errors import DashboardError
from dashboard.fault_log import keep_words_out, told

CANARY = "Zebedee Quillfeather"


@pytest.fixture(autouse=True)
def _wordless() -> Iterator[None]:
    before = logging.getLogRecordFactory()
    keep_words_out()
    yield
    logging.setLogRecordFactory(before)


def broken() -> None:
    """A fault with somebody's name in it, and another that came of it."""
    try:
        {}[CANARY]
    except KeyError as missing:
        raise ValueError(f"no such caller: {CANARY}") from missing


def raised() -> BaseException:
    with pytest.raises(ValueError, match=CANARY) as caught:
        broken()
    return caught.value


def test_a_fault_is_told_by_its_kind_its_place_and_what_it_came_of() -> None:
    said = told(raised())
    assert CANARY not in said
    assert "in broken" in said and "test_fault_log.py" in said
    assert said.index("ValueError") < said.index("which came of") < said.index("KeyError")


def test_every_fault_of_a_group_is_told() -> None:
    said = told(ExceptionGroup(CANARY, [raised(), TypeError(CANARY)]))
    assert CANARY not in said and "ExceptionGroup" in said and "TypeError" in said and "in broken" in said


def test_an_error_of_our_own_keeps_its_words() -> None:
    assert told(AnalysisError("calls.csv: no column GRADE.")).endswith("AnalysisError: calls.csv: no column GRADE.")


def test_an_error_that_came_of_itself_is_told_once() -> None:
    error = raised()
    error.__cause__ = error
    assert told(error).count("builtins.ValueError") == 1


@pytest.mark.parametrize("way", ["exc_info", "message", "argument"])
def test_whichever_way_it_is_logged_its_words_are_left_out(caplog: pytest.LogCaptureFixture, way: str) -> None:
    log, error = logging.getLogger("dashboard.tests"), raised()
    if way == "exc_info":
        log.error("a fault", exc_info=error)
    elif way == "message":
        log.error(error)
    else:
        log.error("a fault: %s", error)
    assert CANARY not in caplog.text and "ValueError" in caplog.text


def test_a_fault_of_a_page_stands_in_the_log_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    AppTest.from_string(f"raise ValueError('{CANARY[:7]}' + '{CANARY[7:]}')").run()
    assert "Uncaught app execution" in caplog.text and "ValueError" in caplog.text
    assert CANARY not in caplog.text


def test_asking_twice_changes_nothing_more() -> None:
    once = logging.getLogRecordFactory()
    keep_words_out()
    assert logging.getLogRecordFactory() is once


def test_the_app_asks_for_it_before_it_looks_at_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path))
    logging.setLogRecordFactory(logging.LogRecord)

    async def opened() -> None:
        async with asgi.lifespan(asgi.app):
            pass

    with pytest.raises((DashboardError, StoreError)):
        asyncio.run(opened())
    assert logging.getLogRecordFactory() is not logging.LogRecord
