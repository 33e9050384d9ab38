"""Writes GeoPackage, Shapefile and KML files for tests; run in a child process, as it loads GDAL."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np


def native_file(driver: str, extension: str, wkb: list[bytes], columns: dict[str, list[str]], crs: str | None,
                layers: int = 1) -> dict[str, bytes]:  # fmt: skip
    """The parts of a file of Polygons, by extension, each layer the same."""
    for heavy in ("geopandas", "pandas", "pyarrow"):
        sys.modules[heavy] = None  # type: ignore[assignment]
    from pyogrio import raw

    folder = Path(tempfile.gettempdir())
    for layer in range(layers):
        raw.write(
            str(folder / f"areas.{extension}"),
            geometry=np.array(wkb, dtype=object),
            field_data=[np.array(values, dtype=object) for values in columns.values()],
            fields=np.array(list(columns), dtype=object),
            driver=driver,
            layer=f"layer{layer}",
            geometry_type="Polygon",
            crs=crs,
            append=layer > 0,
        )
    return {part.suffix[1:]: part.read_bytes() for part in folder.glob("areas.*")}
