"""Whose words may be taught with: consent, and what else has to go with the words of somebody who refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain import DisclosureType, UtteranceStatus
from assistant.errors import ConsentError, SessionError
from assistant.training.words import keys_of, name_keys, said_in, sounds_like, word_set

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.domain import Entry, Group, Person, PersonId

RUN = 4
"""Words in a row that make a quotation."""
_REACH = 2
"""Turns after somebody's within which a "you" still answers them, if the turn between went too or was a nod."""
_NOD = 3
"""Words of a turn that is no more than a nod."""
_OPENING = 4
"""Words that open a turn, among which "that" or "he" points to what was said just before."""
_SHORT = 8
"""Words of a turn that may be nothing but an echo or a question back."""
_CALL = 4
"""Words of a turn that may be a mere call ("Let's go!"): nobody answers it with a "you"."""
_TELLING = 4
"""Letters that a telling word has at least."""
_YOU = word_set("you your yours yourself youre youve youd youll ya yall")
_ELLIPSIS = word_set("""
    did do does have has had am was were is are can could will would should might didnt dont doesnt havent hasnt isnt
    wasnt cant couldnt wont wouldnt
    """)
"""Words that close a turn which only answers ("I almost did!")."""
_ASIDE = 20
"""Words above which a turn that is not the very next one, and says no "you", tells its speaker's own story."""
_FEELING = word_set("""
    angry anger raging rage mad sad sadness lonely loneliness ashamed shame guilty guilt scared afraid fear worried
    worry anxious anxiety panic nervous numb tired exhausted hopeless hope hopeful grief grieving hurt proud relieved
    relief upset crying cried tears frustrated frustrating overwhelmed jealous embarrassed embarrassing awkward grateful
    gratitude calm happy
    """)
"""What anybody may feel: the word is nobody's."""
_APOSTROPHES = ("'", "\u2019")
_ANSWERS = word_set("same that thats he hes she shes him her his hers this both either them they theyre it its")
_LITTLE = word_set("""
    i a an the and or but so to of in on it its is was be been that this you he she we they my me your are am
    im do did not no yes yeah oh okay ok well um uh like just at for with as if have has had what who how when
    where why there here then than thats dont know think really would could can will our us him her his them
    their up out go get got one all
    """)
_EMPTY = word_set("i a an the and or but so to of in on it its is was be been that this you he she we they my me")


@dataclass(frozen=True, slots=True)
class Kept:
    """What of a session may be used."""

    entries: tuple[Entry, ...]
    left_out: int
    """Turns that are not there. One figure for all reasons: nobody is told whose they were."""


def agreed(person: Person) -> bool:
    """Whether somebody agreed to have their words taught with."""
    return person.consent.training is not None and person.consent.withdrawn_at is None


@dataclass(frozen=True, slots=True)
class Knowing:
    """What the language room knows."""

    also_called: Callable[[str], tuple[str, ...]]
    """Pet forms of a given name (lower case)."""
    common: Callable[[str], bool]
    """Whether a word (folded) is too frequent to tell anything."""
    english: Callable[[str], bool]
    """Whether a word (folded) is in the dictionary: a name that is needs a capital to be one."""


def leave_out(entries: Sequence[Entry], group: Group, knowing: Knowing) -> Kept:
    """Return the entries that may be used.

    A turn goes that is nobody's or a refuser's, that may be invented, that the detectors could not finish, and that
    answers a refuser or says again what a refuser said (``domain.md`` 8.5).

    Args:
        entries: The session, in order.
        group: The roster with its consents.
        knowing: What the language room knows.

    Raises:
        ConsentError: Nobody agreed, or nothing is left.
        SessionError: The session holds no words.
    """
    if not any(entry.utterance.text.strip() for entry in entries):
        raise SessionError("the session holds no words: there is nothing to make a sample of")
    if not any(agreed(p) for p in group.people if p.is_member):
        raise ConsentError("no member of the group has consented to training: enter 'training' under people.consent")
    refusers = {p.id for p in group.people if not agreed(p)}
    roster = {p.id for p in group.people}
    theirs = _Theirs.of(entries, group, knowing)
    kept: list[Entry] = []
    since: int | None = None
    near, last = False, ""
    for entry in entries:
        utterance = entry.utterance
        speaker = utterance.speaker
        if speaker in refusers or speaker not in roster:
            since, near, last = 0, True, utterance.text
            continue
        follows = since is not None and since < _REACH and near
        direct = since == 0
        if utterance.status is not UtteranceStatus.CLEAR or not utterance.text.strip():
            continue
        gone = theirs.stands_in(entry) or (
            follows and bool(refusers) and theirs.answered_in(utterance.text, last, direct=direct)
        )
        if gone:
            # Whoever is called in a turn that goes answers for themselves.
            since, near = 1 if since is not None else None, not theirs.calls_another(utterance.text)
        else:
            since, near = None if since is None else since + 1, near and len(keys_of(utterance.text)) <= _NOD
        if not gone:
            kept.append(entry)
    if not any(group.person(e.utterance.speaker).is_member for e in kept if e.utterance.speaker is not None):
        raise ConsentError("no turn of a member with training consent is left: there is nothing to make a sample of")
    return Kept(tuple(kept), len(entries) - len(kept))


