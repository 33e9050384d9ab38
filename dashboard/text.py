"""How are numbers, dates and people's words written on the screen? One form for each, everywhere."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

NBSP = "\u00a0"
MINUS = "\u2212"
WORD_JOINER = "\u2060"
UNKNOWN = "not known"

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# A Markdown renderer turns bare addresses into links after it has undone the escapes: they are broken up instead.
_LINK_STARTS = re.compile(r"(?i)(https?:(?=//)|www(?=\.)|(?<=\S)@(?=\S))")


def plain_line(value: str) -> str:
    """A text as one line: runs of space become one, control and direction-changing characters a visible mark."""
    shown = (
        "\ufffd" if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"} else character
        for character in re.sub(r"[^\S\u00a0]+", " ", unicodedata.normalize("NFC", value))
    )
    return "".join(shown).strip()


def escape_markdown(value: str) -> str:
    """A text from data, safe in any call that reads Markdown: shown letter by letter, never as markup or a link."""
    return _PUNCTUATION.sub(r"\\\1", _LINK_STARTS.sub(rf"\1{WORD_JOINER}", plain_line(value)))


def plotly_text(value: str) -> str:
    """A text from data, safe in a chart: chart labels obey some HTML and mathematics, so both are spelt out."""
    return plain_line(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("$", "&#36;")


def _signed(text: str, *, is_negative: bool) -> str:
    return f"{MINUS}{text}" if is_negative and text.strip("0.,") else text


def count(value: int | None) -> str:
    """1234 is "1,234"; null is "not known"."""
    return UNKNOWN if value is None else _signed(f"{abs(value):,}", is_negative=value < 0)


def count_or_few(value: int | None, *, threshold: int) -> str:
    """A count that may have been withheld: null is "fewer than 5"."""
    return f"fewer than {threshold}" if value is None else count(value)


def decimal(value: float | None, *, places: int = 1) -> str:
    """1234.56 is "1,234.6"; null is "not known"."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    return _signed(f"{abs(value):,.{places}f}", is_negative=value < 0)


def hours(value: float | None, *, places: int = 1) -> str:
    """Hours: 12.53 is "12.5 h", 0 is "0 h"; more than nothing but less than can be written is "under 0.1 h"."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    if value == 0:
        return f"0{NBSP}h"
    least = 10.0**-places
    if 0 < value < least / 2:
        return f"under {decimal(least, places=places)}{NBSP}h"
    return f"{decimal(value, places=places)}{NBSP}h"


def harm_days(value: float) -> str:
    """Days of harm: 540 is "540 days", 10.5 is "10.5 days"."""
    said = decimal(value, places=0 if value == int(value) else 1)
    return f"{said} day" if value == 1 else f"{said} days"


def percent(share: float | None) -> str:
    """A share of one: 0.34 is "34 %". What would round to nothing or to all says so."""
    if share is None or not math.isfinite(share):
        return UNKNOWN
    if 0 < share < 0.005:
        return f"under 1{NBSP}%"
    if 0.995 <= share < 1:
        return f"over 99{NBSP}%"
    return f"{_signed(f'{abs(share) * 100:,.0f}', is_negative=share < 0)}{NBSP}%"


def change(value: int) -> str:
    """A change: "+3", "−2" with a true minus, "no change"."""
    if value == 0:
        return "no change"
    return f"+{value:,}" if value > 0 else f"{MINUS}{-value:,}"


def day(value: date | None) -> str:
    """Mon 2 Dec 2013, whatever the machine's language."""
    if value is None:
        return UNKNOWN
    return f"{_DAYS[value.weekday()]} {value.day} {_MONTHS[value.month - 1]} {value.year}"


def as_at(last_day: date, build_id: str) -> str:
    """Which data a number is of: the newest day in them, and their build."""
    return f"{day(last_day)}, build {build_id[:8]}"


def short_day(value: date) -> str:
    """2 Dec, for axes."""
    return f"{value.day} {_MONTHS[value.month - 1]}"


def moment(local: datetime | None) -> str:
    """Mon 2 Dec 2013, 14:05. The caller turns UTC into local time."""
    return UNKNOWN if local is None else f"{day(local.date())}, {local:%H:%M}"


def days_from(value: date | None, today: date) -> str:
    """How long ago, or how soon: "today", "yesterday", "4 days ago", "in 3 days"."""
    if value is None:
        return UNKNOWN
    days = (today - value).days
    near = {0: "today", 1: "yesterday", -1: "tomorrow"}
    return near.get(days) or (f"{days:,} days ago" if days > 0 else f"in {-days:,} days")


def due(value: date, today: date) -> str:
    """When something is due: "9 days overdue", "due today", "due in 3 days"."""
    days = (today - value).days
    if days > 0:
        return f"{plural(days, 'day')} overdue"
    return f"due {days_from(value, today)}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """1 contact, 2 contacts, 1 person, 2 people: plural(2, "person", "people")."""
    return f"{count(number)} {one if number == 1 else many or one + 's'}"


def plural_words(number: int, one: str, many: str | None = None) -> str:
    """As `plural`, for a sentence: "three people", "no actions", "12 actions"."""
    said = _WORDS[number] if 0 <= number < len(_WORDS) else count(number)
    return f"{said} {one if number == 1 else many or one + 's'}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def listing(parts: Sequence[str]) -> str:
    """A list as said aloud: "a", "a and b", "a, b and c"."""
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def sentence(*parts: str) -> str:
    """Parts, empty ones left out, as sentences: each with a capital and one full stop."""
    said = [part.strip().rstrip(".") for part in parts if part.strip()]
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in said)


def against_usual(value: float, low: float, high: float) -> str:
    """A week against the usual range: noise is not news."""
    if low <= value <= high:
        return "within the usual range"
    return "above the usual range" if value > high else "below the usual range"


def kind_said(code: str) -> str:
    """A type of incident as it is written here, however the log shouts it: "DOMESTIC CRIME" is "Domestic crime"."""
    return code.capitalize()


def stopwatch(seconds: int) -> str:
    """Minutes and seconds as a clock counts them: 03:10."""
    return f"{seconds // 60:02}:{seconds % 60:02}"


def why_here(
    *,
    contacts: int,
    weeks: int,
    officer_hours: float,
    recent: int,
    recent_weeks: int,
    missing: Sequence[str],
) -> str:
    """Why a person is on the list, in one sentence. `missing`: what is not recorded, such as "no DASH on a crime"."""
    rang = f"{plural(contacts, 'contact')} in {plural(weeks, 'week')}"
    if recent:
        rang += f", {recent} of them in the last {plural(recent_weeks, 'week')}"
    reason = f"Here because of {rang}, and {hours(officer_hours)} of officer time"
    return f"{reason}; {listing(list(missing))}." if missing else f"{reason}."
