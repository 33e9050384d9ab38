"""Where do a council's ward boundaries come from? The open geography service of the Office for National Statistics."""

from __future__ import annotations

import http.client
import json
import re
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from geo.errors import GeoError

LICENCE = (
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
    "Contains OS data © Crown copyright and database right."
)
_SERVICES = "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services"
_AUTHORITY = re.compile(r"[EWSNK]\d{8}")
# Wards_December_2024_Boundaries_UK_BGC and, in other years, WD_MAY_2023_UK_BGC. BGC is generalised to 20 metres and
# clipped to the coast; BFC is in full and several times as large.
_SERVICE = re.compile(r"(?:Wards|WD)_(?P<month>[A-Z]+)_(?P<year>\d{4})_(?:Boundaries_)?(?P<land>[A-Z]+)_BGC\w*", re.I)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def fetch_wards(
    authority: str, year: int, out: Path, *, timeout_seconds: float = 30.0, most_bytes: int = 50 * 1024**2
) -> str:
    """Write the wards of a local authority ("E08000025") in a year to `out` as GeoJSON; the licence to show with them.

    Two requests, to the service's catalogue and to the year's layer, over https, each given up after `timeout_seconds`
    of silence or `most_bytes`. `out` appears whole or not at all.

    Raises:
        GeoError: the service cannot be reached, has no wards of the year or none of the authority, or `out` cannot be
            written.
    """
    _check(authority, year)
    service = ward_service(_get(services_url(), timeout_seconds, most_bytes), year)
    wards = ward_collection(_get(wards_url(service, authority, year), timeout_seconds, most_bytes), authority, year)
    part = out.with_name(out.name + ".part")
    try:
        part.write_text(json.dumps(wards, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        part.replace(out)
    except OSError as error:
        raise GeoError(f"{out.name}: the file cannot be written ({error.strerror}); choose another folder") from None
    return LICENCE


def services_url() -> str:
    """The catalogue of all the layers of the service."""
    return f"{_SERVICES}?{urlencode({'f': 'json'})}"


def wards_url(service: str, authority: str, year: int) -> str:
    """The query for the wards of one authority, in longitude and latitude.

    Raises:
        GeoError: the authority is not a code of nine characters, or the year not one of four digits.
    """
    _check(authority, year)
    short = f"{year % 100:02}"
    asked = {
        "where": f"LAD{short}CD='{authority}'",
        "outFields": f"WD{short}CD,WD{short}NM,LAD{short}CD,LAD{short}NM",
        "outSR": "4326",
        "f": "geojson",
    }
    return f"{_SERVICES}/{service}/FeatureServer/0/query?{urlencode(asked)}"


def ward_service(catalogue: bytes, year: int) -> str:
    """The name of the layer of wards in a year, from the catalogue: the latest month, the whole of the UK if there is.

    Raises:
        GeoError: the answer is no catalogue, or has no wards of that year; the message lists the years there are.
    """
    answer = _parsed(catalogue)
    names = [str(entry.get("name", "")) for entry in answer.get("services", ()) if isinstance(entry, dict)]
    found = [match for name in names if (match := _SERVICE.fullmatch(name)) and match["month"][:3].lower() in _MONTHS]
    chosen = [match for match in found if int(match["year"]) == year]
    if not chosen:
        years = ", ".join(sorted({match["year"] for match in found})) or "none"
        raise GeoError(f"the service has no wards of {year}; choose a year it has: {years}")
    return max(chosen, key=lambda m: (m["land"].upper() == "UK", _MONTHS.index(m["month"][:3].lower()), m[0]))[0]


def ward_collection(body: bytes, authority: str, year: int) -> dict[str, Any]:
    """The service's answer as a GeoJSON collection, its wards in order of code, the licence in its `attribution`.

    Raises:
        GeoError: the answer is an error or no collection, was cut short, or has no ward of the authority.
    """
    answer = _parsed(body)
    if answer.get("type") != "FeatureCollection" or not isinstance(answer.get("features"), list):
        raise GeoError("the service answered with an error instead of boundaries; try again, or another year")
    if answer.get("exceededTransferLimit") or (answer.get("properties") or {}).get("exceededTransferLimit"):
        raise GeoError("the service cut its answer short; download the wards from geoportal.statistics.gov.uk instead")
    code = f"WD{year % 100:02}CD"
    if not answer["features"]:
        raise GeoError(f"the service has no wards of {authority} in {year}; check the authority's code for that year")
    try:
        features = sorted(answer["features"], key=lambda feature: str(feature["properties"][code]))
    except (KeyError, TypeError):
        raise GeoError(f"the boundaries have no column {code}; try another year") from None
    return {"type": "FeatureCollection", "attribution": LICENCE, "features": features}


def _check(authority: str, year: int) -> None:
    if not _AUTHORITY.fullmatch(authority):
        raise GeoError("the authority is not a code of nine characters; give one such as E08000025 (Birmingham)")
    if not 1000 <= year <= 9999:
        raise GeoError("the year is not one of four digits; give one such as 2024")


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise GeoError("the service's answer is not JSON; try again later")
    return answer


def _get(url: str, timeout_seconds: float, most_bytes: int) -> bytes:
    request = urllib.request.Request(url, headers={"Accept": "application/json"})  # noqa: S310 - https, our own host
    mend = "check the connection, or download the wards from geoportal.statistics.gov.uk by hand"
    try:
        with urllib.request.urlopen(request, timeout=timeout_seconds) as answer:  # noqa: S310 - https, our own host
            body = bytes(answer.read(most_bytes + 1))
    except urllib.error.HTTPError as error:
        raise GeoError(f"the boundary service refused (HTTP {error.code}); {mend}") from None
    except (OSError, http.client.HTTPException):
        raise GeoError(f"the boundary service cannot be reached; {mend}") from None
    if len(body) > most_bytes:
        raise GeoError("the boundary service's answer is too large; download the wards by hand")
    return body
