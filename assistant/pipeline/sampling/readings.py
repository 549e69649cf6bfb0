"""A closed session read for a sample: as the review left it, without the drafts that a review makes too.

What the detectors found at the close is not searched for once more: it is most of the work, and a sample is waited for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from assistant.domain import DisclosureType, FindingsStatus
from assistant.pipeline.corrected import correct
from assistant.pipeline.live_understanding import Understandings
from assistant.pipeline.reviewing import READING, on_the_roster
from assistant.pipeline.ruled_reading import ReadsDismissing, RuledReads, rules_of_facts
from assistant.privacy.detection import Detection
from assistant.privacy.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assistant.decisions import GroupWord, Ruling
    from assistant.domain import Entry, Group, Session, Utterance
    from assistant.pipeline.progress import Progress
    from assistant.privacy.reading import Reading

_RISK: Final = frozenset({DisclosureType.RISK_SELF, DisclosureType.RISK_OTHER, DisclosureType.ABUSE})
"""What a sample does not look for, and a close does where its site has it."""


class ReadsRemembering(ReadsDismissing, Protocol):
    """Reads utterances for privacy, and can be told what was found in them already."""

    def remembering(self, found: Mapping[str, Detection] | None = None) -> ReadsDismissing:
        """Return one that searches no text twice, and not what was found already."""
        ...


def reviewed_readings(  # noqa: PLR0913, PLR0917  what a session and its review consist of
    session: Session,
    entries: Sequence[Entry],
    rulings: Iterable[Ruling],
    words: Iterable[GroupWord],
    analyst: ReadsRemembering,
    progress: Progress,
) -> tuple[Reading, ...]:
    """Return the readings of a session with what was decided about speakers, texts and facts.

    Args:
        session: Its group as it was last.
        entries: As they were kept at the close.
        rulings: All of the session; those that were undone count for nothing.
        words: Words that are no fact in this group.
        analyst: ``privacy.Analyst``.
        progress: Who waits.
    """
    kept = tuple(entry.utterance for entry in entries)
    standing = sorted((r for r in rulings if not r.undone), key=lambda r: r.number)
    decided = [on_the_roster(ruling.decided, session.group) for ruling in standing]
    corrected = correct(kept, decided)
    done = 0

    def was_read(_: Utterance) -> None:
        nonlocal done
        done += 1
        progress.advance(done)

    progress.stage(READING, len(corrected.utterances))
    reads = RuledReads(analyst.remembering(found_at_the_close(entries, session.group)), was_read)
    reads.rules = rules_of_facts(decided, words, corrected, {u.id: u.text for u in kept}, session.group)
    understood = Understandings(session.group, reads, None)
    understood.revise(0, corrected.utterances)
    return understood.readings


def found_at_the_close(entries: Iterable[Entry], group: Group) -> dict[str, Detection]:
    """Return what the detectors found at the close, by text.

    A text is not among it where one of them failed, or where a word of somebody's name is in no mention: they may have
    joined the group later, and then nobody looked for them.
    """
    names = {w.bare for p in group.people for name in (p.name, *p.aliases) for w in words_of(name)}
    found: dict[str, Detection] = {}
    for entry in entries:
        mentions = tuple(d.mention for d in entry.findings.disclosures)
        text = entry.utterance.text
        named = (w.span for w in words_of(text) if w.bare in names)
        seen = all(any(m.span.overlaps(span) for m in mentions) for span in named)
        if seen and entry.findings.status is FindingsStatus.COMPLETE:
            found[text] = Detection(tuple(m for m in mentions if m.type not in _RISK))
    return found
