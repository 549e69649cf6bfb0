"""What a body is called: which words of its name say what it is, and a name with another word for which one it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.training.words import said_in, word_set

if TYPE_CHECKING:
    import random

    from assistant.training.words import Said

GENERIC = word_set("""
    and of the for in at on a an st saint clinic hospital medical health healthcare center centre school academy
    college university high elementary middle primary secondary institute conservatory department store shop market
    supermarket bank church temple mosque synagogue chapel parish company co inc ltd group trust foundation charity
    society association club bar cafe pub restaurant diner bakery brewery hotel inn motel gym arena stadium theatre
    theater museum library court house home lodge hall park gardens garden farm farms nursery daycare growers dairy
    steel ironworks steelworks works logistics transit trucking transport freight cab taxi bus rail airlines airport
    shipping storage cold warehouse exteriors interiors roofing plumbing electric electrical joinery carpentry
    construction builders engineering motors auto garage foods kitchen pantry ink tattoo salon barbers spa studio
    studios records press media news paper mill mine port services service solutions systems software technologies
    technology insurance law legal aid firm partners office offices agency council county city state town general
    memorial community infirmary surgical presbyterian baptist methodist catholic lutheran royal national regional
    sciences orchestra sinfonia symphony choir police fire brigade army navy corps base fort regiment division
    program project unit ward lutheran episcopal anglican orthodox evangelical pentecostal adventist crematorium
    cemetery gazette times herald tribune chronicle post star echo courier radio television tv channel network textiles
    clothing fashions hardware grocery groceries pharmacy chemist chemists opticians dental dentistry surgery practice
    physio rehab recovery hospice sanatorium lab labs laboratory campus seminary sixth form comprehensive grammar prep
    preschool kindergarten creche daycare playgroup federation union alliance trust fund bureau authority ministry
    embassy consulate tribunal magistrates crown prison jail penitentiary correctional detention shelter hostel refuge
    sons brothers bros daughters associates holdings enterprises industries manufacturing plastics chemicals textile
    pizza pizzeria kebab grill steakhouse taqueria panaderia deli butcher butchers bistro tavern arms inn lounge casino
    cinema pool leisure sports football soccer rugby cricket hockey baseball basketball team league
    """)
"""Words that say what a body is and not which: they stay."""
TELLING = word_set("""
    county city state town national regional royal general sciences council army navy
    """)
"""Generic words that tell which body it is all the same: they go."""
BROADER = {
    "conservatory": "School", "seminary": "School", "sinfonia": "Orchestra", "symphony": "Orchestra",
    "ironworks": "Works", "steelworks": "Works", "infirmary": "Hospital", "daycare": "Nursery", "brewery": "Works",
}  # fmt: skip
JOINTS = word_set("and of the for in at on a an")
_INITIALS = "BCDFGHJKLMNPRSTVWZ"
"""Letters that make no word."""
SAINTS = word_set("st saint san santa sankt sveti")


def renamed(form: str, name: str) -> str:
    """Return a body's name with an invented word in place of those that say which one it is.

    What it is stays ("... Middle School", "St. ..."), but not what tells it all the same ("Royal", "County").
    """
    words = said_in(form)
    telling = [w for w in words if w.key not in GENERIC] or list(words[:-1]) or list(words)
    out: list[str] = []
    for at, word in enumerate(words):
        if word in telling:
            if not out or out[-1] != name:
                out.append(name)
        elif word.key in SAINTS and at + 1 < len(words):
            out.append(_with_stop(form, word))
        elif word.key not in TELLING:
            out.append(BROADER.get(word.key, word.text))
    while out and out[-1].lower() in JOINTS:
        del out[-1]
    while len(out) > 1 and out[0].lower() in JOINTS - {"the"}:
        del out[0]
    return " ".join(out)


def initials_drawn(letters: str, rng: random.Random) -> str:
    """Return as many other initials: consonants, none where it was."""
    return "".join(rng.choice([c for c in _INITIALS if c.lower() != letter]) for letter in letters)


def _with_stop(form: str, word: Said) -> str:
    return word.text + ("." if form[word.span.end : word.span.end + 1] == "." else "")
