"""May this text be kept? Typed text is tidied, and refused when empty, too long or full of hidden characters."""

from __future__ import annotations

import unicodedata

from partnership.errors import PartnershipError
from partnership.models.base import CODE_LENGTH, NAME_LENGTH

TEXT_LENGTH = 4000
_KEPT_CONTROLS = "\n\t"
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co"})


def text(typed: str, field: str, *, longest: int = TEXT_LENGTH) -> str:
    """A text that must say something: composed (NFC), without hidden characters or outer spaces.

    Raises:
        PartnershipError: nothing was typed, or more than fits; the message names the field, never the text.
    """
    tidy = optional_text(typed, field, longest=longest)
    if tidy is None:
        raise PartnershipError(f"{field}: nothing is written. Write something, then save again.")
    return tidy


def optional_text(typed: str | None, field: str, *, longest: int = TEXT_LENGTH) -> str | None:
    """A text that may be left empty; empty is None.

    Raises:
        PartnershipError: more than fits.
    """
    unified = unicodedata.normalize("NFC", (typed or "").replace("\r\n", "\n"))
    # Bidirectional overrides and zero-width characters can make a text read otherwise than it is.
    tidy = "".join(
        letter
        for letter in unified
        if letter in _KEPT_CONTROLS or unicodedata.category(letter) not in _HIDDEN_CATEGORIES
    ).strip()
    if len(tidy) > longest:
        raise PartnershipError(f"{field}: longer than {longest} characters. Shorten it, then save again.")
    return tidy or None


def name(typed: str, field: str) -> str:
    """A name of one line.

    Raises:
        PartnershipError: empty or too long.
    """
    return " ".join(text(typed, field, longest=NAME_LENGTH).split())


def code(typed: str, field: str) -> str:
    """A code of one word.

    Raises:
        PartnershipError: empty, too long, or with spaces inside.
    """
    tidy = text(typed, field, longest=CODE_LENGTH)
    if len(tidy.split()) > 1:
        raise PartnershipError(f"{field}: a code has no spaces. Write it as one word.")
    return tidy


def area(typed: str, field: str) -> str:
    """A sector's name or a neighbourhood's code as the force writes it, which may be of several words.

    Raises:
        PartnershipError: empty or too long.
    """
    return text(typed, field, longest=CODE_LENGTH)


def email(typed: str) -> str:
    """An e-mail address in lower case.

    Raises:
        PartnershipError: empty, too long, or without exactly one @.
    """
    tidy = text(typed, "email", longest=NAME_LENGTH).lower()
    local, _, domain = tidy.partition("@")
    if not local or not domain or "@" in domain or len(tidy.split()) > 1:
        raise PartnershipError("email: this is no address. Write it as name@example.org.")
    return tidy
