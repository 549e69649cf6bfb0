"""A note as rows: its lines under their headings, the evidence of one line, and what was held back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.decisions import Field
from assistant.domain import Severity
from assistant.notes import sentences
from assistant.ui.review.rows import BOLD, DIM, REVERSE, Row, heading, remark
from assistant.ui.review.wording import GATE, OWNED
from assistant.ui.wording import clock

if TYPE_CHECKING:
    from assistant.review.view import LineView, MentionView, NoteView, WithheldView

FIELD_OF = {
    sentences.TOPIC: Field.TOPIC,
    sentences.INTERVENTIONS: Field.INTERVENTIONS,
    sentences.PRESENTATION: Field.PRESENTATION,
    sentences.RESPONSE: Field.RESPONSE,
    sentences.GOALS: Field.GOALS,
    sentences.PROGRESS: Field.PROGRESS,
    sentences.RISK: Field.RISK,
    sentences.ASSESSMENT: Field.ASSESSMENT,
    sentences.PLAN: Field.PLAN,
}
"""Sections that are a field of the clinician's: what is typed there is kept as the field."""
_DASH = "·"


def line_rows(view: NoteView) -> list[Row]:
    """Return the note as it will be read, with what the gate has against it at its place."""
    rows: list[Row] = []
    section = ""
    for line in view.lines:
        if line.section != section:
            if section:
                rows.append(remark(("gap", line.number), ""))
            section = line.section
            rows.append(heading(section))
        empty = line.text == sentences.TO_COMPLETE
        head = "✎ " if line.by_hand else "  "
        rows.append(Row(("line", line.number), line.text, head=head, head_style=DIM, style=REVERSE if empty else None))
        for number, finding in enumerate(line.findings):
            stops = finding.severity is Severity.REFUSE
            words = GATE.format(rule=finding.rule) if stops else f"gate asks for a look: {finding.rule}"
            style = REVERSE if stops else BOLD
            rows.append(Row((line.number, number), words, head="    ! ", head_style=BOLD, style=style, heading=True))
    if not view.lines:
        rows.append(remark("empty", "  There is no line in it."))
    signed = view.signed
    if signed is not None:
        rows.append(heading("Signature"))
        rows.append(Row("signature", f"{signed.signature}, {signed.at.astimezone():%d %b %Y %H:%M}"))
        for number, addendum in enumerate(signed.addenda):
            rows.append(heading("Addendum") if not number else remark(("gap", number), ""))
            rows.append(
                Row(
                    ("addendum", number),
                    addendum.text,
                    head=f"{addendum.at.astimezone():%d %b %Y %H:%M} ",
                    head_style=DIM,
                )
            )
    return rows


def first_refused(view: NoteView) -> LineView | None:
    """Return the first line that the gate does not let pass; None: there is none."""
    return next((line for line in view.lines if any(f.severity is Severity.REFUSE for f in line.findings)), None)


def evidence_rows(line: LineView | None) -> list[Row]:
    """Return when the words of a line were said, and what was found and replaced in them."""
    if line is None:
        return [remark("none", "  nothing is pointed at")]
    rows: list[Row] = []
    if line.at:
        spans = ", ".join(f"{clock(start)} to {clock(end)}" for start, end in line.at)
        rows.append(remark("when", f"  {'said' if line.speech else 'rests on'} {spans}", BOLD))
    elif line.by_hand:
        rows.append(remark("hand", "  written by a clinician; the gate reads it as such"))
    else:
        rows.append(remark("counted", "  a fixed sentence: counts, times or words on a list"))
    if line.by_hand and line.at:
        rows.append(remark("hand", "  rewritten by a clinician"))
    rows += [_mention(view) for view in line.mentions]
    if line.at and not line.mentions:
        rows.append(remark("clean", "  no fact found in it, and nothing replaced"))
    return rows


def _mention(view: MentionView) -> Row:
    stays = bool(view.words) and view.shown == view.words
    if stays:
        what = f"“{view.words}” stays"
    else:
        said = f"“{view.words}” " if view.words else ""
        what = f"{said}→ {view.shown or 'taken out'}"
    told = f"{what}: {OWNED.get(view.owner, view.owner)} "
    rule = f"rule: {view.rule.replace('-', ' ')} {_DASH} " if view.rule else ""
    why = f"({rule}found by {view.detector.replace('+', ' and ')}, {view.score:.2f})"
    marks = ((len(told), len(told) + len(why), DIM),)
    return Row(("mention", view.number), told + why, head=f"{view.type.value:<10} ", head_style=BOLD, marks=marks)


def withheld_rows(view: NoteView) -> list[Row]:
    """Return what was held back of the reader's own turns, then counts of everything else."""
    rows = [_withheld(clause) for clause in view.withheld]
    if not rows:
        rows.append(remark("none", "  nothing of their own turns"))
    if view.held_back:
        rows.append(remark("all", "  of everybody's turns:"))
        rows += [remark(("count", reason), f"  {count:>5}  {reason.value}") for reason, count in view.held_back]
    return rows


def _withheld(clause: WithheldView) -> Row:
    words = f"{clause.length} word{'' if clause.length == 1 else 's'}"
    waits = " · released: the gate reads it" if clause.released else ""
    return Row(
        ("withheld", clause.number),
        f"{clause.reason.value} · {words}{waits}",
        head=f"{clock(clause.at)} ",
        head_style=DIM,
        style=BOLD if clause.released else None,
    )
