"""Which kinds of action does the force know? A list it keeps in a file, in the order it is offered."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from partnership import wording
from partnership.errors import PartnershipError

_KEPT = Path(__file__).with_name("action_kinds.toml")


@dataclass(frozen=True)
class ActionKind:
    """One kind: its code, which is stored, and its words, which are shown."""

    code: str
    words: str


@cache
def action_kinds(file: Path = _KEPT) -> tuple[ActionKind, ...]:
    """The kinds of the list, in its order.

    Raises:
        PartnershipError: the file cannot be read, or a kind has no code or words, or a code stands twice.
    """
    try:
        listed = tomllib.loads(file.read_text(encoding="utf-8")).get("kind", [])
    except (OSError, ValueError) as error:
        raise PartnershipError(f"{file.name}: cannot be read as TOML. Correct it, then try again.") from error
    try:
        kinds = tuple(
            ActionKind(wording.code(one["code"], "code"), wording.name(one["words"], "words")) for one in listed
        )
    except (KeyError, TypeError) as error:
        raise PartnershipError(f"{file.name}: every [[kind]] has a code and words. Add what is missing.") from error
    if not kinds or len({kind.code for kind in kinds}) < len(kinds):
        raise PartnershipError(f"{file.name}: list at least one kind, and every code once.")
    return kinds


def kind_in_words(code: str | None, kinds: tuple[ActionKind, ...]) -> str:
    """The words of a kind; a code no longer listed stands for itself, and none is empty."""
    return next((kind.words for kind in kinds if kind.code == code), code or "")