@dataclass(frozen=True, slots=True)
class _Theirs:
    """What belongs to those who refused."""

    people: frozenset[PersonId]
    names: frozenset[str]
    word_names: frozenset[str]
    """Those that are everyday words: they count with a capital inside a sentence, or where a rule found a name."""
    words: frozenset[str]
    runs: frozenset[tuple[str, ...]]
    others: frozenset[str]
    """Names of those who agreed, but the everyday words: a turn that calls one of them answers that one."""

    @classmethod
    def of(cls, entries: Sequence[Entry], group: Group, knowing: Knowing) -> _Theirs:
        """Return it for the refusers of a group."""
        refusers = {p.id for p in group.people if not agreed(p)}
        said_by_others: set[str] = set()
        words: set[str] = set()
        runs: set[tuple[str, ...]] = set()
        for entry in entries:
            keys = keys_of(entry.utterance.text)
            if entry.utterance.speaker in refusers:
                own = {w.key for w in said_in(entry.utterance.text) if not _contracted(w.text)}
                words |= {k for k in own if _tells(k, knowing.common)} - said_by_others
                runs |= set(_runs(keys))
            else:
                said_by_others |= set(keys)
        names: set[str] = set()
        for person in group.people:
            if person.id in refusers:
                for name in (person.name, *person.aliases):
                    keys = name_keys(name)
                    names |= {*keys, *(k for key in keys[:1] for k in knowing.also_called(key))}
        others = {k for p in group.people if p.id not in refusers for n in (p.name, *p.aliases) for k in name_keys(n)}
        names -= others
        plain = frozenset(name for name in names if knowing.common(name) or knowing.english(name))
        called = frozenset(k for k in others if not knowing.common(k) and not knowing.english(k))
        return cls(frozenset(refusers), frozenset(names) - plain, plain, frozenset(words), frozenset(runs), called)

    def answered_in(self, text: str, last: str, *, direct: bool) -> bool:
        """Whether a turn speaks to a refuser, or of what they said.

        Args:
            text: A turn soon after theirs.
            last: Their turn.
            direct: Whether it is the very next one.
        """
        keys, theirs = keys_of(text), keys_of(last)
        short = len(keys) <= _SHORT
        if direct and short and ((set(keys) - _LITTLE) & set(theirs) or "?" in last):
            return True  # "It's not mad."
        if direct and len(keys) <= _CALL and keys and keys[-1] in _ELLIPSIS:
            return True
        if self.calls_another(text) or (direct and len(theirs) <= _CALL and "?" not in last):
            return False
        back = direct and short and text.rstrip().endswith("?")
        points = bool(set(keys[:_OPENING]) & _ANSWERS) and (direct or len(keys) <= _ASIDE)
        return bool(set(keys) & _YOU) or back or points

    def calls_another(self, text: str) -> bool:
        """Whether a turn names somebody of the group who agreed."""
        return not self.others.isdisjoint(keys_of(text))

    def stands_in(self, entry: Entry) -> bool:
        """Whether a turn names a refuser, tells a fact of theirs, or says what they said first."""
        if not self.people:
            return False
        text = entry.utterance.text
        return self._owned(entry) or self._worded(text) or any(run in self.runs for run in _runs(keys_of(text)))

    def _owned(self, entry: Entry) -> bool:
        for found in entry.findings.disclosures:
            if (found.owner.person or found.owner.outsider_of) in self.people:
                return True
            said = set(keys_of(found.span.of(entry.utterance.text)))
            if found.type is DisclosureType.PERSON and said & self.word_names:
                return True
        return False

    def _worded(self, text: str) -> bool:
        heard = [name for name in self.names if len(name) > _TELLING]
        for word in said_in(text):
            if word.key in self.names or (not _contracted(word.text) and _forms(word.key) & self.words):
                return True
            if word.capital and (
                (word.key in self.word_names and not word.opens) or any(sounds_like(word.key, n) for n in heard)
            ):
                return True
        return False


def _tells(key: str, common: Callable[[str], bool]) -> bool:
    telling = len(key) >= _TELLING and key not in _FEELING
    return (key.isdecimal() and len(key) > 1) or (telling and not any(common(form) for form in _forms(key)))


def _forms(key: str) -> set[str]:
    """Return a word and what it may be one or several of ("shed", "sheds")."""
    return {key, f"{key}s", key.removesuffix("s")}


def _contracted(word: str) -> bool:
    """Whether a word is two ("she'd"), whose letters together may be another ("shed")."""
    low = word.lower()
    return any(mark in low for mark in _APOSTROPHES) and not low.rstrip(".,;:!?").endswith(("'s", "\u2019s"))


def _runs(keys: tuple[str, ...]) -> list[tuple[str, ...]]:
    found = [keys[at : at + RUN] for at in range(len(keys) - RUN + 1)]
    return [run for run in found if not set(run) <= _EMPTY]
