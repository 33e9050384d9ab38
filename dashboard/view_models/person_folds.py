"""What stands folded away under a person's contacts? Types, grades, assessments, crimes, safety, other records."""

from __future__ import annotations

from analysis.questions.person import Person
from dashboard.components.table import Table
from dashboard.text import plural
from dashboard.view_models.person_figures import PersonNumbers
from dashboard.view_models.person_setting import PersonSetting
from dashboard.view_models.person_tables import assessments_table, crimes_table, safety_table


def folded_tables(
    answer: Person, setting: PersonSetting, numbers: PersonNumbers, others: Table
) -> tuple[tuple[str, str, Table], ...]:
    """Name, title and table of each fold, in order; an empty one is not drawn."""
    assessments, crimes = assessments_table(answer, setting), crimes_table(answer, setting)
    return (
        ("types", "Contacts by type", numbers.types),
        ("grades", "Contacts by grade", numbers.grades),
        ("assessments", f"DASH and DARA (risk assessments): {plural(len(assessments.rows), 'incident')}", assessments),
        ("crimes", f"Recorded crimes: {plural(len(crimes.rows), 'incident')}", crimes),
        ("others", "Recorded in, without having rung: not counted above", others),
        ("safety", "What was done to keep people safe", safety_table(answer, setting)),
    )
