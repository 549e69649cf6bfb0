"""Whether a word that is also a name ("will", "grace", "may") names somebody where it stands.

The rules read the words alone, so that they hold for text without capitals or punctuation, where a parser is of no
help: it has to be told what is a name before it can read the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.privacy.plain_words import ADJECTIVE_NAMES, MODAL_NAMES, MONTH_NAMES
from assistant.privacy.words import TextWord, word_set

_GREETINGS = word_set(
    """
    thanks thank hi hey hello bye goodbye welcome sorry hiya morning evening dear goodnight congratulations
    """
)
_FILLERS = word_set(
    """
    both all everyone everybody um uh er erm oh ah so well okay ok yeah yes no right and but now like please
    listen
    """
)
_MEETING_VERBS = word_set(
    """
    saw see seen told tell telling ask asked asking met meet called calling texted phoned emailed hugged invited
    thank thanking heard hear drove visited dated married hate hated miss missed know knew knows believe trust
    text phone call kissed dumped ignored blamed
    """
)
_TELLING = word_set(
    """
    said says told tells asked asks thinks thought knows knew wants wanted was got gets did does came went has had
    mentioned shared described talked laughed cried smiled nodded called texted phoned left moved lost gave took
    made brought sent felt feels looked seemed seems needed needs sounds sounded agreed relapsed works lives loves
    hates drinks drank used wasn't didn't doesn't hasn't hadn't isn't
    """
)
_VOCATIVE_NEXT = word_set(
    """
    would could can do did are have how what why where when who thanks thank tell i'm i've i i'll let's your
    you've you're you'd that's it's is was if
    """
)
_DETERMINERS = word_set(
    """
    the a an this that these those my your his her its our their some any no every each another much more enough
    which what whose two three four five six seven eight nine ten hundred in on at of for to by under over into
    """
)
_NAMING = frozenset({"named", "called", "nicknamed"})
_SUBJECT_PRONOUNS = frozenset({"i", "you", "he", "she", "it", "we", "they", "there", "who", "that", "this"})
_AUXILIARIES = word_set("did does will would can could should may might")
_MONTH_CUES = word_set("in last next since until of early late mid")
_AFTER_INTRODUCTION = word_set("and i'm i by from but everyone everybody um uh")
_QUESTIONS = word_set("would could can do did are how what why where tell thanks thank")
_CLEAR_VERBS = word_set(
    """
    said says told tells asked asks thinks thought knows knew wants wanted mentioned shared described talked laughed
    cried smiled nodded texted phoned relapsed lives drinks drank agreed
    """
)
"""Verbs of telling and living that a common noun hardly ever governs."""
_ASKING = word_set("would could can do did are have")
_ABOUT = word_set("at about and on that last in")
_ABSTRACT = word_set(
    """
    hope joy grace faith patience charity mercy honor honour peace love justice liberty freedom harmony serenity glory
    victory destiny prudence constance verity trust truth luck pride passion bliss promise praise chance sunny rich
    happy
    """
)
_DEGREE = word_set(
    """
    quite very so really too more most least pretty be being is was are were isn't wasn't feel feeling felt feels get
    got stay bit rather fairly how not that little all i'm you're he's she's it's we're they're
    """
)
_TIMES = word_set("dawn eve summer autumn winter spring easter june april august may march dusk")
_VERBS = word_set(
    """
    hope chase grant mark bill rob sue skip pat drew chip carry josh jack lance ward cash chance pierce wade trace love
    trust praise promise honor honour dawn rose grace harry nick don dot dash will may pace page peg rush storm tuck
    blaze bond brand brook burn buck case cast guard hunt iris ride ransom reign reed sail scout wander stone
    """
)
"""Names that are verbs too."""
_BEFORE_VERB = word_set(
    """
    i you we they he she it who to will would could should can can't cannot gonna wanna don't didn't doesn't couldn't
    won't wouldn't shouldn't let's not never always still also really even kept keep i'd i'll we'll you'll they'll
    he'll she'll it'll we'd they'd you'd
    """
)
_BEFORE_NOUN = word_set(
    """
    have has had having lose lost losing find found finding need needs needed give gives gave giving given bring brings
    brought bringing feel feels felt feeling more less much little pure such great good real true full without lots
    loads any with in of by false second fat last only best
    """
)
_BEFORE_TIME = word_set("before after until till since around at by from during next this every")
_BEING = word_set("is was isn't wasn't can takes comes")
_SAID_OF_A_QUALITY = word_set(
    """
    hard easy a an the what all not gone lost everything nothing important something my your our their good bad enough
    in about when that how earned broken never time
    """
)
_OBJECTS = word_set("that to so you it him her them me my the")
_ADDRESSING = word_set("of to in at on for by")
_AFTER_NOUN = frozenset({"of", "to", "for", "that", "so"})
_TOLD = word_set(
    """
    sorry thanks close next kind nice said say says saying talk talked talking spoke speak speaking listen listened
    listening told telling happened belongs gave give sent wrote waved
    """
)


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a word within its sentence; empty where nothing does."""

    before: str = field(repr=False)
    before2: str = field(repr=False)
    follower: str = field(repr=False)
    after: str = field(repr=False)
    opens: bool
    last: bool
    comma_before: bool
    comma_after: bool

    @property
    def head(self) -> bool:
        """Whether it opens the sentence, fillers apart."""
        return self.opens or self.before in _FILLERS


