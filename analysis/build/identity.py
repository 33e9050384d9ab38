"""Which build is this? The same inputs, assumptions, decisions and code give the same id."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import polars as pl

import analysis
import analysis.contracts
import analysis.demand
import analysis.ingest
import geo
from analysis.assumptions import Assumptions
from analysis.errors import SourcesError
from analysis.ingest import InputFile, Sources
from analysis.store.key import key_fingerprint

# Lists of words that code reads; the assumptions have a fingerprint of their own.
_CODE = ("*.py", "nicknames.toml")


def code_version() -> str:
    """A hash of every line that can move a number: the packages `analysis` and `geo`."""
    return _hash_of(analysis, geo)


def reading_version() -> str:
    """A hash of every line that has a part in reading an extract."""
    return _hash_of(analysis.ingest, analysis.contracts, geo)


def placing_version(sources: Sources, companions: dict[str, str]) -> str:
    """The same where every log would be placed the same: areas, how their files are read, and the code's every line."""
    code = _hash_of(geo, analysis.ingest, analysis.contracts, Path(__file__).parent, analysis.demand)
    parts = [
        code,
        companions,
        [(source.code, source.valid_from) for source in (*sources.wards, *sources.neighbourhoods)],
        len(sources.wards),
        sources.force.timezone,
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def _hash_of(*packages: ModuleType | Path) -> str:
    digest = hashlib.sha256()
    for package in packages:
        folder = package if isinstance(package, Path) else Path(str(package.__file__)).parent
        for file in sorted(file for kind in _CODE for file in folder.rglob(kind)):
            digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def file_hash(file: Path) -> str:
    """SHA-256 of one file.

    Raises:
        SourcesError: the file is absent or cannot be opened.
    """
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise SourcesError(f"{file.name}: cannot be opened ({error.strerror}). Put it beside sources.toml.") from error


def companion_hashes(sources: Sources) -> dict[str, str]:
    """Hashes of the boundary and harm files, by what they are for."""
    files = [(f"ward {place}", source.file) for place, source in enumerate(sources.wards)]
    files += [(f"neighbourhood {place}", source.file) for place, source in enumerate(sources.neighbourhoods)]
    if sources.harm is not None:
        files.append(("harm", sources.harm.file))
    return {purpose: file_hash(file) for purpose, file in files}


def decided_hash(decisions: pl.DataFrame | None) -> str:
    """A hash of decisions, in whatever order they come; none at all and an empty table are the same."""
    rows = sorted(map(str, decisions.select(sorted(decisions.columns)).rows())) if decisions is not None else []
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]


def build_id(
    sources: Sources,
    files: Iterable[InputFile],
    *,
    companions: dict[str, str],
    assumptions: Assumptions,
    key: bytes,
    code: str,
    decided: tuple[str, ...] = (),
) -> str:
    """Sixteen hexadecimal characters that name the build; `decided` are hashes of what people decided."""
    parts = [
        [sources.force.name, sources.force.timezone, sources.force.is_synthetic],
        [(file.feed.fingerprint(), file.name, file.sha256) for file in files],
        [(source.code, source.name, source.sector, source.population, source.valid_from) for source in sources.wards],
        [(source.code, source.name, source.sector, source.population) for source in sources.neighbourhoods],
        [sources.harm.source, sources.harm.year] if sources.harm else [],
        companions,
        assumptions.fingerprint,
        key_fingerprint(key),
        code,
        *decided,
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:16]
