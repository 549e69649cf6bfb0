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
