"""Which system are these coordinates in, can that be true, and where are they in another?"""

from __future__ import annotations

import math
import re
import threading
import warnings
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from pyproj.transformer import TransformerGroup

from geo.errors import GeoError

Floats = NDArray[np.float64]

LONGITUDE_LATITUDE = "EPSG:4326"
_ONE_AT_A_TIME = threading.RLock()
"""PROJ's ways between two systems may pass from thread to thread, but only one thread at a time may use them."""

_CRS_MEND = 'give it as an EPSG code, such as "EPSG:27700" (British National Grid) or "EPSG:4326" (longitude, latitude)'
# An authority's code, plain or as a URN, or the WKT that a .prj file holds. PROJ takes more, among it strings that
# make it open other files; none of that is passed on.
_AUTHORITY = re.compile(
    r"(?:(?:EPSG|ESRI|OGC)\s*:\s*:?\s*\w+|urn:ogc:def:crs:(?:EPSG|OGC|ESRI):[\w.]*:\w+"
    r"|https?://www\.opengis\.net/def/crs/(?:EPSG|OGC)/[\w.]+/\w+)",
    re.IGNORECASE,
)
_WKT = re.compile(r"(?:PROJCS|GEOGCS|PROJCRS|GEOGCRS|GEODCRS|COMPD_?CS|COMPOUNDCRS|BOUNDCRS)\s*\[", re.IGNORECASE)
_ZONE = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?([+-])(\d{3})(\d{2})(\d{2})?")  # ISO 6709: +404251-0740023


@lru_cache(maxsize=64)  # asking for the authority searches the whole register
def check_crs(text: str) -> str:
    """The short name ("EPSG:27700") of a coordinate reference system given as a code, a URN or WKT.

    WKT that is no known system's comes back as it is.

    Raises:
        GeoError: nothing is given, or no such system is known.
    """
    given = text.strip()
    if not given:
        raise GeoError(f"the coordinate reference system is missing; {_CRS_MEND}")
    if not (_AUTHORITY.fullmatch(given) or _WKT.match(given)):
        raise GeoError(f"the coordinate reference system is not one that is known; {_CRS_MEND}")
    try:
        crs = CRS.from_user_input(given)
    except CRSError:
        raise GeoError(f"the coordinate reference system is not one that is known; {_CRS_MEND}") from None
    if not (crs.is_projected or crs.is_geographic):
        raise GeoError(f"the coordinate reference system is not one of positions on a map; {_CRS_MEND}")
    authority = crs.to_authority()
    return ":".join(authority) if authority else str(crs.to_wkt())


def to_crs(x: Floats, y: Floats, *, source: str, target: str) -> tuple[Floats, Floats]:
    """Coordinates in another system; x is easting or longitude, y northing or latitude, whatever the system's order.

    Between British National Grid and longitude and latitude the result is within about 2 to 3 metres (the seven
    parameters of OSGB36, EPSG:1314), as the OSTN15 grid is not shipped with PROJ: enough for areas, not for an address
    on their edge. Where source and target are one system nothing is moved at all. A point that is missing, or that
    the target cannot hold, is NaN.

    Raises:
        GeoError: a system is unknown, or there is no way from one to the other.
    """
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    source, target = check_crs(source), check_crs(target)
    if source == target:
        return x.copy(), y.copy()
    with _ONE_AT_A_TIME:
        out_x, out_y = _transformer(source, target).transform(x, y)
    lost = ~(np.isfinite(out_x) & np.isfinite(out_y))
    return np.where(lost, np.nan, out_x), np.where(lost, np.nan, out_y)


