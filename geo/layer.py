"""What is one layer of a boundary file, whatever the format?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class FileLimits:
    """How large a boundary file may be. The defaults are those of the security requirements."""

    file_bytes: int = 50 * 1024**2
    vertices: int = 5_000_000
    vertices_per_area: int = 200_000


FILE_LIMITS = FileLimits()


@dataclass(frozen=True)
class Layer:
    """Plain values only, so that a layer can come out of a child process.

    `columns` holds the columns asked for, empty where the layer does not have them all; `geometries` is WKB, None for
    an area without a shape; `crs` is the file's own word for it, None where it has none.
    """

    name: str
    fields: tuple[str, ...]
    crs: str | None
    columns: Mapping[str, tuple[object, ...]]
    geometries: tuple[bytes | None, ...]
