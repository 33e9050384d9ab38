"""What would a patient clerk write down? The definitions in plain Python, log by log, slowly."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from analysis.demand.areas import AreaKind
from analysis.demand.contacts import KeyType
from analysis.demand.windows import Window
from analysis.ranking.order import Lens
from tests.analysis.ranking.builders import Extract, Log, Settings


@lru_cache(maxsize=4096)
def day_begins(day: date, timezone: str) -> datetime:
    """The first minute at which the calendar on the wall shows the day."""
    minute = datetime.combine(day - timedelta(days=1), time(6), UTC) - timedelta(hours=12)
    while minute.astimezone(ZoneInfo(timezone)).date() < day:
        minute += timedelta(minutes=1)
    return minute


@dataclass(frozen=True)
class Contact:
    """One key and one job."""

    key: str
    group: str
    at: datetime
    ward: str | None
    neighbourhood: str | None
    is_domestic: bool | None
    units: int
    units_low: int
    units_high: int
    imputed: int

    def area(self, kind: AreaKind) -> str:
        code = self.ward if kind is AreaKind.WARD else self.neighbourhood
        return "unlocated" if code is None else code


def keys_of(log: Log, key_type: KeyType) -> set[str]:
    """Whose contact this log is."""
    if log.source == "officer":
        return set()
    if key_type is KeyType.CALLER:
        is_own = log.caller_role in ("victim", "subject", "unknown", None)
        return {log.caller_id} if is_own and log.caller_id else set()
    if key_type is KeyType.CONCERNED:
        return set(log.concerned)
    if key_type is KeyType.ADDRESS:
        return {log.address_key} if log.address_key and not log.is_address_of_place else set()
    return {log.caller_phone} if log.caller_phone and not log.is_phone_of_place else set()


def contacts(extract: Extract, key_type: KeyType) -> list[Contact]:
    """Every distinct key and job."""
    jobs: dict[str, list[Log]] = defaultdict(list)
    for log in extract.logs:
        jobs[log.group].append(log)
    found = []
    for group, logs in jobs.items():
        logs.sort(key=lambda log: (log.received_at, log.incident_id))
        first = logs[0]
        for key in sorted({key for log in logs for key in keys_of(log, key_type)}):
            at = min(log.received_at for log in logs if key in keys_of(log, key_type))
            units = sum(log.units for log in logs)
            spread = sum(log.spread for log in logs)
            imputed = sum(log.imputed_units for log in logs)
            place = (first.ward_code, first.neighbourhood_code, first.is_domestic)
            found.append(Contact(key, group, at, *place, units, units - spread, units + spread, imputed))
    return found


@dataclass(frozen=True)
class Listed:
    """One line of a list."""

    area: str
    position: int
    rank: int | None
    is_tied: bool
    key: str
    contacts: int
    units: int
    units_low: int
    units_high: int
    imputed: int
    harm: Fraction | None
    first_at: datetime
    last_at: datetime
    elsewhere: int


def ranking(extract: Extract, key_type: KeyType, window: Window, settings: Settings) -> list[Listed]:
    """All lists of one week, area by area, from the words of the definitions."""
    start = day_begins(window.as_of - timedelta(days=7 * window.weeks), window.timezone)
    end = day_begins(window.as_of, window.timezone)
    counted = [
        contact
        for contact in contacts(extract, key_type)
        if start <= contact.at < end and (contact.is_domestic is True or not settings.domestic_only)
    ]
    lines: list[Listed] = []
    for area in sorted({contact.area(settings.area) for contact in counted}):
        lines += _list_of(area, counted, extract, settings)
    return lines


def _list_of(area: str, counted: list[Contact], extract: Extract, settings: Settings) -> list[Listed]:
    entries = []
    for key in {contact.key for contact in counted}:
        own = [contact for contact in counted if contact.key == key]
        here = [contact for contact in own if contact.area(settings.area) == area]
        if len(here) >= max(settings.minimum_contacts, 1):
            entries.append((key, here, len(own) - len(here), _harm(here, extract)))

    def lens(entry: tuple[str, list[Contact], int, Fraction | None]) -> Fraction | int | None:
        _, here, _, harm = entry
        if settings.lens is Lens.HARM:
            return harm
        return len(here) if settings.lens is Lens.CONTACTS else sum(contact.units for contact in here)

    def order(entry: tuple[str, list[Contact], int, Fraction | None]) -> tuple[object, ...]:
        key, here, _, _ = entry
        value = lens(entry)
        last = max(contact.at for contact in here).timestamp()
        units = sum(contact.units for contact in here)
        return (value is None, -(value or 0), -len(here), -units, -last, key)

    entries.sort(key=order)
    values = [lens(entry) for entry in entries]
    lines = []
    for index, (key, here, elsewhere, harm) in enumerate(entries):
        value = values[index]
        better = None if value is None else sum(1 for other in values if other is not None and other > value)
        lines.append(
            Listed(
                area=area,
                position=index + 1,
                rank=None if better is None else better + 1,
                is_tied=value is not None and values.count(value) > 1,
                key=key,
                contacts=len(here),
                units=sum(contact.units for contact in here),
                units_low=sum(contact.units_low for contact in here),
                units_high=sum(contact.units_high for contact in here),
                imputed=sum(contact.imputed for contact in here),
                harm=harm,
                first_at=min(contact.at for contact in here),
                last_at=max(contact.at for contact in here),
                elsewhere=elsewhere,
            )
        )
    return lines


def _harm(here: list[Contact], extract: Extract) -> Fraction | None:
    jobs = {contact.group for contact in here}
    crimes = {crime for log in extract.logs if log.group in jobs for crime in log.crimes}
    days = [Fraction(str(extract.days[crime])) for crime in crimes if extract.days.get(crime) is not None]
    return sum(days, Fraction(0)) if days else None


@dataclass(frozen=True)
class Moved:
    """One line of what changed."""

    area: str
    key: str
    movement: str
    position: int | None
    rank: int | None
    earlier_position: int | None
    earlier_rank: int | None
    weeks_on_list: int


def movement(
    extract: Extract,
    key_type: KeyType,
    window: Window,
    settings: Settings,
    *,
    first_day: date,
    length: int,
    lists_before: int,
) -> list[Moved]:
    """Each list made afresh, then compared line by line."""

    def list_of(weeks_ago: int) -> dict[tuple[str, str], Listed] | None:
        then = Window(window.as_of - timedelta(days=7 * weeks_ago), window.weeks, window.timezone)
        if weeks_ago and then.as_of - timedelta(days=7 * then.weeks) < first_day:
            return None
        lines = ranking(extract, key_type, then, settings)
        return {(line.area, line.key): line for line in lines if line.position <= length}

    past: list[dict[tuple[str, str], Listed]] = []
    while (lines := list_of(len(past))) is not None:
        past.append(lines)
    now, last = past[0], past[1] if len(past) > 1 else None
    found = []
    for who in sorted(set(now) | set(last or {})):
        line, earlier = now.get(who), (last or {}).get(who)
        run = next((weeks for weeks, lines in enumerate(past) if who not in lines), len(past))
        was_before = any(who in lines for lines in past[2 : 2 + lists_before])
        found.append(
            Moved(
                *who,
                _word(line, earlier, has_earlier=last is not None, was_before=was_before),
                line.position if line else None,
                line.rank if line else None,
                earlier.position if earlier else None,
                earlier.rank if earlier else None,
                run,
            )
        )
    return found


def _word(line: Listed | None, earlier: Listed | None, *, has_earlier: bool, was_before: bool) -> str:
    if not has_earlier:
        return "no_earlier_list"
    if line is None:
        return "left"
    if earlier is None:
        return "returned" if was_before else "new"
    if line.rank == earlier.rank:
        return "same"
    if earlier.rank is None or (line.rank is not None and line.rank < earlier.rank):
        return "up"
    return "down"
