"""What do GeoPackage, Shapefile and KML files hold? Runs in a child process only: it hands bytes to GDAL."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from geo.layer import Layer

# Drivers that open other files or call the network, whatever the file in hand is called. The first bytes have already
# been checked; this is the second wall, for a file that is two formats at once.
_SKIPPED_DRIVERS = (
    "OGR_VRT,VRT,GDALG,HTTP,WFS,OAPIF,OGCAPI,CSW,GML,GMLAS,NAS,GeoRSS,GPX,GPSBabel,JML,MapML,LVBAG,SVG,TopoJSON,"
    "GeoJSON,GeoJSONSeq,ESRIJSON,JSONFG,STACIT,STACTA,Carto,Elasticsearch,AmigoCloud,EEDA,EEDAI,NGW,PLSCENES,PLMOSAIC,"
    "ADBC,PostgreSQL,PGDUMP,MySQL,MSSQLSpatial,ODBC,PGEO,OCI,MongoDBv3,SQLite,Rasterlite,OSM,CSV,AIVector,PMTiles,MVT,"
    "MBTiles,PDF,XLSX,XLS,ODS,KML,Parquet,Arrow,LIBERTIFF,WMS,WCS,WMTS,DAAS,ZARR"
)


class Driver(StrEnum):
    """GDAL's name of the one driver that may open the file."""

    GEOPACKAGE = "GPKG"
    SHAPEFILE = "ESRI Shapefile"
    KML = "LIBKML"

    @property
    def extension(self) -> str:
        """The extension GDAL expects, without the dot."""
        return {Driver.GEOPACKAGE: "gpkg", Driver.SHAPEFILE: "shp", Driver.KML: "kml"}[self]


def read_native(contents: Mapping[str, bytes], driver: Driver, columns: tuple[str, ...]) -> tuple[Layer, ...]:
    """The layers of the file whose parts are `contents`, by extension; written to the child's own folder first.

    Layers without all of `columns` come with their field names only.

    Raises:
        OSError, RuntimeError: GDAL cannot read it (the caller sees a refusal).
    """
    folder = Path(tempfile.gettempdir())
    for extension, content in contents.items():
        (folder / f"area.{extension}").write_bytes(content)
    path = str(folder / f"area.{driver.extension}")
    os.environ["GDAL_SKIP"] = _SKIPPED_DRIVERS  # read once, when GDAL is loaded by the import below
    os.environ["GDAL_DISABLE_READDIR_ON_OPEN"] = "FALSE"
    for heavy in ("geopandas", "pandas", "pyarrow"):  # pyogrio would load them, 2 seconds, to no use here
        sys.modules[heavy] = None  # type: ignore[assignment]
    import pyogrio

    return tuple(_layer(path, str(name), driver, columns) for name, _ in pyogrio.list_layers(path))


def _layer(path: str, name: str, driver: Driver, columns: tuple[str, ...]) -> Layer:
    import pyogrio
    from pyogrio import raw

    facts = pyogrio.read_info(path, layer=name)
    if facts["driver"] != driver:
        raise RuntimeError("opened by another driver than its first bytes ask for")
    fields = tuple(str(field) for field in facts["fields"])
    if not set(columns) <= set(fields) or facts["geometry_type"] is None:
        return Layer(name, fields, facts["crs"], {}, ())
    wanted = list(dict.fromkeys(columns))
    meta, _, shapes, values = raw.read(path, layer=name, columns=wanted, force_2d=True)
    read = dict(zip((str(field) for field in meta["fields"]), values, strict=True))
    return Layer(
        name=name,
        fields=fields,
        crs=facts["crs"],
        columns={column: tuple(read[column].tolist()) for column in wanted},
        geometries=tuple(shapes.tolist()),
    )
