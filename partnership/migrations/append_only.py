"""What keeps events and the access log append-only? Triggers, for SQLite and for PostgreSQL.

Shipped revisions run these texts: change a rule by adding a new revision with its own text, never by editing these.
"""

from __future__ import annotations

_GAP = "(SELECT COALESCE(MAX(seq), 0) + 1 FROM access_log)"
_LAST = "COALESCE((SELECT hash FROM access_log ORDER BY seq DESC LIMIT 1), '')"
_ERASED = """EXISTS (SELECT 1 FROM events JOIN cases ON cases.id = events.case_id
    WHERE events.id = OLD.event_id AND cases.erased_at IS NOT NULL)"""


def statements(dialect: str) -> tuple[str, ...]:
    """The statements that make the triggers on `sqlite` or `postgresql`."""
    return _sqlite() if dialect == "sqlite" else _postgresql()


def _sqlite() -> tuple[str, ...]:
    return (
        _refuse("events", "UPDATE", "events are append-only"),
        _refuse("events", "DELETE", "events are append-only"),
        # REPLACE deletes without firing the delete trigger on a connection without recursive_triggers.
        _refuse("events", "INSERT", "events are append-only", "EXISTS (SELECT 1 FROM events WHERE id = NEW.id)"),
        _refuse("event_texts", "UPDATE", "event texts are append-only"),
        _refuse("event_texts", "DELETE", "event texts go only with an erasure", f"NOT {_ERASED}"),
        _refuse(
            "event_texts",
            "INSERT",
            "event texts are append-only",
            "EXISTS (SELECT 1 FROM event_texts WHERE event_id = NEW.event_id AND field = NEW.field)",
        ),
        _refuse("access_log", "UPDATE", "the access log is append-only"),
        _refuse("access_log", "DELETE", "the access log is append-only"),
        _refuse(
            "access_log",
            "INSERT",
            "the access log is contiguous",
            f"NEW.seq IS NOT {_GAP} OR NEW.previous_hash IS NOT {_LAST}",
        ),
    )


def _refuse(table: str, deed: str, message: str, when: str = "1") -> str:
    return (
        f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _postgresql() -> tuple[str, ...]:
    tables = ("events", "event_texts", "access_log")
    return (
        """CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END$$""",
        f"""CREATE FUNCTION refuse_text_deletion() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN IF NOT {_ERASED} THEN RAISE EXCEPTION 'event texts go only with an erasure'; END IF;
        RETURN OLD; END$$""",
        f"""CREATE FUNCTION refuse_gap() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN IF NEW.seq IS DISTINCT FROM {_GAP} OR NEW.previous_hash IS DISTINCT FROM {_LAST}
        THEN RAISE EXCEPTION 'the access log is contiguous'; END IF; RETURN NEW; END$$""",
        *(_on(table, "UPDATE", "ROW", "refuse_change") for table in tables),
        *(_on(table, "TRUNCATE", "STATEMENT", "refuse_change") for table in tables),
        _on("events", "DELETE", "ROW", "refuse_change"),
        _on("access_log", "DELETE", "ROW", "refuse_change"),
        _on("event_texts", "DELETE", "ROW", "refuse_text_deletion"),
        _on("access_log", "INSERT", "ROW", "refuse_gap"),
    )


def _on(table: str, deed: str, level: str, function: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
        f"FOR EACH {level} EXECUTE FUNCTION {function}()"
    )
