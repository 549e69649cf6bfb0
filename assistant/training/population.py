"""How many people fit what a sample still tells of somebody: a dated, replaceable table of shares, and arithmetic.

The expected number is the catchment times the product of the shares. That takes the attributes to be independent, which
they are not (few people of eighty have small children), so it is an order of magnitude. A value without a share counts
as one single person: what nobody counted is taken to be unique.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assistant.errors import SettingsError
from assistant.tables import read_toml, refuse_unknown, typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assistant.training.material import QuasiIdentifier

AGE: Final = "age band"
GENDER: Final = "gender"
REGION: Final = "region"
JOB: Final = "job group"
FAMILY: Final = "family shape"
EVENT: Final = "headline event"
BELONGING: Final = "belonging"
ATTRIBUTES: Final = (AGE, GENDER, REGION, JOB, FAMILY, EVENT, BELONGING)
"""What singles out together (``domain.md`` 8.3), in the order in which it is shown."""

CATCHMENT: Final = 250_000
"""People among whom a group's members may live, where the settings say nothing: about a large county."""

SHIPPED: Final = Path(__file__).parent / "data" / "population.toml"
_OLDEST_BAND: Final = 90
_BAND_YEARS: Final = 10
_WIDE: Final = ((30, "under 30"), (60, "30-59"), (math.inf, "60 or older"))
"""First age that is not in a wide band any more, and what the band is called."""


@dataclass(frozen=True, slots=True)
class Population:
    """Shares of residents by attribute and value, and of how many residents."""

    place: str
    date: dt.date
    """The day that the figures describe."""
    sources: tuple[str, ...]
    shares: Mapping[str, Mapping[str, float]]
    catchment: int = CATCHMENT

    def share(self, what: QuasiIdentifier) -> float:
        """Return the fraction of residents with that value; 0 where the table has none.

        An exact age is a tenth of its band.
        """
        known = self.shares.get(what.attribute, {})
        if what.value in known:
            return known[what.value]
        if what.attribute == AGE and what.value.isdecimal():
            return known.get(age_band(int(what.value)), 0.0) / _BAND_YEARS
        if what.attribute == AGE and any(what.value == name for _, name in _WIDE):
            return sum(share for band, share in known.items() if wide_band(band) == what.value)
        return 0.0

    def expected(self, left: Iterable[QuasiIdentifier]) -> float:
        """Return how many people of the catchment are expected to fit all of it; at least 1, the person themself."""
        return max(1.0, self.catchment * math.prod(self.share(what) for what in set(left)))

    def values(self, attribute: str) -> tuple[str, ...]:
        """Return every value that the table counts, in the table's order."""
        return tuple(self.shares.get(attribute, ()))


def age_band(years: int) -> str:
    """Return the ten-year band of an age; "90 or older" from there on (45 CFR 164.514(b)(2)(i)(C))."""
    if years >= _OLDEST_BAND:
        return f"{_OLDEST_BAND} or older"
    first = years - years % _BAND_YEARS
    return f"{first}-{first + _BAND_YEARS - 1}"


def wide_band(band: str) -> str:
    """Return the wide band of an age or of a ten-year band; what is no age stays as it is."""
    years = re.match(r"\d+", band)
    return next((name for end, name in _WIDE if int(years.group()) < end), band) if years else band


def read_population(path: Path | None = None, catchment: int = CATCHMENT) -> Population:
    """Return the table in a file; the shipped one by default.

    Args:
        path: TOML: ``[about]`` with place, date and sources, then one table of shares per attribute.
        catchment: How many people live where the group's members may come from.

    Raises:
        SettingsError: Unreadable, an attribute nobody knows, no source or date, or a share that is no share.
    """
    path = path or SHIPPED
    where = f"population table {path}"
    table = read_toml(path, SettingsError, "population table")
    refuse_unknown(table, ("about", *ATTRIBUTES), SettingsError, where)
    about = typed(table, "about", dict, SettingsError, where) or {}
    refuse_unknown(about, ("place", "date", "sources"), SettingsError, f"{where}, [about]")
    place = typed(about, "place", str, SettingsError, f"{where}, [about]")
    date = typed(about, "date", dt.date, SettingsError, f"{where}, [about]")
    sources = typed(about, "sources", list, SettingsError, f"{where}, [about]")
    if place is None or date is None or not sources:
        raise SettingsError(f"{where}, [about]: 'place', 'date' and 'sources' must say what the shares rest on")
    if catchment < 1:
        raise SettingsError("settings, [training]: 'catchment' must be a whole number of people from 1")
    shares = {
        attribute: _shares(typed(table, attribute, dict, SettingsError, where) or {}, f"{where}, [{attribute}]")
        for attribute in ATTRIBUTES
    }
    return Population(place, date, tuple(map(str, sources)), shares, catchment)


def _shares(table: Mapping[str, object], where: str) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for value, share in table.items():
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 < share <= 1:
            raise SettingsError(f"{where}: {value!r} must be a fraction of all residents, above 0 and up to 1")
        found[value] = float(share)
    return found
