"""Closed word lists of English that the ownership rules read: kin, roles, pronouns, kinds of verb.

They are lists of the language and never of one group; whatever belongs to a group comes from its roster.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FREQUENT: Final = frozenset(
    line
    for line in (files("assistant.privacy") / "data" / "frequent_words.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)
"""Words too frequent to mark one person's story; the file says where it comes from."""

FIRST: Final = _words("i me my mine myself we us our ours ourselves im ive ill id")
FIRST_NOMINAL: Final = _words("i me mine myself we us ours ourselves im ive")
"""First person standing for the speaker, not merely owning the next noun."""
FIRST_PLURAL: Final = _words("we us our ours ourselves")
SECOND: Final = _words("you your yours yourself yourselves y'all ya ye")
THIRD_HE: Final = _words("he him his himself")
THIRD_SHE: Final = _words("she her hers herself")
THIRD_THEY: Final = _words("they them their theirs themselves themself")
THIRD: Final = THIRD_HE | THIRD_SHE | THIRD_THEY

KIN_HE: Final = _words(
    "father dad daddy da pop pops papa son brother husband uncle nephew grandfather grandpa granddad grandson "
    "boyfriend  fiance stepfather stepdad stepson stepbrother bro hubby boy boys widower godfather godson "
    "abuelo opa dads sons brothers  uncles nephews grandsons"
)
KIN_SHE: Final = _words(
    "mother mom mum mam mama mommy mummy ma missus daughter sister wife aunt auntie niece grandmother grandma "
    "granny nana nan gran nanna  nonna abuela oma  granddaughter girlfriend fiancee stepmother stepmom "
    "stepdaughter stepsister sis girl girls widow godmother  goddaughter moms daughters sisters aunts nieces "
    "granddaughters"
)
KIN_ANY: Final = _words(
    "parent parents child children kid kids baby babies toddler teen teenager sibling siblings cousin cousins spouse "
    "partner ex exes fiancé fiancée family folks relative relatives grandkid grandkids grandchild grandchildren "
    "grandparent grandparents twin twins stepkids stepchild stepchildren stepparents in-law in-laws inlaws infant "
    "newborn household"
)
KIN: Final = KIN_HE | KIN_SHE | KIN_ANY
BARE_KIN: Final = _words(
    "mom mum mam mama mommy mummy dad daddy papa grandma grandpa granny nana nan gran nanna nonna abuela granddad "
    "auntie"
)
"""Kin that stand alone as a name ("Mom says")."""

PROFESSIONALS: Final = _words(
    "doctor doc psychiatrist psychologist therapist counselor counsellor physician surgeon specialist gp nurse "
    "dentist pharmacist cardiologist neurologist oncologist obgyn midwife clinician prescriber lawyer attorney "
    "solicitor barrister caseworker worker judge magistrate officer po boss manager supervisor employer landlord "
    "landlady cop dispatcher"
)
AUTHORITIES: Final = _words("boss manager supervisor employer landlord landlady judge magistrate lawyer dispatcher")
"""Those set over the speaker, who do not sit in the same group."""
OFFICES: Final = _words("hr clinic hospital court insurance school company plant agency police cops dispatch bank")
OFFICIALS: Final = PROFESSIONALS | OFFICES
"""People and offices that say and do things concerning whoever mentions them; what they say is about that person."""
ACQUAINTANCES: Final = _words(
    "friend friends buddy pal roommate flatmate housemate neighbor neighbour neighbors neighbours coworker coworkers "
    "co-worker colleague colleagues sponsor sponsee teacher pastor priest rabbi imam coach foreman mate date crush "
    "tenant client customer patient student students dealer guy man woman lady girl boy dude kid person bloke fella "
    "stranger aide carer babysitter ex-wife ex-husband"
)

ROOM_NOUNS: Final = _words(
    "guy man woman lady girl boy dude kid person one fella bloke gentleman member newcomer people guys folks ladies "
    "members newcomers men women lad gal speaker"
)
"""Nouns that, with a pointing word, stand for somebody in the room."""
POINTERS: Final = _words("new newest last first other previous next quiet older younger")
"""Adjectives that pick somebody out of those present ("the last speaker", "our newest")."""

BODY: Final = _words(
    "arm arms hand hands face head hair neck throat wrist wrists leg legs foot back chest stomach belly nose jaw eye "
    "eyes ear mouth lip lips shoulder shoulders finger fingers body ribs knee knees tooth teeth skin car phone door"
)
"""What, done to, is done to its owner."""

SPEECH: Final = _words(
    "say tell mention ask share explain describe talk speak admit reply answer call yell shout whisper claim promise "
    "swear joke text write announce confess go"
)
TELLING: Final = _words("tell ask show remind warn")
"""Verbs whose "me" hears of something, which need not be the hearer's."""
THINKING: Final = _words(
    "think know believe guess suppose feel hope wish wonder imagine figure bet fear worry remember realize realise "
    "notice see hear find mean swear understand forget doubt assume expect pray want need love hate decide learn tell "
    "say keep make let help watch show prove"
)
"""Verbs whose complement belongs with them."""
PARENTHETICAL: Final = _words("guess think swear say mean suppose know believe tell promise hope bet reckon feel")
ENCOUNTERS: Final = _words("see meet catch spot visit drive hang bump run watch find notice date")
"""Verbs by which somebody places another person somewhere ("I saw her at the clinic")."""
TAKING: Final = _words("take swallow drink use snort smoke eat inject steal")
"""Verbs of taking something in."""
STAYING: Final = _words("stay live move sleep crash reside rent lodge camp board visit be")

SUBORDINATORS: Final = _words(
    "if when whenever because cause cuz while before after since until till unless than although though as whereas so"
)
"""Words that open a clause that leans on another."""


SMALL_NUMBERS: Final = _words(
    "zero oh one two three four five six seven eight nine ten eleven twelve hundred thousand a an and half first "
    "second third couple 0 1 2 3 4 5 6 7 8 9 10 11 12"
)

FUNCTION_POS: Final = frozenset(
    {"PUNCT", "SPACE", "CCONJ", "SCONJ", "DET", "ADP", "PART", "AUX", "PRON", "INTJ", "SYM"}
)
SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
FILLERS: Final = _words("um uh er erm uhm hmm mm mhm mm-hm ah")
COURTESY: Final = _words(
    "hey hi hello oh ah well yeah yes no nope okay ok right sure so and but thank you thanks sorry respect cheers "
    "bless wow god lord please look listen good morning evening"
)
"""Words that lead up to calling somebody."""
EMPTY: Final = _words(
    "be have do will would can could shall should may might must go start say try know guess think mean get let see "
    "hear thank thanks thing yeah yes yep no nope okay ok sure right sorry fair enough exactly god man oh well please "
    "hi hello hey bye goodbye welcome good great nice awful cool deal tell wow glad agree wonder suppose like just so "
    "really way lot kind sort stuff point matter idea today here there now then question make take look come happen "
    "want need time help work talk bad swear honest honestly bet"
)
"""Words that record nothing when a clause holds no others."""