def plausible_share(
    x: Floats, y: Floats, crs: str, *, timezone: str | None = None, swapped_beyond_degrees: float = 30.0
) -> float | None:
    """Share of the points that can lie where `crs` is used; None where all are missing or at (0, 0): those never count.

    Three things are impossible: a position outside the rectangle around the system's own area of use; degrees given as
    metres, which a projected system would place at its false origin; and, for degrees where the force's `timezone` is
    known, longitude and latitude the wrong way round: more than `swapped_beyond_degrees` from the zone's principal
    place and nearer to it when exchanged. The area of use of EPSG:4326 is the world, so that only the time zone can
    tell an exchanged pair of small numbers (Birmingham's is a place in the Indian Ocean).

    Raises:
        GeoError: the system is unknown.
    """
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    given = np.isfinite(x) & np.isfinite(y) & ~((x == 0) & (y == 0))
    x, y = x[given], y[given]
    if not x.size:
        return None
    crs = check_crs(crs)
    west, south, east, north = _area_of_use(crs)
    inside_west, inside_east = x >= west, x <= east
    over_the_180th = west > east
    possible = (inside_west | inside_east) if over_the_180th else (inside_west & inside_east)
    possible &= (y >= south) & (y <= north)
    if CRS.from_user_input(crs).is_projected:
        possible &= ~((np.abs(x) <= 360) & (np.abs(y) <= 90))
    elif timezone and (home := _principal_place(timezone)):
        here, exchanged = _degrees_from(home, x, y), _degrees_from(home, y, x)
        possible &= ~((here > swapped_beyond_degrees) & (exchanged < here))
    return float(possible.mean())


@lru_cache(maxsize=64)  # making one takes a tenth of a second
def _transformer(source: str, target: str) -> Transformer:
    """The best way that there is from one system to another, the same for every point.

    Left to choose for each point, PROJ falls back to another way beyond the area of the best one, 130 metres off, so
    that an outline at the edge (in the North Sea, say) would be torn.
    """
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # that a grid file would be better still: see `to_crs`
        ways = TransformerGroup(source, target, always_xy=True, allow_ballpark=False).transformers
    if not ways:
        raise GeoError("positions of this coordinate reference system cannot be converted; use EPSG:4326")
    return ways[0]


def _area_of_use(crs: str) -> tuple[float, float, float, float]:
    """The rectangle (least x, least y, greatest x, greatest y), in the system's own units, in which it is used."""
    system = CRS.from_user_input(crs)
    area = system.area_of_use
    degrees = area.bounds if area else (-180.0, -90.0, 180.0, 90.0)
    if not system.is_projected:
        return degrees
    with _ONE_AT_A_TIME:
        west, south, east, north = _transformer(LONGITUDE_LATITUDE, crs).transform_bounds(*degrees)
    if not np.isfinite([west, south, east, north]).all():
        return -math.inf, -math.inf, math.inf, math.inf
    return west, south, east, north


def metric_crs(longitude: float, latitude: float) -> str:
    """The system in metres to keep shapes around a place in: British National Grid in its area, else the UTM zone.

    The area of the grid is the rectangle from 9° W to 2° E and 49°45' to 61° N, so that Ireland is kept in it too,
    which distorts lengths there by less than one part in a thousand.
    """
    area = CRS.from_epsg(27700).area_of_use
    assert area is not None  # the authority states it
    west, south, east, north = area.bounds
    if west <= longitude <= east and south <= latitude <= north:
        return "EPSG:27700"
    zone = min(int((longitude + 180) // 6) + 1, 60)
    return f"EPSG:{(32600 if latitude >= 0 else 32700) + zone}"


def _principal_place(timezone: str) -> tuple[float, float] | None:
    """Longitude and latitude of a time zone's principal place, from the tz database; None where it lists none."""
    table = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    for line in table.splitlines():
        fields = line.split("\t")
        if len(fields) > 2 and fields[2] == timezone and (place := _ZONE.fullmatch(fields[1])):
            return _degrees(*place.groups()[4:]), _degrees(*place.groups()[:4])
    return None


def _degrees(sign: str, degrees: str, minutes: str, seconds: str | None) -> float:
    return (-1 if sign == "-" else 1) * (int(degrees) + int(minutes) / 60 + int(seconds or 0) / 3600)


def _degrees_from(home: tuple[float, float], longitude: Floats, latitude: Floats) -> Floats:
    """Angle at the earth's centre, in degrees, between `home` and each point (spherical law of cosines)."""
    home_longitude, home_latitude = (math.radians(value) for value in home)
    cosine = math.sin(home_latitude) * np.sin(np.radians(latitude)) + math.cos(home_latitude) * np.cos(
        np.radians(latitude)
    ) * np.cos(np.radians(longitude) - home_longitude)
    return np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))
