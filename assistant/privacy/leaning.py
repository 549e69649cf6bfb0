"""Words that lean on what another member said right before: "I had that too", "he drank like that", "the pills".

Such a clause says nothing without the other's disclosure, and everything with it. English tells which words lean
(closed lists below); the turns before tell on whom. Where the reader, in this turn or in the last of their own, brought
up something that the word can mean, it leans on that. In doubt the clause is withheld.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from assistant.domain import DisclosureType, Span
from assistant.privacy import content
from assistant.privacy import vocabulary as v
from assistant.privacy.grammar import Tree
from assistant.privacy.speech import RECENT, is_facilitator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Group, PersonId
    from assistant.privacy.parse import Token
    from assistant.privacy.reading import Clause, Reading

T = DisclosureType

_REACH: Final = 6
"""Earlier utterances within which a demonstrative finds what it means."""
_DEMONSTRATIVES: Final = frozenset({"that", "this", "those", "these"})
_STANDING: Final = {
    "it": frozenset({"dobj", "pobj"}),
    "one": frozenset({"dobj"}),
    "same": frozenset({"dobj", "attr", "pobj"}),
}
"""As what in its clause each of these stands for something said; else it is an idiom or counts."""
_STANDS_FOR: Final = _DEMONSTRATIVES | _STANDING.keys()
_OBJECTS: Final = frozenset({"dobj", "pobj", "attr", "oprd", "nsubj", "nsubjpass", "acomp", "npadvmod", "dative"})
_COMPLETED: Final = frozenset({"be", "feel", "seem", "look", "sound", "get", "do", "go", "act", "end", "live"})
"""Verbs that say nothing without their likeness ("I felt like that")."""
_SAYS_LITTLE: Final = v.THINKING | v.SPEECH | v.EMPTY
_REACTIONS: Final = frozenset({"know", "hear", "remember", "notice", "guess", "see", "find", "wonder", "understand"})
"""What one does on hearing another's disclosure ("I didn't know about the pills")."""
_KIND_WORDS: Final = {
    T.MEDICATION: "pill pills med meds medicine medication tablet tablets drug drugs dose prescription shot shots",
    T.SUBSTANCE: "drug drugs drinking drink booze bottle bottles stuff pill pills habit using relapse slip",
    T.DIAGNOSIS: "illness disease diagnosis sickness cancer tumour tumor condition results test tests surgery hospital",
    T.FAMILY: "baby child wedding divorce separation affair funeral pregnancy miscarriage marriage split death loss",
    T.LEGAL: "arrest charge charges court case trial sentence probation warrant police conviction record theft",
    T.WORK: "job firing layoff boss promotion suspension post",
    T.ABUSE: "bruise bruises beating beatings hitting violence abuse scar scars slap fight fights",
    T.RISK_SELF: "attempt overdose plan note pill pills rope cutting cuts scar scars",
    T.RISK_OTHER: "threat threats plan gun knife fight",
    T.SEXUALITY: "affair boyfriend girlfriend relationship",
}
"""Words that name a fact by its kind where the fact itself was called something else."""
_EVERYBODYS: Final = frozenset(
    "thing way time day night morning evening afternoon week weekend month year moment end rest world truth point "  # noqa: SIM905 - a word list reads better as text
    "group room circle meeting meetings session phone door bed kitchen bathroom house home shower street bus train "
    "news internet tv television radio weather sun rain doctor hospital shop store lot bit kind part side whole other "
    "same last next first second past future middle top bottom beginning start hour minute people kid kids one".split()
)
"""Definite nouns that need no introduction: everybody has them."""


