"""What happened, at the end of a run: who spoke how long, alerts, what was withheld, where the notes lie. No words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

from assistant.attribution.enrolment import ClipProblem
from assistant.domain import AlertLevel, Severity, UtteranceStatus, WithheldReason, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from assistant.attribution.enrolment import EnrolmentWarning
    from assistant.cli.output import Output
    from assistant.domain import Withheld
    from assistant.pipeline.session import SessionResult

BAR = 24
"""Characters of the longest talk-time bar."""

MOST_PLACES = 8
"""Places that are listed one by one; the machine file has them all."""


def clock(samples: int) -> str:
    """Return a place in the session as ``m:ss``."""
    whole = int(seconds(samples))
    return f"{whole // 60}:{whole % 60:02}"


def show(console: Console, result: SessionResult, output: Output, hints: Sequence[str] = ()) -> None:
    """Print the summary of a processed session.

    Args:
        console: Where to.
        result: Everything known about the session.
        output: Where its files lie.
        hints: Lines about the source that are worth a look.
    """
    _say(console, "")
    console.print(_talk(result))
    for line in (*_coverage(result), *(_clip(w) for w in result.heard.clips), *hints):
        _say(console, line)
    _say(console, "")
    if result.alerts:
        console.print(_alerts(result))
    else:
        _say(console, "Alerts: no flagged phrases. Your judgment still stands.\n")
    console.print(_drafts(result))
    nobodys = sum(w.reason is WithheldReason.UNKNOWN_SPEAKER for w in _first_release(result))
    if nobodys:
        _say(console, f"In no draft: {nobodys} clauses of which nobody knows who said them.")
    _say_where(console, f"Drafts: {output.drafts}", style="bold")
    if output.machine is not None:
        _say_where(console, f"Machine file (private: it holds everything): {output.machine}")
    _say(console, "Drafts are machine-made. A clinician reads, completes and signs them.", style="dim")


def _say(console: Console, line: str, style: str | None = None) -> None:
    console.print(line, style=style, highlight=False, markup=False)


def _say_where(console: Console, line: str, style: str | None = None) -> None:
    # A path that is broken in two at the console's width cannot be copied.
    console.print(line, style=style, highlight=False, markup=False, soft_wrap=True)


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)


def _talk(result: SessionResult) -> Table:
    spoken: Counter[str] = Counter()
    turns: Counter[str] = Counter()
    for utterance in result.heard.utterances:
        voice = utterance.attribution.voice
        who = utterance.speaker or (f"voice {voice}" if voice else "unknown")
        spoken[who] += utterance.end - utterance.start
        turns[who] += 1
    table = _table(f"Who spoke ({clock(result.heard.duration)} in all)")
    table.add_column("who", no_wrap=True)
    table.add_column("time", justify="right", no_wrap=True)
    table.add_column("utterances", justify="right", no_wrap=True)
    table.add_column("")
    longest = max(spoken.values(), default=0) or 1
    for who, time in sorted(spoken.items(), key=lambda item: (-item[1], item[0])):
        table.add_row(who, clock(time), str(turns[who]), "█" * max(1, round(BAR * time / longest)))
    return table


def _coverage(result: SessionResult) -> Iterator[str]:
    heard = result.heard
    for gap in heard.gaps:
        yield f"Lost audio {_range(gap.first_sample, gap.first_sample + gap.samples)}: {gap.reason}"
    if not heard.utterances:
        yield "No speech was found: the drafts hold no words."
    if heard.unheard:
        yield f"Voice without text: {_some([_range(a, b) for a, b in heard.unheard])}"
    suspect = [clock(u.start) for u in heard.utterances if u.status is UtteranceStatus.SUSPECT]
    if suspect:
        yield f"Suspect text, perhaps invented (in no alert, no note): {_some(suspect)}"
    if heard.voices:
        letters = ", ".join(f"{letter} ({clock(time)})" for letter, time in heard.voices)
        first = heard.voices[0][0]
        yield f"Nobody has named these voices: {letters}"
        yield f'When you know whose they are, run again with --replace --name-voices "{first}=m1,..."'


def _range(start: int, end: int) -> str:
    return f"{clock(start)}-{clock(end)}"


def _some(places: Sequence[str]) -> str:
    more = len(places) - MOST_PLACES
    return ", ".join(places[:MOST_PLACES]) + (f" and {more} more" if more > 0 else "")


def _clip(warning: EnrolmentWarning) -> str:
    people = " and ".join(warning.people)
    if warning.problem is ClipProblem.TOO_SHORT:
        return f"The voice clip of {people} holds less than 3 s of voice and was not used: record a longer one"
    return f"The voice clips of {people} sound alike: words of both may stay unknown; check that they are two people's"


def _alerts(result: SessionResult) -> Table:
    begins = {r.utterance.id: r.utterance for r in result.readings}
    table = _table("Alerts: possible, your judgment")
    for column in ("level", "at", "what", "said by", "about"):
        table.add_column(column)
    for alert in sorted(result.alerts, key=lambda a: (a.level, begins[a.utterance].start)):
        if alert.level is AlertLevel.A3:
            continue
        utterance = begins[alert.utterance]
        table.add_row(
            alert.level, clock(utterance.start), alert.kind.replace("_", " "), utterance.speaker or "unknown",
            alert.owner or "-", style="bold" if alert.level is AlertLevel.A1 else None,
        )  # fmt: skip
    later = sum(alert.level is AlertLevel.A3 for alert in result.alerts)
    if later:
        table.add_row("A3", "", f"{later} to review after the session", "", "", style="dim")
    return table


def _drafts(result: SessionResult) -> Table:
    table = _table("Drafts, and own words held back")
    table.add_column("member", no_wrap=True)
    table.add_column("lines", justify="right", no_wrap=True)
    table.add_column("held back")
    table.add_column("gate")
    for member, draft in result.drafts.members.items():
        reasons = Counter(w.reason for w in draft.release.withheld if w.reason not in _NOT_THEIRS)
        told = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common()) or "nothing"
        struck = {(f.section, f.line) for f in draft.findings if f.severity is Severity.REFUSE}
        gate = "REFUSED, not written" if draft.refused else (f"passed, {len(struck)} struck" if struck else "passed")
        style = "bold red" if draft.refused else None
        table.add_row(member, str(len(draft.release.lines)), told, gate, style=style)
    if result.drafts.group_refused:
        table.add_row("group", "", "", "REFUSED, not written", style="bold red")
    return table


_NOT_THEIRS = frozenset(
    {
        WithheldReason.NOT_THE_SPEAKER,
        WithheldReason.FACILITATOR,
        WithheldReason.NO_CONTENT,
        WithheldReason.UNKNOWN_SPEAKER,
    }
)
"""Reasons that say nothing of the member: each would stand in every row."""


def _first_release(result: SessionResult) -> tuple[Withheld, ...]:
    """Return what was withheld from one member: nobody's words are withheld from each alike."""
    return next((draft.release.withheld for draft in result.drafts.members.values()), ())
