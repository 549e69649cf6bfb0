"""Names to invent from, by origin and gender: the name lists of Faker (the only file that imports it), and our own.

The lists are read, Faker's own chance is not used: every draw comes from the caller's source of chance.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from functools import lru_cache

from faker.config import AVAILABLE_LOCALES

from assistant.training.data_files import table
from assistant.training.romanising import romanised
from assistant.training.spelling import Spellings
from assistant.training.words import key_of, plain

_ORIGINS: dict[str, tuple[str, ...]] = {
    "us": ("en_US",),
    "gb": ("en_GB", "en_NZ"),
    "ie": ("en_IE", "ga_IE"),
    "cy": (),
    "es": ("es_MX", "es_ES", "es_CO", "es_AR", "es_CL"),
    "fr": ("fr_FR", "fr_CA", "fr_QC"),
    "de": ("de_DE",),
    "it": ("it_IT",),
    "pl": ("pl_PL",),
    "pt": ("pt_BR", "pt_PT"),
    "nl": ("nl_NL",),
    "se": ("sv_SE", "no_NO", "da_DK"),
    "is": ("is_IS",),
    "fi": ("fi_FI", "et_EE"),
    "cz": ("cs_CZ", "sk_SK"),
    "hr": ("hr_HR", "sl_SI"),
    "hu": ("hu_HU",),
    "ro": ("ro_RO",),
    "lv": ("lv_LV", "lt_LT"),
    "ru": ("ru_RU", "uk_UA", "bg_BG"),
    "gr": ("el_GR",),
    "tr": ("tr_TR", "az_AZ"),
    "uz": ("uz_UZ",),
    "ar": ("fr_DZ",),
    "fa": (),
    "in": ("en_IN",),
    "pa": (),
    "pk": ("en_PK",),
    "th": ("en_TH",),
    "id": ("id_ID",),
    "vn": ("vi_VN",),
    "kr": (),
    "cn": ("zh_CN",),
    "jp": ("ja_JP",),
    "so": (),
    "et": (),
    "ng": ("en_NG", "yo_NG", "ig_NG", "ha_NG"),
    "ke": ("en_KE", "sw"),
    "gh": ("tw_GH",),
    "za": ("zu_ZA",),
}
"""Locales whose lists are (or can be put) in Latin letters, gathered by where names are alike; none: our own list."""
_ROMANISED = {
    "cn": ("first_romanized_names", "last_romanized_names"),
    "jp": ("first_romanized_names", "last_romanized_names"),
}
FALLBACK = "us"
ENGLISH = frozenset({"us", "gb", "ie"})
"""Where names are English: a reader takes one for a woman's or a man's, unless both have it."""
FAMILY_FIRST = frozenset({"vn", "kr", "cn", "jp", "hu"})
"""Where the family name is said first."""
_LEAST = 25
"""A shorter list would soon repeat itself: the fallback's is taken instead."""


@dataclass(frozen=True, slots=True)
class Names:
    """The name lists of one origin."""

    female: frozenset[str] = field(repr=False)
    male: frozenset[str] = field(repr=False)
    either: frozenset[str] = field(repr=False)
    family: frozenset[str] = field(repr=False)
    both: frozenset[str] = field(repr=False)
    """Given names of which we say ourselves that women and men have them."""

    def given(self, gender: str | None) -> frozenset[str]:
        """Return given names of a gender (``female``, ``male``; else any)."""
        return {"female": self.female, "male": self.male}.get(gender or "", self.either)


@lru_cache(maxsize=1)
def origins() -> dict[str, Names]:
    """Return the lists of every origin."""
    ours = {head: frozenset(item.capitalize() for item in items) for head, items in table("names")}
    return {
        origin: _read(origin, [x for x in at if x in AVAILABLE_LOCALES or x in _ELSEWHERE], ours)
        for origin, at in _ORIGINS.items()
    }


_ELSEWHERE = frozenset({"yo_NG", "ig_NG", "ha_NG", "sw", "en_KE", "zu_ZA", "tw_GH", "en_NG", "fr_DZ"})