class Before:
    """What was said before an utterance, as one reader's clauses may lean on it.

    Args:
        group: The roster.
        reader: Whose note is made.
    """

    def __init__(self, group: Group, reader: PersonId) -> None:
        self._group = group
        self._reader = reader
        self._number = 0
        self._last: deque[Reading] = deque(maxlen=_REACH)
        self._own: set[str] = set()
        self._first: dict[str, bool] = {}
        self._latest: dict[str, int] = {}

    def add(self, reading: Reading) -> None:
        """Take in an utterance, after its clauses have been judged."""
        speaker = reading.utterance.speaker
        self._number += 1
        self._last.append(reading)
        for lemma in {t.lemma.lower() for t in reading.parse.tokens if t.pos in {"NOUN", "PROPN"}}:
            self._first.setdefault(lemma, not is_facilitator(self._group, speaker))
            self._latest[lemma] = self._number
            if speaker == self._reader:
                self._own.add(lemma)

    def comparisons(self, reading: Reading, clause: Clause) -> tuple[Span, ...]:
        """Return the likenesses to what others told that stand beside a clause's statement and can go."""
        found = [
            (token, span)
            for token, span in _likenesses(reading, clause)
            if not _explained_here(reading, clause, token, self._reader)
        ]
        return tuple(span for _, span in found) if found and self._disclosures() else ()

    def bears(self, reading: Reading, clause: Clause) -> bool:
        """Whether a clause of the reader's own says something only together with what another member said before it.

        Args:
            reading: Where the clause stands; said by the reader.
            clause: The clause.
        """
        tree = Tree(reading.parse)
        tokens = reading.parse.within(clause.span)
        cut = [span for _, span in _likenesses(reading, clause)]
        pointing = [t for t in tokens if _stands_for_something(tree, t) and not any(c.overlaps(t.span) for c in cut)]
        pointing = [t for t in pointing if not _explained_here(reading, clause, t, self._reader)]
        definite = [t for t in tokens if _definite(tree, t) and t.lemma.lower() not in self._own]
        if not pointing and not definite:
            return False
        if any(self._of_another(t) for t in definite):
            return True
        source = self._disclosures()
        return bool(source) and (
            bool(pointing) or any(_names_by_kind(reading, clause, tree, t, source, self._reader) for t in definite)
        )

    def _disclosures(self) -> tuple[Reading, ...]:
        """Return the last turns in which others told something, since the reader last did.

        A question of the facilitator right before is answered in its own words, and nothing before it is meant, unless
        it points back itself ("what is it like to hear that?").
        """
        out: list[Reading] = []
        for i, reading in enumerate(reversed(self._last)):
            speaker = reading.utterance.speaker
            if is_facilitator(self._group, speaker):
                asks = reading.utterance.text.rstrip().endswith("?")
                tree = Tree(reading.parse)
                if i == 0 and asks and not any(_stands_for_something(tree, t) for t in tree.tokens):
                    break
            elif speaker == self._reader:
                if any(_tells(reading, c, self._reader) for c in reading.clauses):
                    break
            elif _discloses(reading):
                out.append(reading)
        return tuple(out)

    def _of_another(self, noun: Token) -> bool:
        """Whether another member brought a noun up, within reach, and the reader never said it."""
        lemma = noun.lemma.lower()
        return self._first.get(lemma, False) and self._latest[lemma] > self._number - RECENT


def _likenesses(reading: Reading, clause: Clause) -> list[tuple[Token, Span]]:
    """Return the likenesses that a statement can do without ("he drank like that"), with the word that points."""
    tree = Tree(reading.parse)
    out: list[tuple[Token, Span]] = []
    for token in reading.parse.within(clause.span):
        if token.lower not in _DEMONSTRATIVES or token.index == 0:
            continue
        like = tree.tokens[token.index - 1]
        verb = tree.head(like)
        noun = any(t.head == token.index or token.dep == "det" for t in tree.tokens[token.index + 1 : token.index + 2])
        if like.lower != "like" or verb is None or noun or token.dep in v.SUBJECTS:
            continue
        if verb.pos == "VERB" and verb.lemma.lower() not in _COMPLETED:
            start = like.span.start
            while start > clause.span.start and reading.parse.text[start - 1] in " ,":
                start -= 1
            out.append((token, Span(start, token.span.end)))
    return out


