"""Which words are English: what is not, in speech, is nearly always a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.privacy.words import straighten, word_set

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPOKEN = word_set(
    """
    um uh er erm hmm mm mhm uhhuh huh ah oh ha hah haha yeah yep yup nah nope okay ok gonna wanna gotta kinda
    sorta dunno lemme gimme cuz cos till til ain't y'all tv cd dvd ptsd ocd adhd add dui aa na icu gp cbt dbt ssri
    mri ct hiv hep std meds rehab fentanyl opioid opioids oxy percs xanax methadone suboxone naloxone narcan vape
    vaping weed online internet website email emails app apps wifi zoom facebook instagram tiktok whatsapp
    snapchat twitter google youtube netflix uber selfie smartphone iphone podcast blog blogs texted texting texts
    voicemail everybody everyone everything somebody someone something anybody anyone anything nobody nothing
    myself yourself himself herself itself ourselves yourselves themselves whose whom whoever whatever whenever
    wherever whichever the and but because although though while since until unless whether than then this that
    these those with without within from into onto upon off about above below under over between among through
    during before after against toward towards around behind beside besides beyond across along despite except per
    via i me my mine we us our ours you your yours he him his she her hers it its they them their theirs who which
    what when where why how a an or nor so yet if as at by for in of on to up out down would could should shall
    might must can cannot could've should've would've not no yes please mom mum mommy mummy daddy dad grandma
    grandpa granddad grandkid grandkids grandson granddaughter stepdad stepmom stepmum stepson stepdaughter
    boyfriend girlfriend fiance fiancee roommate flatmate coworker coworkers nana papa mama auntie uncle aunt
    cousin hi hey hello bye goodbye goodnight ouch ugh wow gosh jeez damn fuck fucking shit shitty crap bullshit
    asshole hospitalised hospitalized hospitalization counselling counseling counsellor counselor therapist
    mindfulness triggered triggers coping suicidal suicide bipolar antidepressant antidepressants benzo benzos
    relapse relapsed sober sobriety alright anymore anyways maybe somehow sometimes somewhere anywhere everywhere
    nowhere
    """
)
_SHORTEST_CLITIC_NAME = 4


class Dictionary:
    """A set of English base forms, asked for any inflection of them."""

    def __init__(self, lemmas: Iterable[str], irregular: Iterable[str] = ()) -> None:
        self._words = frozenset(lemmas) | frozenset(irregular) | _SPOKEN

    def knows(self, word: str) -> bool:
        """Whether a lower-case word, or what it is inflected from, is in the dictionary."""
        bare = straighten(word).removesuffix("'s").strip("'")
        if bare.startswith(("o'", "d'", "l'")) and len(bare) > _SHORTEST_CLITIC_NAME:
            return False  # "O'Malley", "D'Angelo"
        if "'" in bare or not bare.isalpha():  # contractions and figures are not names
            return True
        return bare in self._words or any(base in self._words for base in _bases(bare))


def _bases(word: str) -> list[str]:
    bases: list[str] = []
    for ending, replacements in (
        ("ies", ("y",)),
        ("es", ("", "e")),
        ("s", ("",)),
        ("ied", ("y",)),
        ("ed", ("", "e")),
        ("ing", ("", "e")),
        ("er", ("", "e")),
        ("est", ("", "e")),
        ("ier", ("y",)),
        ("ly", ("", "le")),
        ("ness", ("",)),
        ("in", ("ing",)),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            bases += [stem + r for r in replacements]
            if ending in {"ed", "ing", "er"} and len(stem) > 2 and stem[-1] == stem[-2]:  # noqa: PLR2004
                bases.append(stem[:-1])
    return bases