def _read(origin: str, locales: list[str], ours: dict[str, frozenset[str]]) -> Names:
    lists: dict[str, set[str]] = {"female": set(), "male": set(), "either": set(), "family": set()}
    first, last = _ROMANISED.get(origin, ("first_names", "last_names"))
    for locale in locales:
        try:
            provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        except ImportError:
            continue
        for key, attributes in (
            ("female", (f"{first}_female", "first_names_female")),
            ("male", (f"{first}_male", "first_names_male")),
            ("either", (first, "first_names_female", "first_names_male")),
            ("family", (last, "last_names_female", "last_names_male", "unisex_last_names")),
        ):
            for attribute in attributes:
                listed = getattr(provider, attribute, ())
                if isinstance(listed, (tuple, list, dict)):
                    lists[key] |= {plain(name) for n in listed if _usable(name := romanised(n))}
    for key in ("female", "male", "either", "family"):
        lists[key] |= {name for name in ours.get(f"{origin} {key}", ()) if _usable(name)}
    lists["family"] = {_as_written(name) for name in lists["family"]}
    if origin == "is":
        lists["family"] |= {f"{name}s{'son' if not name.endswith('s') else 'en'}" for name in lists["male"]}
    lists["either"] |= lists["female"] | lists["male"]
    lists["both"] = set(ours.get(f"{origin} either", ()))
    return Names(**{key: frozenset(names) for key, names in lists.items()})


def _as_written(family: str) -> str:
    """Return a family name with the capital within it that some lists leave out ("McIntyre")."""
    gaelic = family.startswith("Mc") and len(family) > _GAELIC
    return f"Mc{family[2:].capitalize()}" if gaelic else family


_GAELIC = 4
"""Letters above which "Mc" is a prefix."""


def _usable(name: str) -> bool:
    bare = plain(name)
    return bare.isascii() and bare.isalpha() and len(bare) > 2 and bare[0].isupper()  # noqa: PLR2004  "Jo" is heard as anything


def gender_of(given: str) -> str | None:
    """Return ``female`` or ``male`` where the lists agree, else None."""
    female = sum(given in keys for keys, _ in _gendered().values())
    male = sum(given in keys for _, keys in _gendered().values())
    if female > 2 * male:
        return "female"
    return "male" if male > 2 * female else None


def gender_written(given: str, origin: str = FALLBACK) -> str | None:
    """Return the gender of most names that are written like this one, at home in an origin, where it is clear."""
    shares = _gender_letters(origin).like(given)
    best = max(shares, key=lambda g: shares[g], default=None)
    return best if best is not None and shares[best] >= _CLEAR else None


def one_gender(given: str) -> bool:
    """Whether all lists that have a folded given name have it for the same gender."""
    return len({at for keys in _gendered().values() for at in (0, 1) if given in keys[at]}) == 1


@lru_cache(maxsize=64)
def _gender_letters(origin: str) -> Spellings:
    names = origins()[origin]
    if min(len(names.female), len(names.male)) < _LEAST:
        names = origins()[FALLBACK]
    return Spellings({"female": [key_of(n) for n in names.female], "male": [key_of(n) for n in names.male]})


_CLEAR = 0.85
"""Share from which on the letters of a name tell a gender."""


@lru_cache(maxsize=1)
def _gendered() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    return {
        origin: (frozenset(map(key_of, names.female)), frozenset(map(key_of, names.male)))
        for origin, names in origins().items()
    }


@lru_cache(maxsize=256)
def given_names(origin: str, gender: str | None) -> tuple[str, ...]:
    """Return given names to draw from, sorted.

    Args:
        origin: Where they are at home.
        gender: ``female`` or ``male``: what most lists give the other gender is left out ("Jean" of a Frenchman, said
            in English); ``either``: names that women and men have; None: unknown.
    """
    told = gender in {"female", "male"}
    if gender is None and origin not in ENGLISH:
        return tuple(sorted(origins()[origin].either))
    for at in (origin, FALLBACK):
        names = origins()[at]
        fitting = {n for n in names.given(gender) if gender_of(key_of(n)) in ({gender, None} if told else {None})}
        if not told:
            fitting |= names.both
        if len(fitting) >= _LEAST:
            return tuple(sorted(fitting))
    return tuple(sorted(origins()[FALLBACK].given(gender)))


@lru_cache(maxsize=64)
def family_names(origin: str) -> tuple[str, ...]:
    """Return family names to draw from, sorted."""
    names = origins()[origin].family
    return tuple(sorted(names if len(names) >= _LEAST else origins()[FALLBACK].family))
