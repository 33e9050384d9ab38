"""What are the few numbers of the week? Each with its usual range in words and a year of weeks as tiny bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.components.cells import Marked
from dashboard.components.opens_incidents import no_list, opens
from dashboard.open_incidents import Opening
from dashboard.text import escape_markdown


@dataclass(frozen=True)
class Metric:
    """A number with its unit, and the words that make it mean something; the list behind it, or why there is none."""

    label: str
    value: str
    note: str
    spark: Marked | None = None
    spark_of: str = ""
    opens: Opening | None = None
    no_list: str = ""


def metric_row(metrics: Sequence[Metric], *, key: str) -> None:
    """The numbers beside each other; under each other on a phone."""
    with st.container(key=f"{key}_metrics"):
        for at, (column, metric) in enumerate(zip(st.columns(len(metrics)), metrics, strict=True)):
            with column, st.container(border=True, height="stretch"):
                st.metric(escape_markdown(metric.label), metric.value)
                st.markdown(escape_markdown(metric.note))
                if metric.spark:
                    st.markdown(f"{metric.spark.markdown}  \n{escape_markdown(metric.spark_of)}")
                if metric.opens:
                    opens(metric.opens, key=f"{key}_{at}")
                no_list(metric.no_list)
