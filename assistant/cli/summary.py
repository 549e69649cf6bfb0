"""What happened, at the end of a run: who spoke how long, alerts, what was withheld, where the notes lie. No words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.table import Table

from assistant.domain import AlertLevel, UtteranceStatus, WithheldReason, seconds

if TYPE_CHECKING:
    from rich.console import Console

    from assistant.cli.output import Output
    from assistant.pipeline.session import SessionResult

BAR = 24
"""Characters of the longest talk-time bar."""

MOST_UNHEARD = 8
"""Unheard stretches that are listed one by one; the machine file has them all."""


def clock(samples: int) -> str:
    """Return a place in the session as ``m:ss``."""
    whole = int(seconds(samples))
    return f"{whole // 60}:{whole % 60:02}"


def show(console: Console, result: SessionResult, output: Output) -> None:
    """Print the summary of a processed session."""
    console.print()
    console.print(_talk(result))
    _show_coverage(console, result)
    console.print(_alerts(result) if result.alerts else "Alerts: no flagged phrases.")
    console.print(_drafts(result))
    console.print(f"Drafts: [bold]{output.drafts}[/bold]", highlight=False, soft_wrap=True)
    if output.machine is not None:
        console.print(
            f"Machine file (private: it holds everything): {output.machine}", highlight=False, soft_wrap=True
        )
    console.print("Drafts are machine-made. A clinician reads, completes and signs them.", style="dim")


def _talk(result: SessionResult) -> Table:
    spoken: Counter[str] = Counter()
    turns: Counter[str] = Counter()
    for utterance in result.heard.utterances:
        who = utterance.speaker or (f"voice {utterance.attribution.voice}" if utterance.attribution.voice else "unknown")
        spoken[who] += utterance.end - utterance.start
        turns[who] += 1
    table = Table(title=f"Who spoke ({clock(result.heard.duration)} in all)", title_justify="left")
    table.add_column("who")
    table.add_column("time", justify="right")
    table.add_column("utterances", justify="right")
    table.add_column("")
    longest = max(spoken.values(), default=1)
    for who, time in sorted(spoken.items(), key=lambda item: -item[1]):
        table.add_row(who, clock(time), str(turns[who]), "█" * max(1, round(BAR * time / longest)))
    return table


def _show_coverage(console: Console, result: SessionResult) -> None:
    heard = result.heard
    if heard.gaps:
        console.print(f"[bold]Lost audio[/bold]: {len(heard.gaps)} gap(s)", highlight=False)
        for gap in heard.gaps:
            console.print(
                f"  {clock(gap.first_sample)}-{clock(gap.first_sample + gap.samples)}  {gap.reason}", highlight=False
            )
    if heard.speech == 0 and not heard.utterances:
        console.print("No speech was found in the recording: the drafts are empty.")
    if heard.unheard:
        places = ", ".join(f"{clock(a)}-{clock(b)}" for a, b in heard.unheard[:MOST_UNHEARD])
        more = len(heard.unheard) - MOST_UNHEARD
        rest = f" and {more} more" if more > 0 else ""
        console.print(f"Voice without text: {places}{rest}", highlight=False)
    suspect = [u for u in heard.utterances if u.status is UtteranceStatus.SUSPECT]
    if suspect:
        console.print(
            f"Suspect text (perhaps invented; in no alert, no note): {', '.join(clock(u.start) for u in suspect)}",
            highlight=False,
        )
    if heard.voices:
        letters = ", ".join(f"{letter} ({clock(time)})" for letter, time in heard.voices)
        console.print(
            f"Nobody has named these voices: {letters}. Run again with --name-voices \"A=m1,...\"", highlight=False
        )


def _alerts(result: SessionResult) -> Table:
    begins = {r.utterance.id: r.utterance for r in result.readings}
    counts = Counter(alert.level for alert in result.alerts)
    table = Table(title="Alerts: possible, your judgment", title_justify="left")
    for column in ("level", "at", "kind", "said by", "about"):
        table.add_column(column)
    for alert in sorted(result.alerts, key=lambda a: (a.level, begins[a.utterance].start)):
        if alert.level is AlertLevel.A3:
            continue
        utterance = begins[alert.utterance]
        style = "bold" if alert.level is AlertLevel.A1 else ""
        table.add_row(
            alert.level, clock(utterance.start), alert.kind, utterance.speaker or "unknown", alert.owner or "-",
            style=style,
        )
    if counts[AlertLevel.A3]:
        table.caption = f"and {counts[AlertLevel.A3]} of level A3, for review after the session"
    return table


def _drafts(result: SessionResult) -> Table:
    table = Table(title="Drafts, and what was held back", title_justify="left")
    table.add_column("member")
    table.add_column("lines", justify="right")
    table.add_column("clauses withheld")
    table.add_column("gate")
    for member, draft in result.drafts.members.items():
        reasons = Counter(
            w.reason
            for w in draft.release.withheld
            if w.reason not in (WithheldReason.NOT_THE_SPEAKER, WithheldReason.FACILITATOR, WithheldReason.NO_CONTENT)
        )
        told = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common()) or "none"
        refusals = sum(f.severity == "refuse" for f in draft.findings)
        gate = "REFUSED, not written" if draft.refused else (f"passed, {refusals} struck" if refusals else "passed")
        table.add_row(member, str(len(draft.release.lines)), told, gate)
    if result.drafts.group_refused:
        table.add_row("group", "", "", "REFUSED, not written")
    return table
