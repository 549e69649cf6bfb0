"""The last gate: the finished note against every other person's names, words and facts. It refuses; it does not warn.

It shares no code with ``privacy/``: other word lists, other ways to compare, and it knows a released line only as text.
A check that fails refuses the line that it was reading.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import product
from typing import TYPE_CHECKING

from assistant.domain import GateFinding, Severity
from assistant.notes import difference as side_by_side
from assistant.notes.described import check_described
from assistant.notes.disguises import check_disguised_names, check_seams
from assistant.notes.entities import RememberedScan, check_entities
from assistant.notes.facts import check_fact_parts, check_facts, check_known_facts, check_numbers
from assistant.notes.hands import check_hand_facts, check_hand_themes, check_hand_words
from assistant.notes.heard import Hearing
from assistant.notes.index import index_session
from assistant.notes.masked import check_masked
from assistant.notes.memory import Memory
from assistant.notes.names import check_names
from assistant.notes.paraphrase import Remembered, check_paraphrase, meanings_of
from assistant.notes.passages import PassageKind, passages_in, passages_of
from assistant.notes.peers import check_peers
from assistant.notes.reading import check_frame, passages_of_document, signatures
from assistant.notes.references import check_numbered, check_references
from assistant.notes.terms import check_terms
from assistant.notes.word_names import check_word_names
from assistant.notes.words import check_echo, check_evidence, check_runs, check_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from assistant.domain import Note, PersonId, Utterance
    from assistant.notes.context import GateContext
    from assistant.notes.document import Document
    from assistant.notes.entities import RawFinding
    from assistant.notes.index import SessionIndex
    from assistant.notes.paraphrase import Meanings, SentenceEmbedder
    from assistant.notes.passages import Passage

    Check = Callable[[Passage, SessionIndex], Iterator[GateFinding]]

CHECKS: tuple[Check, ...] = (
    check_evidence,
    check_names,
    check_word_names,
    check_facts,
    check_fact_parts,
    check_numbers,
    check_known_facts,
    check_runs,
    check_echo,
    check_sources,
    check_terms,
    check_references,
    check_numbered,
    check_masked,
    check_disguised_names,
    check_peers,
    check_described,
    check_hand_words,
    check_hand_facts,
    check_hand_themes,
)
"""Each reads one line and knows nothing of the others."""


MOST_LINES = 2_000
"""Lines of one reader's whose findings are remembered, in every form in which they are read."""


FAILED = "failed: "
"""What the rule of a finding begins with where a check could not be done. Nothing of it is remembered."""


