"""The training figures as JSON, as tables, and against what they must reach: a section of its own beside the others."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table

from assistant.evaluation.survival import Survival
from assistant.evaluation.targets import Target
from assistant.evaluation.training_places import DIRECT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console

    from assistant.evaluation.training_figures import TrainingFigures

LEAST_K = 5
LEAST_KEPT = 0.85


@dataclass(frozen=True, slots=True)
class LinkRow:
    """What one linking attack reached over all pairs of samples."""

    attack: str
    kind: str
    """Which two samples."""
    pairs: int
    tried: int
    rate: float
    low: float
    """Of an interval of 95 %."""
    high: float
    chance: float
    counts: bool
    """Whether it is the attack that must be no better than chance."""

    @property
    def better(self) -> bool:
        """Whether the attack is better than chance beyond doubt."""
        return self.tried > 0 and self.low > self.chance


def training_targets(whole: TrainingFigures, links: Sequence[LinkRow] = ()) -> tuple[Target, ...]:
    """Return what training samples must reach, and whether they do."""
    return tuple(_targets(whole, links))


def _targets(whole: TrainingFigures, links: Sequence[LinkRow]) -> Iterator[Target]:
    yield Target(
        "direct identifiers left in a sample", float(whole.direct_left) if whole.direct else None, 0, at_least=False
    )
    yield Target("direct identifiers found, by entity", whole.recall, 1.0, at_least=True)
    planted = float(whole.planted_out) if whole.planted else None
    yield Target("planted facts in a sample that was not refused", planted, 0, at_least=False)
    yield Target(
        "k of the worst person, samples not refused",
        float(min(whole.worst_k)) if whole.worst_k else None,
        LEAST_K,
        at_least=True,
    )
    shared = float(whole.shared) if whole.sessions else None
    yield Target("stand-ins shared by two samples", shared, 0, at_least=False)
    counted = [row for row in links if row.counts]
    yield Target(
        "linking attacks on stand-ins better than chance",
        float(sum(row.better for row in counted)) if counted else None,
        0,
        at_least=False,
    )
    yield Target("words unchanged", whole.unchanged, LEAST_KEPT, at_least=True)


def training_json(
    each: Sequence[TrainingFigures], whole: TrainingFigures, links: Sequence[LinkRow] = ()
) -> dict[str, Any]:
    """Return the figures as JSON: in all, per session, the attacks, the targets. Ids and counts, never words."""
    return {
        "total": _figures(whole),
        "sessions": {figures.sessions[0]: _figures(figures) for figures in each},
        "linking": [asdict(row) | {"better": row.better} for row in links],
        "targets": [
            {"name": t.name, "value": t.value, "bound": t.bound, "at_least": t.at_least, "met": t.met}
            for t in training_targets(whole, links)
        ],
    }


def _figures(figures: TrainingFigures) -> dict[str, Any]:
    worst = figures.worst()
    return {
        "direct": {
            "entities": len(figures.direct),
            "recall": figures.recall,
            "left": figures.direct_left,
            "alike": figures.direct_alike,
            "places": [
                {"holder": f.holder, "type": str(f.type), "turn": f.turn, "left": f.left.name.lower()}
                for f in figures.direct
                if f.missed or f.left is not Survival.NONE  # what is alike too, to look up by hand
            ],
        },
        "by_type": {
            str(kind): {"entities": number, "missed": missed, "left": left}
            for kind, (number, missed, left) in figures.by_type().items()
        },
        "planted": {"looked_for": figures.planted, "left": figures.planted_left, "handed_out": figures.planted_out},
        "told": {
            who: {"stand": stand, "facts": tried, "protected": 1 - stand / tried}
            for who, (stand, tried) in figures.told().items()
        },
        "worst": None if worst is None else {"who": worst[0], "stand": worst[1], "facts": worst[2]},
        "words": {"said": figures.words, "unchanged": figures.words_kept, "rate": figures.unchanged},
        "acts": {"turns": figures.acts, "unchanged": figures.acts_kept, "rate": figures.acts_unchanged},
        "refused": figures.refused,
        "worst_k": min(figures.worst_k, default=None),
        "shared_stand_ins": figures.shared,
    }


def print_training(
    console: Console, each: Sequence[TrainingFigures], whole: TrainingFigures, links: Sequence[LinkRow] = ()
) -> None:
    """Print the figures: by session, by type, the attacks, and against the targets."""
    console.print(_sessions(each, whole))
    console.print(_types(whole))
    if links:
        console.print(_links(links))
    console.print(_against(whole, links))


def _sessions(each: Sequence[TrainingFigures], whole: TrainingFigures) -> Table:
    shown = (*each, whole) if len(each) > 1 else tuple(each)
    names = [figures.sessions[0] if len(figures.sessions) == 1 else "all" for figures in shown]
    if len(shown) > _MOST_ABREAST:
        # A terminal has room for few sessions side by side, and for any number one below the other.
        table = _table("Training samples", "", *(head for head, _ in _COLUMNS), least=0)
        table.padding = (0, 1, 0, 0)
        for name, figures in zip(names, shown, strict=True):
            table.add_row(name, *(cell(figures) for _, cell in _COLUMNS))
        table.caption = _HEADS
        return table
    table = _table("Training samples", "", *names)
    for title, cell in _ROWS:
        table.add_row(title, *map(cell, shown))
    return table


def _types(whole: TrainingFigures) -> Table:
    table = _table("What became of each type (all sessions)", "", "facts", "missed", "left", "")
    for kind, (number, missed, left) in whole.by_type().items():
        table.add_row(str(kind), str(number), str(missed), str(left), "direct" if kind in DIRECT else "")
    table.caption = "Direct types go by entity. What is not direct is the talk itself and may stand."
    return table


def _links(links: Sequence[LinkRow]) -> Table:
    table = _table("Linking attacks", "", "pairs", "tried", "right", "95 %", "chance", "better")
    kind = ""
    for row in links:
        if row.kind != kind:
            kind = row.kind
            table.add_section()
            table.add_row(kind)
        table.add_row(
            f"  {row.attack}",
            str(row.pairs),
            str(row.tried),
            _percent(row.rate),
            f"{_percent(row.low)}-{_percent(row.high)}",
            _percent(row.chance),
            "yes" if row.better else "no",
        )
    table.caption = "What is said and how stays, because it is taught, and it links; stand-ins must not."
    return table


def _against(whole: TrainingFigures, links: Sequence[LinkRow]) -> Table:
    table = _table("Targets for training samples", "", "reached", "wanted", "met")
    marks = {True: "yes", False: "[bold red]no[/]", None: "-"}
    for target in training_targets(whole, links):
        value = "-" if target.value is None else f"{target.value:.3f}"
        table.add_row(target.name, value, f"{'>=' if target.at_least else '<='} {target.bound:g}", marks[target.met])
    return table


def _table(title: str, *columns: str, least: int = 22) -> Table:
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        caption_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", min_width=0 if number else least)
    return table


def _worst(figures: TrainingFigures, of: str) -> str:
    worst = figures.worst()
    return "-" if worst is None else f"{worst[0].rpartition('/')[2]}: {worst[1]}{of}{worst[2]}"


def _percent(value: float | None) -> str:
    if value is None:
        return "-"
    # All and nothing stay exact: 99.96 is not shown as 100.
    return f"{100 * value:.0f}%" if value in {0.0, 1.0} else f"{min(100 * value, 99.9):.1f}%"


_MOST_ABREAST = 3
_ROWS: tuple[tuple[str, Callable[[TrainingFigures], str]], ...] = (
    ("direct identifiers, by entity", lambda f: str(len(f.direct))),
    ("  found before stand-ins go in", lambda f: _percent(f.recall)),
    ("  left in the sample", lambda f: str(f.direct_left)),
    ("  whose stand-in resembles them", lambda f: str(f.direct_alike)),
    ("planted facts left", lambda f: f"{f.planted_left} of {f.planted}"),
    ("other facts that stand: the worst person", lambda f: _worst(f, " of ")),
    ("k of the worst person", lambda f: str(min(f.worst_k, default="-"))),
    ("refused", lambda f: str(f.refused)),
    ("stand-ins shared by two samples", lambda f: str(f.shared)),
    ("words unchanged", lambda f: _percent(f.unchanged)),
    ("dialogue acts kept", lambda f: _percent(f.acts_unchanged)),
)
"""The figures of a session: what they are, in one word, and how they are shown."""
_COLUMNS: tuple[tuple[str, Callable[[TrainingFigures], str]], ...] = (
    ("found", lambda f: _percent(f.recall)),
    ("left", lambda f: f"{f.direct_left}/{len(f.direct)}"),
    ("alike", lambda f: str(f.direct_alike)),
    ("planted", lambda f: f"{f.planted_left}/{f.planted}"),
    ("worst", lambda f: _worst(f, "/")),
    ("k", lambda f: str(min(f.worst_k)) if f.worst_k else "refused" if f.refused else "-"),
    ("shared", lambda f: str(f.shared)),
    ("words", lambda f: _percent(f.unchanged)),
    ("acts", lambda f: _percent(f.acts_unchanged)),
)
"""The same, so short that a session is one line."""
_HEADS = (
    "found: direct identifiers, by entity, before stand-ins go in; left: of all in the sample; alike: its stand-in "
    "resembles it; planted: facts left; worst: of whom most other facts stand; k: of the worst person; shared: "
    "stand-ins, by two samples; words, acts: unchanged."
)
