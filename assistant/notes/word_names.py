"""Names of others that are words too (Will, May, Art), where a capital says nothing: a sentence's first word.

Only what follows tells there. "Will monitor" is a plan with its subject left out; "Will was kind" is somebody.
A doubt is for the clinician where no verb follows, and is refused where one does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import Severity
from assistant.notes.lexicon import FUNCTION, is_listed, word_list
from assistant.notes.passages import PassageKind
from assistant.notes.tokens import plain_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.domain import GateFinding, PersonId
    from assistant.notes.index import SessionIndex
    from assistant.notes.passages import Passage
    from assistant.notes.tokens import Token

MODALS = frozenset({"will", "may"})
"""Names that are verbs before another verb."""

AUXILIARIES = frozenset(
    word_list(
        """is was are were has had does did do will would shall should can could may might must isn't wasn't hasn't
        hadn't doesn't didn't won't wouldn't can't couldn't shouldn't cannot"""
    )
)
IRREGULAR = frozenset(
    word_list(
        """said told spoke sat left felt knew thought came went took gave got made saw heard found met brought bought
        drove rode ran stood lost kept held fell began broke chose drank ate slept woke wrote wept hid hurt led lent
        paid sang sent shook showed swore taught threw understood wore won became forgot forgave fought drew grew rose
        stole froze quit lay laid dealt meant spent sold built caught sought flew swam tore shot slid stuck withdrew"""
    )
)
"""What somebody did."""

SAME_IN_PAST = frozenset(word_list("put set let read cut hit shut cost hurt quit split bet come become run"))
"""Verbs of which the base and the past look alike."""

_VERBS = frozenset(
    word_list(
        """accept accompany act add admit agree aim allow appear appreciate argue arrive ask attend avoid bear become
        begin believe belong bring buy call care carry challenge change check choose come comfort complain confront
        continue cope cook cry deal decide deny describe deserve disagree disclose dislike do drink drive drop eat
        encourage enjoy expect explain express fear feel fight find follow forget gamble get give go hate have hear
        help hide hold hope hug hurt interrupt join joke keep know laugh lead learn leave let lie like listen live look
        lose love make mean meet mention miss need notice offer owe own paint pay phone plan play praise prefer pretend
        promise provide push quit react read realise realize recall recover refuse relapse relate remember remind reply
        report respond run say scare see seem sell send share shout sing sit sleep smile smoke speak stay steal stop
        struggle suffer suggest support take talk teach tell text thank think threaten trust try understand upset urge
        use validate visit wait wake walk want watch wear welcome wish withdraw work worry write"""
    )
)
NO_PAST = frozenset(
    word_list(
        "need feed proceed succeed exceed heed bleed speed seed shed embed wed breed based related oriented filled"
    )
)
"""Words in "ed" that tell nothing that somebody did."""

OBSERVED = frozenset(
    word_list("noted reported observed discussed described expressed explored identified denied shown")
)
"""What a clinician writes after what was seen: "moments of joy noted"."""

ADVERBS = frozenset(word_list("also then still just only even never always often now again not soon later once first"))
ARTICLES = frozenset(
    word_list(
        """a an the this that these those any some no little less more much most her his their its our my your each
        every what all both enough"""
    )
)
PERSONS = frozenset(word_list("i he she they we you him her them me us it"))
PREPOSITIONS = frozenset(
    word_list(
        "in on at with from for of by about to into over under after before during through against between beside"
    )
)
THINGS = frozenset(
    word_list(
        """therapy therapist therapies group groups class classes course lesson lessons session sessions work project
        projects exercise exercises activity activities program programme studio supplies materials room school museum
        period box list chart community church leader healing table journal statement song slot shift hours light
        chorus walk walks"""
    )
)
"""What makes the word before it a thing: "art group", "grace period"."""

ABSTRACT = frozenset(
    word_list(
        """skill strategy outlet tool interest hobby trigger goal theme factor resource value priority activity exercise
        hard difficult important helpful essential central returning lacking scarce month time season"""
    )
)
"""What is said of a thing and hardly of a person: "art is a coping skill"."""

ADDRESSED = frozenset(
    word_list(
        """with by from beside about and or than like near call calls called calling phone phones phoned text texts
        texted ask asks asked tell tells told thank thanks thanked contact contacts contacted invite invited meet meets
        met remind reminds reminded see sees saw seeing visit visits visited hug hugs hugged miss misses missed trust
        trusts trusted like likes liked love loves loved hate hates hated know knows knew help helps helped support
        supports supported comfort comforts comforted sat spoke talked drove join joined join hi hey hello dear"""
    )
)
"""Words before somebody."""

OF_A_STATE = frozenset(
    word_list(
        """is are was were be been being feels felt seems seemed appears appeared looks looked very rather quite a bit
        more less mood affect outlook skills skill disposition memory weather too somewhat slightly"""
    )
)
"""Words before what something is like: "skills are rusty"."""

FELT = frozenset(word_list("moment moments sense loss lack level feeling feelings source glimpse glimpses sign signs"))
"""What there is of something felt: "moments of joy"."""

ANOTHER = frozenset(word_list("other another second both two newer older younger taller"))
TITLES = {"mr": "he", "mister": "he", "sir": "he", "mrs": "she", "ms": "she", "miss": "she", "madam": "she", "dr": ""}

SELDOM = 6_000
"""Rank from which a word that is a name too is rather the name."""


def check_word_names(passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
    """Find a name that is a word too where it opens a sentence, and a name that the reader shares said of the other."""
    others, own = index.other_names, index.own_names
    for at, token in enumerate(passage.tokens):
        whose = others.words.get(token.plain, others.variants.get(token.plain))
        if whose is None or token.bracketed:
            continue
        if token.plain in own.words:
            severity = _shared(passage, index, at, whose)
        elif is_listed(token.plain):
            severity = _opening(passage, at)
            if severity is Severity.REVIEW and not _is_given(token.plain, index, whose):
                severity = None
        else:
            severity = None
        if severity is not None:
            yield passage.finding("name", whose, severity)


def reads_as_word(tokens: Sequence[Token], at: int) -> bool:  # noqa: PLR0911  one reason after the other
    """Whether a word that is a name too stands as the word in a clinician's line: "no joy in activities"."""
    token = tokens[at]
    after = _next(tokens, at)
    if token.opens:
        return after is not None and after.plain in THINGS and not after.pause
    if token.capital or token.possessive:
        return False
    before = tokens[at - 1].plain
    if before == "of" and at > 1 and tokens[at - 2].plain in FELT:
        return True
    if after is not None and not after.pause and _acts(after.plain) and after.plain not in OBSERVED:
        return False
    if not is_listed(token.plain, SELDOM):
        return before in OF_A_STATE
    if before == "and":
        return at > 1 and not tokens[at - 2].capital and tokens[at - 2].plain not in ADDRESSED
    if before == "to":
        return after is not None and after.plain in ARTICLES
    return before not in ADDRESSED


