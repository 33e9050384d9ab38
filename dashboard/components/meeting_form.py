"""How is something written down at the table? A form whose texts are kept as a draft when their field is left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import streamlit as st

from dashboard.components.day_field import day_field
from dashboard.components.field_form import Field, FieldForm, FieldKind, Sent
from dashboard.components.first_seen import fields_key, first_seen
from dashboard.components.outcome import show_outcome
from dashboard.text import escape_markdown, plain_line

SAVE = "Ctrl+Enter"
"""Saves from inside a field, on every form of the meeting."""


def drafted_form(
    view: FieldForm,
    *,
    key: str,
    drafts: Mapping[str, str],
    on_left: Callable[[str, str], None],
    shortcut: str | None = None,
) -> Sent | None:
    """Draw the form, the outcome of its last save above it; gives what was sent, or None.

    Args:
        drafts: what was typed before and not saved, by the field's name; offered instead of the standing text.
        on_left: called with a field's name and text when the field is left.
        shortcut: the keys that send it, where no other form on the screen has the same.
    """
    mine = f"{key}_{view.deed}"
    show_outcome(key=mine)
    if view.said:
        st.markdown(escape_markdown(view.said))
    turn = fields_key(key=mine, row=view.row)
    seen = first_seen(view.version, key=mine, first_field=f"{turn}_{view.fields[0].name}")
    offered = [field.name for field in view.fields if field.name in drafts]
    values = {field.name: _field(field, drafts, on_left, key=f"{turn}_{field.name}") for field in view.fields}
    if offered:
        st.caption("What you typed earlier and did not save is in the form again.")
    is_sent = st.button(escape_markdown(view.button), type="primary", key=f"{turn}_send", shortcut=shortcut)
    return Sent(view.deed, seen, {}, values) if is_sent else None


def _field(field: Field, drafts: Mapping[str, str], on_left: Callable[[str, str], None], *, key: str) -> str | date:
    # Labels are texts of ours: escaped they would be read out with their backslashes.
    label, hint = field.label, field.hint or None
    text = drafts.get(field.name, str(field.value or ""))
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
            return st.text_input(label, text, key=key, help=hint, on_change=_left, args=(key, field.name, on_left))
        case _:
            left = (key, field.name, on_left)
            return st.text_area(label, text, height=76, key=key, help=hint, on_change=_left, args=left)


def _left(key: str, name: str, on_left: Callable[[str, str], None]) -> None:
    on_left(name, str(st.session_state.get(key) or ""))