def _stands_for_something(tree: Tree, token: Token) -> bool:
    """Whether a word stands for something said before and has no noun of its own."""
    if token.lower not in _STANDS_FOR or token.dep not in _OBJECTS:
        return False
    if any(t.lower in {"thank", "thanks"} for t in list(tree.ancestors(token))[:2]):
        return False
    if token.lower in _DEMONSTRATIVES:
        relative = any(c.dep in {"relcl", "acl"} for c in tree.children(token))
        verb = tree.head(token)
        own_verb = token.pos == "PRON" and verb is not None and verb.dep != "relcl"
        return not relative and (own_verb if token.dep in v.SUBJECTS else token.pos in {"PRON", "DET"})
    if token.lower == "it" and token.dep in v.SUBJECTS:
        verb = tree.head(token)
        return verb is not None and verb.lemma.lower() == "happen"
    counts = token.lower == "one" and any(
        c.lower in {"of", "the"} or c.dep in {"relcl", "appos"} for c in tree.children(token)
    )
    return not counts and token.dep in _STANDING[token.lower]


def _explained_here(reading: Reading, clause: Clause, token: Token, reader: PersonId) -> bool:
    """Whether the reader's own words before it, in the same turn, tell something that the word can mean."""
    for earlier in reading.clauses:
        if earlier.span.start >= clause.span.start:
            break
        if _tells(reading, earlier, reader):
            return True
    said = [t for t in reading.parse.within(clause.span) if t.index < token.index]
    if token.lower in {"it", "one"}:
        return any(t.pos == "NOUN" and t.lower not in v.KIN | v.ACQUAINTANCES | v.PROFESSIONALS for t in said)
    governs = next((t for t in Tree(reading.parse).ancestors(token) if t.pos == "VERB"), None)
    return any(t.pos == "VERB" and t != governs and t.lemma.lower() not in _SAYS_LITTLE for t in said)


def _tells(reading: Reading, clause: Clause, reader: PersonId) -> bool:
    """Whether a clause tells something of the reader or of the reader's own people that stands alone."""
    own = reader in {clause.about.person, clause.about.outsider_of}
    if not own or clause.refers_to or clause.refers_unnamed or content.words_left(reading, clause, ()) == 0:
        return False
    tree = Tree(reading.parse)
    pointing = (t for t in reading.parse.within(clause.span) if t.lower != "it")
    return not any(_stands_for_something(tree, t) for t in pointing)


def _discloses(reading: Reading) -> bool:
    """Whether an utterance holds a fact other than a name, or tells something that no detector may know."""
    if any(d.type is not T.PERSON for d in reading.findings.disclosures):
        return True
    speaker = reading.utterance.speaker
    if speaker is None:
        return True
    return any(_tells(reading, c, speaker) and content.words_left(reading, c, ()) > 1 for c in reading.clauses)


def _definite(tree: Tree, token: Token) -> bool:
    """Whether a noun is spoken of as known ("the pills") without anything in its phrase that says which."""
    if token.pos != "NOUN" or token.lower in _EVERYBODYS or token.lemma.lower() in _EVERYBODYS:
        return False
    beside = tree.children(token)
    if any(c.dep in {"poss", "relcl", "acl", "prep", "compound", "amod", "nummod", "appos"} for c in beside):
        return False
    return any(c.dep == "det" and c.lower in {"the", *_DEMONSTRATIVES} for c in beside)


def _names_by_kind(  # noqa: PLR0913, PLR0917 - each is one thing the judgement rests on; a bundle would only rename them
    reading: Reading, clause: Clause, tree: Tree, token: Token, source: Sequence[Reading], reader: PersonId
) -> bool:
    """Whether a noun the reader never grounded is what one says of a fact of that kind, or of news just heard."""
    verb = next((t for t in tree.ancestors(token) if t.pos in {"VERB", "AUX"}), None)
    if verb is not None and verb.lemma.lower() in _REACTIONS and not _explained_here(reading, clause, token, reader):
        return True
    kinds = {d.type for r in source for d in r.findings.disclosures}
    mine = {d.type for d in reading.findings.disclosures if d.owner.person == reader}
    return any(token.lower in words.split() for kind, words in _KIND_WORDS.items() if kind in kinds - mine)