def _next(tokens: Sequence[Token], at: int) -> Token | None:
    """Return the word after one in its sentence."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return None if after is None or after.opens else after


def _did(word: str) -> bool:
    """Whether a word says what somebody did or does, as no verb does after a modal: "called", "paints"."""
    if word in AUXILIARIES:
        return False
    if word in IRREGULAR:
        return word not in SAME_IN_PAST
    if word.endswith("ed"):
        return word not in NO_PAST
    return word.endswith("s") and (word[:-1] in _VERBS or word[:-2] in _VERBS or f"{word[:-3]}y" in _VERBS)


def _acts(word: str) -> bool:
    return word in AUXILIARIES or _did(word)


def _opening(passage: Passage, at: int) -> Severity | None:
    """Return how grave it is that a word that is a name too stands where it does; None: it is the word."""
    tokens, by_hand = passage.tokens, passage.kind is PassageKind.CLINICIAN
    token, after = tokens[at], _next(tokens, at)
    modal = token.plain in MODALS
    if not token.opens:
        named = modal and by_hand and not token.capital and after is not None and not after.pause
        before = tokens[at - 1].plain
        free = (
            before not in ARTICLES - {"that"}
            and before not in PREPOSITIONS
            and before not in {"last", "next", "free", "good"}
        )
        return Severity.REFUSE if named and free and after is not None and _acts(after.plain) else None
    if token.possessive:
        return Severity.REFUSE if by_hand else None
    if after is None or after.pause:
        return Severity.REVIEW if by_hand and token.plain not in FUNCTION - MODALS else None
    told = at + 1
    while told + 1 < len(tokens) and _is_adverb(tokens[told].plain) and not tokens[told + 1].opens:
        told += 1
    verb = tokens[told].plain
    severity = _after_modal(tokens, at, verb) if modal else _after_noun(tokens, at, told, by_hand=by_hand)
    return severity if by_hand or severity is Severity.REFUSE else None


def _is_adverb(word: str) -> bool:
    return word in ADVERBS or (word.endswith("ly") and word not in _VERBS)


def _after_modal(tokens: Sequence[Token], at: int, verb: str) -> Severity | None:
    """Judge "Will" or "May" by the word after it; ``verb``: the first that is no adverb."""
    after = tokens[at + 1].plain
    if after in PERSONS or after in ARTICLES or after[:1].isdigit():
        return None
    if after in {"to", "and", "or"} or (_acts(verb) and verb != "do"):
        return Severity.REFUSE
    loose = verb in SAME_IN_PAST or verb in PREPOSITIONS or verb.endswith("ing") or _plural(verb)
    return Severity.REVIEW if loose else None


def _plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us"))


def _after_noun(tokens: Sequence[Token], at: int, told: int, *, by_hand: bool) -> Severity | None:
    """Judge any other name by the words after it; ``told``: the place of the first that is no adverb."""
    after, verb = tokens[at + 1].plain, tokens[told].plain
    function = tokens[at].plain in FUNCTION
    if _did(verb) and not (function and not by_hand):
        # "Joy noted in activities."
        return Severity.REVIEW if verb in OBSERVED and told == at + 1 and _observed(tokens, told) else Severity.REFUSE
    if not by_hand or (function and after not in AUXILIARIES):
        return None
    if verb in AUXILIARIES:
        said = [t.plain for t in tokens[told + 1 : told + 5]]
        thing = set(said) & ABSTRACT or set(said[:1]) & OBSERVED
        return Severity.REVIEW if thing and not set(said) & PERSONS else Severity.REFUSE
    if after == "to":
        return Severity.REFUSE
    if after in {"and", "or"}:
        joined = tokens[at + 2] if at + 2 < len(tokens) else None
        person = joined is not None and (joined.plain in PERSONS | {"the", "client", "member"} or joined.capital)
        return Severity.REFUSE if person else Severity.REVIEW
    return None if after in THINGS else Severity.REVIEW


def _observed(tokens: Sequence[Token], at: int) -> bool:
    after = _next(tokens, at)
    return after is None or after.plain in PREPOSITIONS


def _is_given(word: str, index: SessionIndex, whose: PersonId) -> bool:
    """Whether it is what somebody is called by, and no surname."""
    bearer = index.context.group.person(whose)
    called = {plain_words(name)[0] for name in (bearer.name, *bearer.aliases) if plain_words(name)}
    return word in called and word not in FUNCTION - MODALS


def _shared(passage: Passage, index: SessionIndex, at: int, whose: PersonId) -> Severity | None:
    """Judge a name that the reader has too: "the other Ada", "Ada P.", "Mrs. Berg" in Mr. Berg's note."""
    tokens = passage.tokens
    before = tokens[at - 1].plain if at and not tokens[at].opens else ""
    if before in ANOTHER:
        return Severity.REFUSE
    follows = tokens[at + 1] if at + 1 < len(tokens) else None
    if follows is not None and len(follows.plain) == 1 and follows.capital:
        letters = tokens[at].plain[0] + follows.plain
        if letters in index.other_names.initials and letters not in index.own_names.initials:
            return Severity.REFUSE
    if passage.kind is PassageKind.CLINICIAN and follows is not None and _did(follows.plain) and at + 2 < len(tokens):
        # "Ada comforted her": one of the two is not the reader.
        whom, then = tokens[at + 2], _next(tokens, at + 2)
        alone = then is None or then.pause or then.plain in PREPOSITIONS
        if whom.plain in {"her", "him", "them"} and alone and _is_given(tokens[at].plain, index, whose):
            return Severity.REVIEW
    # "Mrs." ends with a dot, after which every word seems to open a sentence.
    title = tokens[at - 1].plain if at else ""
    if passage.kind is not PassageKind.CLINICIAN or title not in TITLES:
        return None
    reader = index.context.group.person(index.reader) if index.reader is not None else None
    pronouns = (reader.pronouns or "").lower() if reader is not None else ""
    if not pronouns or not TITLES[title]:
        return Severity.REVIEW
    return None if pronouns.startswith(TITLES[title]) else Severity.REFUSE
