"""Invented places: of the kind and the part of the world of those that they stand for. None is on a map on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.training.invented import FALLBACK, family_names, given_names
from assistant.training.origins import letters_like, written_in
from assistant.training.words import key_of, keys_of, name_keys, said_in, word_set

if TYPE_CHECKING:
    import random

    from assistant.training.pool import Pool

_LEADS = word_set("port fort lake mount mt cape north south east west upper lower point camp rio")
_TRAILS = word_set("""
    river lake island islands isle beach creek hill hills heights valley bay falls park lanes lane road street avenue
    bridge mountain mountains springs forest woods common green canal harbour harbor point ridge canyon mesa bluff
    crossing estate square market high
    """)
_SAINTS = word_set("st saint san santa sao santo sant sankt")
_WESTERN = ("ville", "ton", "ford", "field", "burg", "dale", "wood", "port", "mont", "bury", "stead", "ham")
_MADE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "ie": (("Bally", "Kil", "Dun", "Clon"), ("",)),
    "cy": (("Llan", "Aber", "Tre", "Pen"), ("",)),
    "es": (("Villa ", "Santa ", "San ", "El "), ("",)),
    "pt": (("Vila ", "Santo ", "Porto "), ("",)),
    "it": (("Castel ", "Monte ", "Borgo "), ("",)),
    "fr": (("Saint-", "Mont"), ("", "ville", "ac", "igny")),
    "de": ((), ("dorf", "heim", "hausen", "bach", "feld")),
    "nl": ((), ("dam", "veen", "dijk", "drecht")),
    "se": ((), ("torp", "stad", "berga", "lund")),
    "is": ((), ("vik", "fjall", "stadir")),
    "fi": ((), ("koski", "jarvi", "lahti")),
    "pl": ((), ("owice", "owo", "nica", "sko")),
    "cz": ((), ("ovice", "ov", "nice")),
    "hr": ((), ("ovac", "ica", "grad")),
    "hu": ((), ("falva", "haza", "kut")),
    "ro": ((), ("esti", "eni", "oara")),
    "lv": ((), ("ava", "iai", "pils")),
    "ru": ((), ("ovsk", "ovka", "ino", "grad")),
    "gr": ((), ("ochori", "opoli", "ades")),
    "tr": ((), ("koy", "abat", "hisar")),
    "ar": (("Deir ", "Ain ", "Tell "), ("",)),
    "fa": ((), ("abad", "shahr")),
    "in": ((), ("pur", "nagar", "garh", "palli")),
    "pa": ((), ("pur", "kot", "wal")),
    "pk": ((), ("abad", "pur", "kot")),
    "vn": (("Tan ", "Phu ", "An ", "Binh "), ("",)),
    "kr": ((), ("cheon", "san", "dong")),
    "cn": ((), ("zhou", "shan", "jiang", "yang")),
    "jp": ((), ("yama", "gawa", "mura", "hama")),
    "so": (("Bur ", "Beled ", "El "), ("",)),
    "et": (("Debre ", "Addi "), ("",)),
    "ng": (("Oke ", "Ile ", "Umu"), ("",)),
    "ke": (("Ol ", "Kap"), ("",)),
    "gh": ((), ("krom", "ase")),
    "za": (("Kwa", "Em"), ("",)),
}
"""What stands before and behind a name in the names of places, by origin; elsewhere the English endings."""
_STEM = 6
_VOWELS = "aeiouy"
_TRIES = 400
_SURE_LETTERS = 6
_SURE = 0.9


def region_like(name: str) -> str:
    """Return in which part of the world a place's name is written like that, the fallback where it is not clear."""
    hint = written_in(name)
    if hint in _MADE:
        return hint
    keys = [k for k in name_keys(name) if k not in _LEADS | _TRAILS and len(k) >= _SURE_LETTERS]
    for key in sorted(keys, key=len, reverse=True)[:1]:
        origin, sure = letters_like(key)
        if origin in _MADE and sure >= _SURE:
            return origin
    return FALLBACK


def town(name: str, pool: Pool, rng: random.Random) -> str:
    """Return an invented place to stand for one, without the words that say what it is."""
    origin = region_like(name)
    fronts, ends = _MADE.get(origin, ((), _WESTERN))
    names = [n for n in family_names(origin if origin in _MADE else "gb") if len(n) <= _STEM]
    made = ""
    for _ in range(_TRIES):
        stem = rng.choice(names)
        front = rng.choice(fronts) if fronts else ""
        end = rng.choice(ends)
        if end and stem[-1] in _VOWELS and end[0] in _VOWELS:
            stem = stem[:-1]
        made = front + (stem if front.endswith((" ", "-")) or not front else stem.lower()) + end
        if all(pool.free(part) for part in (*keys_of(made)[-1:], key_of(made))):
            break
    else:
        made = pool.pick(name, names)
    return pool.take(made)


def placed(form: str, name: str) -> str:
    """Return a place's form with its invented name and the words that say what it is ("Port ...", "... River")."""
    words = said_in(form)
    if len(words) < 2:  # noqa: PLR2004  nothing but the name
        return name
    lead = words[0].text if words[0].key in _LEADS else ""
    trail = words[-1].text if words[-1].key in _TRAILS else ""
    return " ".join(part for part in (lead, name, trail) if part)


def saint(form: str, pool: Pool) -> str | None:
    """Return another saint for a place that has one's name; None where it has none."""
    words = said_in(form)
    if len(words) < 2 or words[0].key not in _SAINTS:  # noqa: PLR2004  as above
        return None
    feminine = words[0].key == "santa"
    name = pool.pick(
        words[1].text, given_names("es" if words[0].key != "st" else "gb", "female" if feminine else "male")
    )
    return form[: words[1].span.start] + name
