"""Small extracts in which names, numbers and dates of birth meet often."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from tests.analysis.people.builders import Row, log, person
from tests.analysis.people.oracles import Said

PHONES = ("+447700900001", "+447700900002", "+447700900003")
NAMES = ("JOHN SMITH", "JANE SMITH", "J SMITH", "SMITH", "JOHN", "BROWN JANE", "B J")
BIRTHS = (date(1980, 1, 2), date(1990, 3, 4))
NOMINALS = ("N1", "N2", "N3")


def _mostly(*values: object) -> st.SearchStrategy[object]:
    return st.one_of(st.none(), st.sampled_from(values))


said = st.builds(
    Said, phone=_mostly(*PHONES), name=_mostly(*NAMES), birth=_mostly(*BIRTHS), nominal=_mostly(None, None, *NOMINALS)
).filter(lambda one: one.is_identified)

_given = st.fixed_dictionaries(
    {
        "name": _mostly("John Smith", "SMITH, Jane", "J Smith", "Smith", "Jane Brown", "REFUSED", "Ali Khan"),
        "phone": _mostly("07700 900001", "+447700900002", "0121 496 0000", "WITHHELD", "07700900003"),
        "date_of_birth": _mostly(*BIRTHS, date(1900, 1, 1)),
        "nominal_id": _mostly(None, None, "N1", "N2"),
    }
)
_roles = st.sampled_from([None, "victim", "unknown", "subject", "witness", "third_party", "professional"])


@st.composite
def extracts(draw: st.DrawFn, *, most_logs: int = 8, most_people: int = 5) -> tuple[list[Row], list[Row]]:
    """Logs, and rows of the people feed on them, without two rows of one key."""
    callers = draw(st.lists(st.tuples(_given, _roles), min_size=1, max_size=most_logs))
    logs = [log(number, role=role, **given) for number, (given, role) in enumerate(callers)]
    number = st.integers(0, len(logs) - 1)
    others = draw(
        st.lists(
            st.tuples(number, st.sampled_from(["victim", "subject", "witness"]), _given),
            max_size=most_people,
            unique_by=lambda row: (row[0], row[1], tuple(row[2].items())),
        )
    )
    return logs, [person(place, role, **given) for place, role, given in others]
