"""What does each number mean? One definition and one worked example a number, in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Definition:
    """A number: what it means, and an example whose invented people stand for nobody.

    Attributes:
        headings, rows: the example as a table; the first column names the row.
    """

    key: str
    title: str
    meaning: str
    example: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


WINDOW = Definition(
    "window",
    "Window: the weeks that count",
    "Whole weeks before a day, from midnight to midnight, local time. The day itself is outside. A list is made on a "
    "Monday and ends with the Sunday before.",
    "A list of 52 weeks made on Mon 2 Dec 2013:",
    ("Incident", "Counts"),
    (
        ("Sun 2 Dec 2012, 23:59", "no"),
        ("Mon 3 Dec 2012, 00:00", "yes"),
        ("Sun 1 Dec 2013, 23:59", "yes"),
        ("Mon 2 Dec 2013, 00:00", "no"),
    ),
)
CONTACT = Definition(
    "contact",
    "Contact: one person about one incident",
    "Logs linked as duplicates are one incident. A person who rings twice about one incident makes one contact; two "
    "people who ring make one each. Logs an officer raised are no contact. Witnesses, third parties and professionals "
    "are counted beside the list, never on it.",
    "Jo rings at 22:00 and again at 22:10 about the same incident, Jo's sister at 22:05; Jo rings about another "
    "incident the next day, and a witness does too:",
    ("Caller", "Logs", "Contacts"),
    (("Jo", "3", "2"), ("Jo's sister", "1", "1"), ("Witness", "1", "0")),
)
RANK = Definition(
    "rank",
    "Rank, position and ties",
    "Within a neighbourhood, by contacts unless another order is chosen. Equal numbers share a rank, and the next rank "
    "is left out: 1, 2, 2, 4. The position is the full order: contacts, then officer time, then the later last "
    "contact. A top ten is positions 1 to 10; who shares the tenth place without being on it is told under the list.",
    "Four people of one neighbourhood:",
    ("Person", "Contacts", "Officer hours", "Rank", "Position"),
    (
        ("A", "9", "4.0 h", "1", "1"),
        ("B", "7", "6.0 h", "2", "2"),
        ("C", "7", "5.0 h", "2", "3"),
        ("D", "4", "9.0 h", "4", "4"),
    ),
)
OFFICER_TIME = Definition(
    "officer_time",
    "Officer time",
    "For each officer, from assigned to cleared. Where one officer is on several incidents at the same moment, that "
    "moment is shared equally among them, so that the minutes of all incidents add up to the time officers were "
    "committed. A person's hours are those of the whole incident of each contact, once. Hours may be counted for two "
    "people, never twice for one.",
    "PC 1 is on job 1 from 10:00 to 11:00 and on job 2 from 10:30 to 11:30; PC 2 is on job 1 from 10:00 to 10:20. The "
    "half hour PC 1 was on both is shared:",
    ("Job", "PC 1", "PC 2", "Officer minutes"),
    (("Job 1", "30 + 15", "20", "65"), ("Job 2", "15 + 30", "0", "45"), ("Both", "90", "20", "110")),
)
NEVER_CLEARED = Definition(
    "never_cleared",
    "Officer time that was never cleared",
    "The end is worked out: the officer's next assignment, or the usual length for the grade, whichever is earlier; "
    "never before arriving. The low end is arrival (without one, assignment); the high end is the next assignment or "
    "the cap, whichever is earlier. The share worked out stands beside every total.",
    "PC 1 is assigned at 10:00, arrives at 10:10 and is never cleared; the usual length for the grade is 55 minutes:",
    ("What is known", "Officer minutes", "Low", "High"),
    (
        ("Next assigned at 10:40", "40", "10", "40"),
        ("Next assigned at 12:00", "55", "10", "120"),
        ("Not assigned again", "55", "10", "720"),
    ),
)
MOVEMENT = Definition(
    "movement",
    "Movement against last week's list",
    "This week's list is set beside the list of seven days earlier under the same settings. Up, down and same go by "
    "rank. Returned: on an earlier list of the year, not on last week's. Where last week's window does not lie wholly "
    "in the data there is no earlier list.",
    "Six people of one neighbourhood:",
    ("Person", "Rank last week", "Rank this week", "Movement"),
    (
        ("A", "1", "1", "same"),
        ("B", "4", "2", "up"),
        ("C", "2", "3", "down"),
        ("D", "not on the list", "4", "new"),
        ("E", "not on it, but the week before", "5", "returned"),
        ("F", "3", "not on the list", "left"),
    ),
)
HARM = Definition(
    "harm",
    "Harm",
    "Days of the harm table named below, over the different crimes linked to a person's contacts, each crime once. An "
    "incident without a crime has no score, not zero: nothing is known of it. Harm never orders a list unless chosen.",
    "A has two contacts about one crime of 190 days and one about a crime of 10 days; B has contacts without a crime:",
    ("Person", "Contacts", "Harm"),
    (("A", "3", "200 days"), ("B", "2", "no crime recorded")),
)
SMALL_COUNTS = Definition(
    "small_counts",
    "Small counts for partners",
    "Police see exact counts. Partners do not see a count from 1 to 4, which could point to a person, nor another "
    "count from which it could be worked out. A 0 is a true 0.",
    "Ward B has three contacts. The total would give them away, so a second ward is withheld too:",
    ("Ward", "Police see", "Partners see"),
    (("A", "12", "12"), ("B", "3", "fewer than 5"), ("C", "8", "withheld"), ("D", "0", "0"), ("All", "23", "23")),
)
PLACE = Definition(
    "place",
    "Ward and neighbourhood",
    "The ward is the one that held the point on that day. The neighbourhood is the one whose boundary holds the point, "
    "else the one the log names. A point on an edge belongs to the lower code. What has neither is counted as "
    "unlocated, and shown.",
    "Where an incident counts:",
    ("Point", "Logged neighbourhood", "Counts in"),
    (
        ("inside N1", "N2", "N1"),
        ("on the edge of N1 and N2", "none", "N1"),
        ("none", "N2", "N2"),
        ("none", "none", "unlocated"),
    ),
)
PERSON = Definition(
    "person",
    "One person, many records",
    "Records are one person when they share a force's own person number, a telephone number with a name that fits, or "
    "a name with a date of birth. Two different dates of birth keep people apart: two people in one would hide "
    "someone. A withheld number, an institution's or one that many use identifies nobody; a name alone does not "
    "either.",
    "Records on one telephone number:",
    ("Records", "Persons"),
    (
        ("Jo Sandal · Jo Sandal", "1"),
        ("Jo Sandal, born 1 May 1980 · Jo Sandal, born 1 May 1955", "2"),
        ("Jo Sandal · Kit Ember", "2"),
    ),
)
DEFINITIONS = (
    WINDOW,
    CONTACT,
    PERSON,
    RANK,
    MOVEMENT,
    OFFICER_TIME,
    NEVER_CLEARED,
    HARM,
    PLACE,
    SMALL_COUNTS,
)
LEFT_OUT = (
    "People who never rang. Most abuse is never reported; a short list says nothing about those who cannot ring.",
    "Calls that never reached the force, were abandoned, or were dealt with without a log.",
    "Time on the telephone in the control room, in custody, on the file and in court: only deployments are counted.",
    "Contacts with other services, and with other forces.",
    "Not being on a list does not mean low risk, and fewer contacts is not success: silence can be fear.",
)
