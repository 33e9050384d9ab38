"""Which commands are there? One module a verb, each with `add` (its options) and a function that runs it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol

VERBS = ("build", "export", "pack", "db", "agency", "member", "boundaries", "log", "erase", "sample", "demo", "serve")


class Command(Protocol):
    """A module of this folder."""

    def add(self, verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
        """Add the verb and its options."""


def commands_for(words: Sequence[str] = ()) -> list[Command]:
    """The verb that the words begin with, so that it need not wait for what others import; else all, as in the help."""
    named = [verb for verb in VERBS if verb in words[:1]]
    return [import_module(f"dashboard.commands.{verb}") for verb in named or VERBS]


def add_store(verb: argparse.ArgumentParser, *, is_used: bool = True) -> None:
    """Every command takes `--store`, so that it can be written once; some have no use for it."""
    said = "default: data/store" if is_used else "not needed here"
    verb.add_argument("--store", type=Path, default=Path("data/store"), metavar="DIR", help=said)
