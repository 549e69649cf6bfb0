"""One note as a screen shows it: its lines with their evidence, and what was held back. Pure functions.

Beside the view goes what each of its numbers means, so that a key press is about the line that was seen.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.decisions import GROUP_FIELDS, Field, FieldWritten, Released
from assistant.notes import sentences as say
from assistant.review.view import LineView, MentionView, NoteView, Step, WithheldView

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assistant.decisions import Place
    from assistant.domain import (
        Disclosure,
        GateFinding,
        Note,
        NoteLine,
        Owner,
        PersonId,
        ReleasedLine,
        UtteranceId,
        Withheld,
        WithheldReason,
    )
    from assistant.review.keys import Keys
    from assistant.review.standing import Standing


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """What a line's number means."""

    section: str
    line: NoteLine
    released: tuple[ReleasedLine, ...]
    """What it was made from."""
    disclosures: tuple[tuple[UtteranceId, Disclosure, Place], ...]
    """What its mentions' numbers mean."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A view, and what its numbers mean."""

    view: NoteView
    lines: tuple[DrawnLine, ...] = field(repr=False)
    withheld: Mapping[int, Withheld] = field(repr=False)


def draw_note(standing: Standing, person: PersonId | None, version: int, keys: Keys) -> Drawn:
    """Return one note; None: the group's part. Nothing of another member is in it."""
    note = standing.group_note if person is None else standing.notes[person]
    draft = None if person is None else standing.drafts.get(person)
    findings = standing.findings(person)
    drawn = tuple(_lines(standing, note, draft.release.lines if draft else ()))
    views: list[LineView] = []
    at = Counter[str]()
    for number, line in enumerate(drawn):
        against = tuple(f for f in findings if f.section == line.section and f.line == at[line.section])
        at[line.section] += 1
        views.append(_line_view(standing, number, line, person, against))
    own = () if person is None else standing.own_withheld(person)
    withheld = {keys.of("withheld", person, standing.place(w.utterance, w.span)): w for w in own}
    view = NoteView(
        person=None if person is None else standing.member(person),
        version=version,
        step=step(standing, person),
        lines=tuple(views),
        withheld=tuple(_withheld_views(standing, withheld, person)),
        held_back=() if draft is None else _counted(w.reason for w in draft.release.withheld),
        fields=fields(standing, person),
        missing=standing.missing(person),
        accepted=standing.accepted(person),
        signed=None if person is None else standing.signed.get(person),
        outdated=False if person is None else standing.outdated(person),
    )
    return Drawn(view, drawn, withheld)


def step(standing: Standing, person: PersonId | None) -> Step:
    """Return how far a note is."""
    if person is not None and person in standing.signed:
        return Step.SIGNED
    if standing.stale:
        return Step.STALE
    if standing.refused(person):
        return Step.REFUSED
    if standing.missing(person):
        begun = any(text for _, text in fields(standing, person))
        return Step.INCOMPLETE if begun or standing.accepted(person) else Step.DRAFT
    return Step.READY


def fields(standing: Standing, person: PersonId | None) -> tuple[tuple[Field, str], ...]:
    """Return what may be written in a note, and what was."""
    written = {
        r.decided.name: r.decided.text
        for r in standing.standing
        if isinstance(r.decided, FieldWritten) and r.decided.reader == person
    }
    return tuple((f, written.get(f, "")) for f in Field if (f in GROUP_FIELDS) == (person is None))


def _lines(standing: Standing, note: Note, released: tuple[ReleasedLine, ...]) -> Iterator[DrawnLine]:
    by_utterance: dict[UtteranceId, list[ReleasedLine]] = {}
    for one in released:
        by_utterance.setdefault(one.utterance, []).append(one)
    for section in note.sections:
        for line in section.lines:
            rests_on = tuple(r for u in line.evidence for r in by_utterance.get(u, ()))
            yield DrawnLine(section.title, line, rests_on, tuple(_disclosures(standing, rests_on)))


def _disclosures(
    standing: Standing, released: tuple[ReleasedLine, ...]
) -> Iterator[tuple[UtteranceId, Disclosure, Place]]:
    for one in released:
        entry = standing.by_id.get(one.utterance)
        for disclosure in entry.findings.disclosures if entry is not None else ():
            if any(span.overlaps(disclosure.span) for span in one.spans):
                yield one.utterance, disclosure, standing.place(one.utterance, disclosure.span)


def _line_view(
    standing: Standing, number: int, drawn: DrawnLine, person: PersonId | None, findings: tuple[GateFinding, ...]
) -> LineView:
    line = drawn.line
    entries = [standing.by_id[u].utterance for u in line.evidence if u in standing.by_id]
    return LineView(
        number=number,
        section=drawn.section,
        text=line.text,
        by_hand=line.by_hand,
        speech=bool(line.evidence) and not line.by_hand and drawn.section != say.REWORDED,
        at=tuple((u.start, u.end) for u in entries),
        mentions=tuple(_mentions(standing, drawn, person)),
        findings=findings,
    )


def _mentions(standing: Standing, drawn: DrawnLine, person: PersonId | None) -> Iterator[MentionView]:
    for number, (utterance, disclosure, place) in enumerate(drawn.disclosures):
        mention = disclosure.mention
        owner = _owner(disclosure.owner, person)
        said = mention.span.of(standing.by_id[utterance].utterance.text) if owner == "own" else ""
        replaced = (r for one in drawn.released if one.utterance == utterance for r in one.replacements)
        put = next((r for r in replaced if r.span.overlaps(mention.span)), None)
        yield MentionView(
            number=number,
            place=place,
            words=said,
            type=mention.type,
            owner=owner,
            detector=mention.detector,
            score=mention.score,
            rule=disclosure.why if put is None else put.rule or disclosure.why,
            shown=said if put is None else put.text,
        )


def _owner(owner: Owner, reader: PersonId | None) -> str:
    if owner.person is not None:
        return "own" if owner.person == reader else "not theirs"
    if owner.outsider_of is not None:
        return "outsider" if owner.outsider_of == reader else "not theirs"
    return "unknown"


def _withheld_views(
    standing: Standing, withheld: Mapping[int, Withheld], person: PersonId | None
) -> Iterator[WithheldView]:
    released = {
        r.decided.place for r in standing.standing if isinstance(r.decided, Released) and r.decided.reader == person
    }
    for number, one in withheld.items():
        utterance = standing.by_id[one.utterance].utterance
        words = utterance.text[one.span.start : one.span.end].split()
        place = standing.place(one.utterance, one.span)
        yield WithheldView(number, utterance.start, one.reason, len(words), place in released)


def _counted(reasons: Iterator[WithheldReason]) -> tuple[tuple[WithheldReason, int], ...]:
    return tuple(Counter(reasons).most_common())