def _around(words: tuple[TextWord, ...], at: int) -> _Around:
    word = words[at]
    last = at + 1 == len(words) or words[at + 1].opens
    return _Around(
        before="" if word.opens else words[at - 1].lower,
        before2="" if word.opens or words[at - 1].opens else words[at - 2].lower,
        follower="" if last else words[at + 1].lower,
        after="" if last or at + 2 >= len(words) else words[at + 2].lower,
        opens=word.opens,
        last=last,
        comma_before=not word.opens and "," in word.gap,
        comma_after=not last and "," in words[at + 1].gap,
    )


def names_somebody(words: tuple[TextWord, ...], at: int) -> bool:  # noqa: PLR0911  one rule a line
    """Whether the word at index ``at``, which can be a name, is one by what stands around it."""
    word, near = words[at], _around(words, at)
    bare = word.bare
    if _is_introduced(bare, near):
        return True
    if bare in MONTH_NAMES and near.before in _MONTH_CUES:
        return False
    if near.before in _DETERMINERS and not near.comma_before:
        return False
    if word.lower.endswith("'s") and bare not in MODAL_NAMES:
        return not near.last
    if near.before in _AUXILIARIES - {bare} and bare in MODAL_NAMES:
        return True
    if near.before in _GREETINGS or (near.before == "you" and near.before2 == "thank"):
        return near.follower not in {"to", "for", "of"}
    if near.before in _MEETING_VERBS:
        return bare not in MODAL_NAMES or near.last or near.follower in _ABOUT
    if near.follower in _TELLING:
        return _is_subject(bare, near)
    if near.follower == "and" and near.after in {"i", "me"}:
        return True
    return _is_addressed(bare, near)


def is_everyday(words: tuple[TextWord, ...], at: int) -> bool:
    """Whether somebody's own name at index ``at`` is used as the everyday word that it is too.

    For text without capitals and for a name that somebody in the room bears: only what shows the everyday use counts,
    and in doubt it is the name. The auxiliaries are the other way about.
    """
    word, near = words[at], _around(words, at)
    bare = word.bare
    if names_somebody(words, at) or _is_beside_me(near):
        return False
    if near.before in {"i'm", "im"}:
        return bare in ADJECTIVE_NAMES
    if bare in MODAL_NAMES:
        return not word.lower.endswith("'s")
    if near.before in _ADDRESSING:
        owner = word.lower.endswith("'s") and not near.last
        earlier = words[at - 3].lower if at > 2 else ""  # noqa: PLR2004  "spoke a bit to"
        if owner or (near.before in {"to", "for"} and {near.before2, earlier} & _TOLD):
            return False
    return near.before in _DETERMINERS or _is_verb(bare, near) or _is_quality(bare, near)


def _is_beside_me(near: _Around) -> bool:
    """Whether it is paired with the speaker: "grace and I", "me and grace"; not "the crack of dawn and I"."""
    with_me = near.follower == "and" and near.after in {"i", "me"} and near.before not in _DETERMINERS - {"to", "for"}
    return with_me or (near.before == "and" and near.before2 in {"i", "me"})


def _is_verb(bare: str, near: _Around) -> bool:
    return bare in _VERBS and (near.before in _BEFORE_VERB or near.follower in _OBJECTS)


def _is_quality(bare: str, near: _Around) -> bool:
    """A time of day or of the year, an adjective, or a quality that one has or lacks."""
    if bare in _TIMES and near.before in _BEFORE_TIME | _MONTH_CUES:
        return True
    if bare in ADJECTIVE_NAMES and near.before in _DEGREE:
        return True
    if bare in _ABSTRACT and near.follower in _BEING and near.after in _SAID_OF_A_QUALITY:
        return True
    return bare in _ABSTRACT | ADJECTIVE_NAMES and (near.before in _BEFORE_NOUN or near.follower in _AFTER_NOUN)


def _is_introduced(bare: str, near: _Around) -> bool:
    """After "I'm", "named", "call me", "this is", "my name is"."""
    before, before2 = near.before, near.before2
    ends = near.last or near.comma_after or near.follower in _AFTER_INTRODUCTION
    if before in _NAMING or (before == "me" and before2 in {"call", "called", "calls"}):
        return True
    if before == "name's" or (before == "is" and before2 in {"name", "names"}):
        return True
    if before == "is" and before2 == "this":
        return ends
    if before in {"i'm", "im"} or (before == "am" and before2 == "i"):
        return ends and bare not in ADJECTIVE_NAMES
    return False


def _is_subject(bare: str, near: _Around) -> bool:
    """A name before a verb that a common noun or an auxiliary would not govern."""
    if bare in MODAL_NAMES:
        return True  # "will said": an auxiliary takes the base form
    return near.before not in _SUBJECT_PRONOUNS and near.follower in _CLEAR_VERBS


def _is_addressed(bare: str, near: _Around) -> bool:  # noqa: PLR0911  one rule a line
    """Somebody spoken to: at the head of a sentence or set off by commas."""
    if near.after == "you" and near.follower in _ASKING and bare not in MODAL_NAMES:
        return True
    if near.follower == "with" and near.after in (
        {"your", "what", "all", "the", "that"} if near.opens else {"your", "what"} if near.head else ()
    ):
        return True
    if near.head and near.last:
        return True
    if (near.comma_after and near.head) or (near.comma_before and (near.last or near.comma_after)):
        return bare not in ADJECTIVE_NAMES
    if not near.head or near.follower not in _VOCATIVE_NEXT:
        return False
    if bare in MODAL_NAMES | {"hope"}:
        return near.follower in _QUESTIONS and not (bare in MODAL_NAMES and near.follower in {"do", "did"})
    if bare in ADJECTIVE_NAMES | MONTH_NAMES:
        return False
    return near.follower not in {"is", "was", "if", "it's", "that's", "your"}
