"""What is calculated beside each other is put together in one order."""

from __future__ import annotations

from threading import Event

import pytest

from analysis.people.beside import beside_each_other

_PATIENCE = 30  # seconds; only a mistake takes them


def test_the_answers_stand_in_the_order_of_the_tasks_though_the_last_is_done_first() -> None:
    last_is_done = Event()

    def first() -> str:
        return "first" if last_is_done.wait(_PATIENCE) else "waited in vain"

    def last() -> str:
        last_is_done.set()
        return "last"

    assert beside_each_other([first, last], at_once=2) == ["first", "last"]


def test_an_error_of_one_task_is_not_lost() -> None:
    def wrong() -> str:
        raise ArithmeticError("two and two are five")

    with pytest.raises(ArithmeticError, match="five"):
        beside_each_other([lambda: "right", wrong])
