"""Of which files does a stored table consist, and how are they read as one table?

A table is one file of its name, or stacks of files side by side: what was read from the extracts lies in one stack, a
file an extract, and is shared by every build that holds the extract; what was worked out lies in others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

FILE = "layout.json"
_PLACE = "_place"


@dataclass(frozen=True)
class Stack:
    """Files whose rows follow one another.

    Attributes:
        files: names in the build's folder; at least one.
        columns: column of the table, and what it is called in the files.
    """

    files: tuple[str, ...]
    columns: Mapping[str, str]

    def scan(self, folder: Path, *, place: str | None = None) -> pl.LazyFrame:
        """The stack, unread, under the names of the files; `place` names a column of row numbers to be added."""
        return pl.scan_parquet([folder / file for file in self.files], glob=False, row_index_name=place)


@dataclass(frozen=True)
class Layout:
    """Stacks that stand side by side, all of one height, and the order of the table's columns."""

    stacks: tuple[Stack, ...]
    columns: tuple[str, ...]

    def scan(self, folder: Path) -> pl.LazyFrame:
        """The table, unread; a filter is put to the columns it asks for before the others are read."""
        if len(self.stacks) == 1:
            stack = self.stacks[0]
            return stack.scan(folder).select(pl.col(stack.columns[name]).alias(name) for name in self.columns)
        schema = self._schema(folder)

        def rows(
            names: list[str] | None, predicate: pl.Expr | None, most: int | None, _: int | None
        ) -> Iterator[pl.DataFrame]:
            yield self._read(folder, names if names is not None else list(self.columns), predicate, most)

        return pl.io.plugins.register_io_source(rows, schema=schema)

    def _schema(self, folder: Path) -> pl.Schema:
        found: dict[str, pl.DataType] = {}
        for stack in self.stacks:
            types = pl.read_parquet_schema(folder / stack.files[0])
            found |= {name: types[written] for name, written in stack.columns.items()}
        return pl.Schema({name: found[name] for name in self.columns})

    def _read(self, folder: Path, names: Sequence[str], predicate: pl.Expr | None, most: int | None) -> pl.DataFrame:
        if predicate is None:
            return self._some(folder, names, None, most)
        asked = list(dict.fromkeys(predicate.meta.root_names()))
        for stack in self.stacks:
            if stack.columns.keys() >= {*asked, *names}:
                renamed = stack.scan(folder).select(
                    pl.col(written).alias(name) for name, written in stack.columns.items()
                )
                found = renamed.filter(predicate).select(names)
                return (found if most is None else found.head(most)).collect()
        judged = self._some(folder, asked or self.columns[:1], None, None)
        places = judged.with_row_index(_PLACE).filter(predicate)[_PLACE]
        return self._some(folder, names, places if most is None else places.head(most), None)

    def _some(self, folder: Path, names: Sequence[str], places: pl.Series | None, most: int | None) -> pl.DataFrame:
        """Some columns, of the rows at `places` or of the first `most`; None: of every row."""
        wanted = names or self.columns[:1]
        sides = []
        for stack in self.stacks:
            mine = [pl.col(stack.columns[name]).alias(name) for name in wanted if name in stack.columns]
            if not mine:
                continue
            if places is None:
                chosen = stack.scan(folder)
                chosen = chosen if most is None else chosen.head(most)
            else:
                chosen = stack.scan(folder, place=_PLACE).filter(pl.col(_PLACE).is_in(places.implode()))
            sides.append(chosen.select(mine))
        return pl.concat(pl.collect_all(sides), how="horizontal").select(names)


def write_layouts(folder: Path, layouts: Mapping[str, Layout]) -> None:
    """Write down the layout of every table that is not one file of its name; at once, for who may be reading."""
    text = json.dumps({name: _as_json(layout) for name, layout in sorted(layouts.items())}, indent=1)
    fresh = folder / f".{FILE}"
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(folder / FILE)


def _as_json(layout: Layout) -> dict[str, object]:
    stacks = [{"files": list(stack.files), "columns": dict(stack.columns)} for stack in layout.stacks]
    return {"stacks": stacks, "columns": list(layout.columns)}


def read_layouts(folder: Path) -> dict[str, Layout]:
    """The layouts as written; none where every table is one file of its name.

    Raises:
        ValueError: the file is damaged.
    """
    file = folder / FILE
    if not file.is_file():
        return {}
    try:
        return {name: _layout(said) for name, said in json.loads(file.read_text(encoding="utf-8")).items()}
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("not layouts") from error


def _layout(said: Mapping[str, Any]) -> Layout:
    stacks = tuple(Stack(tuple(stack["files"]), stack["columns"]) for stack in said["stacks"])
    return Layout(stacks, tuple(said["columns"]))
