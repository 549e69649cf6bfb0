"""The figures as tables for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

from assistant.domain import AlertLevel, DisclosureType
from assistant.evaluation.spans import IDENTIFIERS
from assistant.evaluation.targets import targets
from assistant.evaluation.utility import Fate, kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console

    from assistant.evaluation.leaks import LeakCount, Leaks
    from assistant.evaluation.scores import Mode, SessionScores, System
    from assistant.evaluation.spans import TypeFigures


def print_tables(console: Console, each: Sequence[SessionScores], whole: SessionScores, mode: Mode) -> None:
    """Print every figure: per session and in all, per type, per system, and against the targets."""
    console.print(_sessions(each, whole, mode))
    console.print(_types(whole))
    console.print(_systems(whole))
    console.print(_kinds(whole))
    console.print(_targets(whole, mode))


def _sessions(each: Sequence[SessionScores], whole: SessionScores, mode: Mode) -> Table:
    shown = (*each, whole) if len(each) > 1 else tuple(each)
    table = _table(
        f"Words and speakers ({mode})", "", *(s.sessions[0] if len(s.sessions) == 1 else "all" for s in shown)
    )
    rows: list[tuple[str, Callable[[SessionScores], str]]] = [
        ("length, minutes", lambda s: f"{s.audio_s / 60:.1f}"),
        ("time per length of audio", lambda s: _ratio(s.real_time_factor)),
        ("word error rate", lambda s: _percent(s.words.rate)),
        ("names heard, and as spelt", lambda s: f"{_percent(s.names.rate)} {_percent(s.names.exact_rate)}"),
        ("words on the wrong person, ‰: best guess", lambda s: _number(s.owners.wrong_before)),
        ("  after abstention", lambda s: _number(s.owners.wrong_after)),
        ("  of these given to a member", lambda s: str(s.owners.wrong_to_member)),
        ("words lost to abstention", lambda s: _percent(s.owners.lost)),
        ("diarization error rate: best guess", lambda s: _percent(s.diarization_before.rate)),
        ("  after abstention", lambda s: _percent(s.diarization.rate)),
        ("  of this on the wrong person", lambda s: _percent(_share(s.diarization.confused, s.diarization.reference))),
        ("notes written / due", lambda s: f"{s.notes_written}/{s.notes_due}"),
        ("gate findings", lambda s: str(s.gate_findings)),
    ]
    for name, cell in rows:
        table.add_row(name, *(cell(one) for one in shown))
    return table


def _types(whole: SessionScores) -> Table:
    table = _table(
        "What is private, and whose (all sessions, in %)",
        "type", "gold", "recall", "heard", "any", "found", "prec.", "marked", "owner",
    )  # fmt: skip
    for kind, figures in whole.spans.by_type().items():
        table.add_row(str(kind), *_type_cells(figures))
    table.add_section()
    table.add_row("names and contact", *_type_cells(whole.spans.over(IDENTIFIERS)))
    table.add_row("all types in the gold", *_type_cells(whole.spans.over()))
    table.caption = (
        "gold, found: counts. heard: recall of what was heard. any: found as any type. prec.: precision over types "
        "that the gold marks. marked: without kin words and relative times, which it does not mark."
    )
    return table


def _type_cells(figures: TypeFigures) -> Iterator[str]:
    yield str(figures.gold)
    yield _hundredths(figures.recall)
    yield _hundredths(figures.recall_heard)
    yield _hundredths(figures.covered_rate)
    yield str(figures.predicted)
    yield _hundredths(figures.precision)
    yield _hundredths(figures.precision_marked)
    yield _hundredths(figures.owner_accuracy)


def _systems(whole: SessionScores) -> Table:
    systems = [("notes", whole.notes), ("own turns as they are", whole.own_turns)]
    if whole.presidio.leaks.rows:
        systems.append(("the same through Presidio", whole.presidio))
    table = _table("Leaks and utility (all sessions; ‰: per 1,000)", "", *(name for name, _ in systems))
    leak_rows: list[tuple[str, Callable[[Leaks], str]]] = [
        ("identifiers of others leaked", lambda x: _leaked(x.identifiers)),
        ("  exact / fuzzy", lambda x: f"{x.identifiers.exact} / {x.identifiers.fuzzy}"),
        ("other facts of others leaked", lambda x: _leaked(x.others)),
        ("  exact / fuzzy", lambda x: f"{x.others.exact} / {x.others.fuzzy}"),
        ("planted facts leaked", lambda x: _leaked(x.planted)),
        ("whose facts leaked most", lambda x: _worst(x.worst_holder())),
        ("whose text leaks most", lambda x: _worst(x.worst_reader())),
        ("outsiders of the reader, left as said", lambda x: _leaked(x.own_outsiders)),
    ]
    for name, leak_cell in leak_rows:
        table.add_row(name, *(leak_cell(system.leaks) for _, system in systems))
    for relation in whole.notes.leaks.by_relation():
        table.add_row(f"  {relation}", *(_leaked(system.leaks.by_relation()[relation]) for _, system in systems))
    table.add_section()
    utility_rows: list[tuple[str, Callable[[System], str]]] = [
        ("own facts kept (names left out)", lambda x: _percent(x.utility.kept)),
        ("own facts kept, names too", lambda x: _percent(x.utility.kept_with_names)),
        *(((f"  {fate}"), _fate_cell(fate)) for fate in Fate),
        *(((f"    {reason}"), _reason_cell(reason)) for reason in whole.notes.utility.reasons()),
        *(((f"  {kind} kept"), _kept_cell(kind)) for kind in DisclosureType if whole.notes.utility.of([kind])),
    ]
    for name, cell in utility_rows:
        table.add_row(name, *(cell(system) for _, system in systems))
    return table


def _fate_cell(fate: Fate) -> Callable[[System], str]:
    return lambda system: str(system.utility.fates()[fate])


def _reason_cell(reason: str) -> Callable[[System], str]:
    return lambda system: str(system.utility.reasons().get(reason, 0))


def _kept_cell(kind: DisclosureType) -> Callable[[System], str]:
    return lambda system: f"{_percent(kept(system.utility.of([kind])))} of {len(system.utility.of([kind]))}"


def _kinds(whole: SessionScores) -> Table:
    alerts = whole.alerts
    table = _table("Alerts (all sessions)", "", "expected", "found", "at its level", "raised", "false", "other kind")
    for (kind, level), row in alerts.by_kind().items():
        cells = (row.expected, row.found, row.at_level, row.raised, row.false, row.extra)
        table.add_row(f"{level} {kind}", *map(str, cells))
    table.add_section()
    for level in AlertLevel:
        row = alerts.at(level)
        table.add_row(
            f"{level}",
            str(row.expected),
            _percent(alerts.recall(level)),
            _percent(alerts.recall_at_level(level)),
            str(row.raised),
            f"{row.false} ({_number(alerts.false_per_hour(level))}/h)",
            str(row.extra),
        )
    return table


def _targets(whole: SessionScores, mode: Mode) -> Table:
    table = _table("Targets", "", "reached", "wanted", "met")
    marks = {True: "yes", False: "[bold red]no[/]", None: "-"}
    for target in targets(whole, mode):
        value = "-" if target.value is None else f"{target.value:.3f}"
        table.add_row(target.name, value, f"{'>=' if target.at_least else '<='} {target.bound:g}", marks[target.met])
    return table


def _table(title: str, *columns: str) -> Table:
    # Narrow enough for 80 columns, with four sessions side by side.
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        caption_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", min_width=0 if number else 22)
    return table


def _leaked(count: LeakCount) -> str:
    if not count.tried:
        return "-"
    return f"{count.leaked}/{count.tried} ({_number(count.per_thousand)}‰)"


def _worst(worst: tuple[str, LeakCount] | None) -> str:
    return "nobody" if worst is None else f"{worst[0]}: {worst[1].leaked} of {worst[1].tried}"


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _hundredths(value: float | None) -> str:
    if value is None:
        return "-"
    # All and nothing stay exact: 99.96 is not shown as 100.
    return f"{100 * value:.0f}" if value in {0.0, 1.0} else f"{min(100 * value, 99.9):.1f}"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{_hundredths(value)}%"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def _ratio(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