class Gate:
    """The checks over one session's notes.

    Args:
        embedder: Sentence embedder of the paraphrase flag; None leaves it out.
        raw_scan: A named-entity detector at a low threshold, without our rules; None leaves it out.
        checks: The checks that read line by line.
    """

    def __init__(
        self,
        embedder: SentenceEmbedder | None = None,
        raw_scan: Callable[[str], Sequence[RawFinding]] | None = None,
        checks: Sequence[Check] = CHECKS,
    ) -> None:
        self._embedder = Remembered(embedder) if embedder is not None else None
        self._raw_scan = RememberedScan(raw_scan) if raw_scan is not None else None
        self._checks = tuple(checks)
        self._hearing = Hearing()
        self._indexes: dict[PersonId | None, SessionIndex] = {}
        self._read: dict[PersonId | None, Memory[Passage, tuple[GateFinding, ...]]] = {}
        self._meanings: tuple[tuple[Utterance, ...], Meanings] | None = None

    def check(self, note: Note, context: GateContext) -> tuple[GateFinding, ...]:
        """Return what is found in a note, in its order; any finding that refuses stops the note."""
        return self._check(passages_of(note), context)

    def check_text(self, markdown: str, context: GateContext) -> tuple[GateFinding, ...]:
        """Return what is found in finished Markdown.

        It tells no evidence, so a word may come from anything that the reader said.
        """
        return self._check(passages_in(markdown), context)

    def check_document(self, document: Document, context: GateContext) -> tuple[GateFinding, ...]:
        """Return what is found in a finished document: the very text that is handed out.

        Beside its lines, its title, notices, headings, signatures and the name at its head are read. A finding's
        section is the heading that its line stands under, or one of ``reading``'s words.

        Once the transcript is purged the context holds no utterances and no findings. Then only names, nicknames,
        initials, ids, references to others, numbered placeholders, the group file's facts and the detector's entities
        are still looked for; that a quotation is the member's, and that no wording, term or fact that another told in
        the session is in it, was checked when the note was signed and can no longer be.
        """
        framed = _closed(partial(check_frame, document, context), GateFinding("", -1, f"{FAILED}check_frame", None))
        read = self._check(passages_of_document(document, context), context)
        # Who signs is no member (``check_frame``); of everything else only a number could be somebody's.
        signed = self._line_by_line(signatures(document), self._index(context), (check_numbers,))
        return tuple(dict.fromkeys((*framed, *read, *signed)))

    def prepare(self, context: GateContext, note: Note | None = None) -> None:
        """Arrange the session for a reader and read its sentences beforehand, so that the first check answers soon.

        Args:
            context: The session, and whose note it is.
            note: The note as it stands; its lines are read too, and the same lines in a document are known then.
        """
        self._index(context)
        if self._embedder is not None:
            self._meanings_of(context, self._embedder)
        if note is not None:
            self.check(note, context)

    def difference(
        self, notes: Mapping[PersonId, Note], group_note: Note | None, context: GateContext
    ) -> Mapping[PersonId | None, tuple[GateFinding, ...]]:
        """Return what the notes, two by two, tell of a third, by note; None is the group's part."""
        indexes = {reader: self._index(replace(context, reader=reader)) for reader in (*notes, None)}
        return side_by_side.difference(notes, group_note, indexes)

    def forget(self) -> None:
        """Drop all that is kept of the session: its index by reader, what was found in lines, vectors of sentences."""
        self._hearing.forget()
        self._indexes.clear()
        self._read.clear()
        self._meanings = None
        if self._embedder is not None:
            self._embedder.forget()
        if self._raw_scan is not None:
            self._raw_scan.forget()

    def _check(self, passages: Sequence[Passage], context: GateContext) -> tuple[GateFinding, ...]:
        index = self._index(context)
        read = [p for p in passages if p.kind is not PassageKind.OWN_VOICE]
        found: list[GateFinding] = []
        # A line that was read says the same again; one that was written anew is another.
        known = self._read.setdefault(context.reader, Memory(MOST_LINES))
        for passage in read:
            before = known.get(passage)
            if before is None:
                before = (
                    *self._line_by_line((passage,), index, self._checks),
                    *_closed(partial(self._entities, passage, index), passage.finding(f"{FAILED}check_entities")),
                )
                if not any(f.rule.startswith(FAILED) for f in before):
                    known.put(passage, before)
            found.extend(before)
        found.extend(_closed(partial(check_seams, read, index), GateFinding("", -1, f"{FAILED}check_seams", None)))
        # A whole note at once, so that its lines are embedded together; a failure stops the note.
        failed = GateFinding("", -1, f"{FAILED}check_paraphrase", None)
        found.extend(_closed(partial(self._paraphrase, read, index), failed))
        return tuple(dict.fromkeys(found))

    @staticmethod
    def _line_by_line(
        passages: Iterable[Passage], index: SessionIndex, checks: Iterable[Check]
    ) -> Iterator[GateFinding]:
        for passage, check in product(passages, tuple(checks)):
            yield from _closed(partial(check, passage, index), passage.finding(f"{FAILED}{check.__name__}"))

    def _entities(self, passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
        if self._raw_scan is not None:
            yield from check_entities(passage, self._raw_scan(passage.text), index)

    def _paraphrase(self, passages: Sequence[Passage], index: SessionIndex) -> Iterator[GateFinding]:
        if self._embedder is not None and passages:
            meanings = self._meanings_of(index.context, self._embedder)
            yield from check_paraphrase(passages, index, meanings, self._embedder)

    def _index(self, context: GateContext) -> SessionIndex:
        """Return the session as arranged for a reader; made once as long as the session is the same."""
        known = self._indexes.get(context.reader)
        if known is None or not known.context.same_session(context):
            known = self._indexes[context.reader] = index_session(context, self._hearing)
            self._read.pop(context.reader, None)
        return known

    def _meanings_of(self, context: GateContext, embedder: SentenceEmbedder) -> Meanings:
        # The utterances are the same for every reader: their vectors are made once.
        if self._meanings is None or self._meanings[0] != context.utterances:
            self._meanings = (context.utterances, meanings_of(context.utterances, embedder))
        return self._meanings[1]


def refuses(findings: Iterable[GateFinding]) -> bool:
    """Whether any of the findings stops the note."""
    return any(f.severity is Severity.REFUSE for f in findings)


def _closed(check: Callable[[], Iterable[GateFinding]], failed: GateFinding) -> tuple[GateFinding, ...]:
    """Return what a check finds, or ``failed``; what the failure said goes nowhere."""
    try:
        return tuple(check())
    except Exception:  # noqa: BLE001  whatever went wrong, the line was not checked
        return (failed,)
