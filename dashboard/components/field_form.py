"""How is something decided written down? One form of a few fields, with the version the person first saw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import streamlit as st

from dashboard.components.day_field import day_field
from dashboard.components.first_seen import fields_key, first_seen, start_afresh
from dashboard.components.first_seen import finish as keep
from dashboard.components.outcome import Outcome, keep_outcome, show_outcome
from dashboard.text import escape_markdown, plain_line


class FieldKind(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True)
class Field:
    """One field: `name` is the verb's argument. `choices` are value and words, for a choice."""

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    value: str | date | None = None
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class FieldForm:
    """A form for one verb, as the record stood when it was read.

    Attributes:
        deed: which verb it is for.
        title: what the fold that holds it says.
        button: what sending it does.
        version: the version this reading shows; what is saved names the one the person first saw.
        row: the record's own number, so that another record has fields of its own.
        record: the kind of record the version is of, so that forms of one record are known; "" where there is none.
        said: what to know before writing.
        versions: of the records that a choice leads to, by the choice's value, where the form is for one of several.
    """

    deed: str
    title: str
    button: str
    fields: tuple[Field, ...]
    version: int = 0
    row: int = 0
    said: str = ""
    versions: tuple[tuple[str, int], ...] = ()
    record: str = ""


@dataclass(frozen=True)
class Sent:
    """What was sent: the versions first seen and the value of each field."""

    deed: str
    seen_version: int
    seen_versions: Mapping[str, int]
    values: Mapping[str, str | date]


def field_form(view: FieldForm, *, key: str) -> Sent | None:
    """Draw the form in a fold, the outcome of its last save above it; gives what was sent, or None."""
    mine = f"{key}_{view.deed}"
    show_outcome(key=mine)
    with st.expander(escape_markdown(view.title), key=f"{mine}_fold"):
        if view.said:
            st.markdown(escape_markdown(view.said))
        turn = fields_key(key=mine, row=view.row)
        first = f"{turn}_{view.fields[0].name if view.fields else 'send'}"
        if first not in st.session_state:
            st.session_state[f"{mine}_versions"] = dict(view.versions)
        seen = first_seen(view.version, key=mine, first_field=first)
        _take_over(view, key=mine, turn=turn)
        with st.form(f"{turn}_form", border=False):
            values = {field.name: _field(field, key=f"{turn}_{field.name}") for field in view.fields}
            is_sent = st.form_submit_button(escape_markdown(view.button), type="primary", key=f"{turn}_send")
    return Sent(view.deed, seen, st.session_state[f"{mine}_versions"], values) if is_sent else None


def finish(outcome: Outcome, view: FieldForm, *, key: str, beside: Sequence[FieldForm] = ()) -> None:
    """Say what came of it on the next run. Saved: said at `key`, since the form may be gone, which starts afresh.

    Nobody is second to themselves: of the forms `beside` it, those of the same record follow the save (see `_follow`).
    Refused: said at the form, and what was typed stays. Who was second has now seen both texts, and saves against
    what this reading showed.
    """
    mine = f"{key}_{view.deed}"
    if outcome.is_saved:
        keep_outcome(outcome, key=key)
        for other in beside:
            if view.record and other.deed != view.deed and (other.record, other.row) == (view.record, view.row):
                _follow(other, st.session_state[f"{mine}_seen"], key=f"{key}_{other.deed}")
        start_afresh(key=mine)
        st.rerun()
    if outcome.is_stale:
        st.session_state[f"{mine}_versions"] = dict(view.versions)
    keep(outcome, version=view.version, key=mine)


def _follow(other: FieldForm, saved_on: int, *, key: str) -> None:
    """After a save of its record a form keeps what was typed, and is sent against the record as saved.

    Its version moves on only from the one the save was made on: what somebody else saved is still told.
    """
    if st.session_state.get(f"{key}_seen") == saved_on:
        st.session_state[f"{key}_seen"] = saved_on + 1
        st.session_state[f"{key}_before"] = {field.name: _proposed(field) for field in other.fields}


def _take_over(view: FieldForm, *, key: str, turn: str) -> None:
    """Fields of which the save beside the form changed what stands are filled anew, so that it is not undone."""
    before = st.session_state.pop(f"{key}_before", {})
    for field in view.fields:
        if field.name in before and before[field.name] != _proposed(field):
            st.session_state[f"{turn}_{field.name}"] = _proposed(field)


def _proposed(field: Field) -> str | date:
    if field.kind is FieldKind.CHOICE:
        values = [value for value, _ in field.choices]
        return str(field.value) if field.value in values else values[0] if values else ""
    return field.value or ""


def _field(field: Field, *, key: str) -> str | date:
    # Labels are texts of ours: escaped they would be read out with their backslashes.
    label, hint = field.label, field.hint or None
    match field.kind:
        case FieldKind.DAY:
            assert isinstance(field.value, date), "a day is always proposed"
            return day_field(label, field.value, key=key, hint=hint)
        case FieldKind.CHOICE:
            words = dict(field.choices)
            values = list(words)
            at = values.index(str(field.value)) if field.value in words else 0
            chosen = st.selectbox(
                label, values, index=at, format_func=lambda v: plain_line(words[v]), key=key, help=hint
            )
            return chosen or ""
        case FieldKind.LINE:
            return st.text_input(label, str(field.value or ""), key=key, help=hint)
        case _:
            return st.text_area(label, str(field.value or ""), height=90, key=key, help=hint)
