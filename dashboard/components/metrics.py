"""What are the few numbers of the week? Each with its usual range in words and a year of weeks as tiny bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.components.cells import Marked
from dashboard.text import escape_markdown


@dataclass(frozen=True)
class Metric:
    """A number with its unit, and the words that make it mean something."""

    label: str
    value: str
    note: str
    spark: Marked | None = None


def metric_row(metrics: Sequence[Metric], *, key: str) -> None:
    """The numbers beside each other; under each other on a phone."""
    with st.container(key=f"{key}_metrics"):
        for column, metric in zip(st.columns(len(metrics)), metrics, strict=True):
            with column, st.container(border=True, height="stretch"):
                st.metric(escape_markdown(metric.label), metric.value)
                st.markdown(escape_markdown(metric.note))
                if metric.spark:
                    st.markdown(metric.spark.markdown)
