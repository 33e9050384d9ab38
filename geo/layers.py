"""What does a boundary file hold? Chooses the reader from the file's first bytes, never from its name.

A general reader guesses, and what it guesses can be a virtual file that opens any other file of this machine or
calls an address on the network. So JSON is read here, and the other formats by one named driver in a child process
that is handed the bytes, not the path.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from geo.child_process import READER_LIMITS, Limits, refused_about, run_in_child
from geo.errors import GeoError, ParseRefused
from geo.geojson import layers_of_json
from geo.layer import FILE_LIMITS, FileLimits, Layer
from geo.native_formats import Driver, read_native

_GEOPACKAGE_IDS = (b"GPKG", b"GP10", b"GP11")
_SHAPEFILE_NEEDS, _SHAPEFILE_TAKES = ("shx", "dbf"), ("prj", "cpg")
_ROOT = re.compile(rb"(?:\s|<\?.*?\?>|<!--.*?-->)*<(?:\w+:)?(\w+)[\s>]", re.DOTALL)
_FORBIDDEN_IN_XML = re.compile(rb"<!DOCTYPE|<!ENTITY|NetworkLink", re.IGNORECASE)
_FORMATS = "save it as GeoJSON, TopoJSON, GeoPackage, Shapefile or KML"


def read_layers(
    file: Path, columns: Sequence[str], *, limits: FileLimits = FILE_LIMITS, child: Limits = READER_LIMITS
) -> tuple[Layer, ...]:
    """The layers of a boundary file. Those without all of `columns` come with their field names only.

    Raises:
        GeoError: the file is absent, too large, of no known format, or damaged.
    """
    content = _read(file, limits)
    text = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"{"):
        return layers_of_json(text, file.name, columns, limits)
    driver = _driver(content, text, file.name)
    contents: Mapping[str, bytes] = {driver.extension: content}
    if driver is Driver.SHAPEFILE:
        contents = {driver.extension: content} | _siblings(file, limits)
    try:
        return run_in_child(read_native, contents, driver, tuple(columns), limits=child)
    except ParseRefused as refused:
        raise refused_about(refused, file.name) from None


def _read(file: Path, limits: FileLimits) -> bytes:
    try:
        if not file.is_file():
            raise GeoError(f"{file.name}: there is no such file; check the name and the folder it is looked for in")
        with file.open("rb") as opened:
            content = opened.read(limits.file_bytes + 1)
    except OSError as error:
        raise GeoError(f"{file.name}: the file cannot be read ({error.strerror}); check who may read it") from None
    if not content:
        raise GeoError(f"{file.name}: the file is empty; fetch it again")
    if len(content) > limits.file_bytes:
        limit = limits.file_bytes // 1024**2
        raise GeoError(
            f"{file.name}: the file is larger than {limit} MB; keep to your own areas or generalised outlines"
        )
    return content


def _driver(content: bytes, text: bytes, name: str) -> Driver:
    if content.startswith(b"SQLite format 3\x00"):
        if content[68:72] in _GEOPACKAGE_IDS:
            return Driver.GEOPACKAGE
        raise GeoError(f"{name}: this is a database but not a GeoPackage; {_FORMATS}")
    if content.startswith(b"\x00\x00\x27\x0a"):
        return Driver.SHAPEFILE
    if content.startswith(b"PK\x03\x04"):
        raise GeoError(f"{name}: this is a zip archive; unpack it and name the boundary file in it")
    if text.startswith(b"<") and b"kml" in text and _FORBIDDEN_IN_XML.search(text):
        raise GeoError(f"{name}: this KML points outside itself (a DTD or a network link); save a plain copy")
    root = _ROOT.match(text)
    if root and root[1] == b"kml":
        return Driver.KML
    raise GeoError(f"{name}: the first bytes are of no boundary format that is read; {_FORMATS}")


def _siblings(file: Path, limits: FileLimits) -> dict[str, bytes]:
    """The parts of a Shapefile that lie beside its .shp, by extension, in whatever case they are written."""
    beside = {
        entry.suffix[1:].lower(): entry
        for entry in sorted(file.parent.iterdir())
        if entry.stem == file.stem and entry.suffix[1:].lower() in _SHAPEFILE_NEEDS + _SHAPEFILE_TAKES
    }
    missing = [extension for extension in _SHAPEFILE_NEEDS if extension not in beside]
    if missing:
        raise GeoError(f"{file.name}: a Shapefile is several files; put the .{' and .'.join(missing)} beside it")
    return {extension: _read(entry, limits) for extension, entry in beside.items()}
