"""The risk report as plain rows: what a terminal prints and the page shows, in the same words.

A row holds labels, attributes and counts. What is told of somebody stands on the page alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assistant.training.linking import Attack, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.training.linking import Linked
    from assistant.training.risk import PersonRisk, RiskReport

LOCAL: Final = (
    "k counts the people of the catchment who are expected to fit what is left of somebody. It is local, not the "
    "population. It takes the attributes to be independent, which is an assumption: where two seldom go together (an "
    "age and small children, a region and a job), fewer people fit than it says."
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a section."""

    cells: tuple[str, ...]
    bar: float | None = None
    """Length of its bar, 0 to 1; None where it has none."""
    bad: bool = False
    """Whether it deserves the eye."""


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the report."""

    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the three questions of WP216, and what the figures say."""

    question: str
    figures: tuple[str, ...]


def sections(report: RiskReport) -> tuple[Section, ...]:
    """Return the report: people, single facts, linking, what was left out."""
    found = [_people(report), _facts(report)]
    if report.linked:
        found.append(_linking(report))
    return (*found, _left_out(report))


def answers(report: RiskReport) -> tuple[Answer, ...]:
    """Return the three questions of WP216 with figures in place of a yes or no, which a person has to say."""
    return (
        Answer("Singling out: can one person be told from all others?", tuple(_singling_out(report))),
        Answer("Linkability: can two records of one person be joined?", tuple(_linkability(report))),
        Answer("Inference: can something be learnt of a real person?", tuple(_inference(report))),
    )


def still_to_check(report: RiskReport) -> tuple[str, ...]:
    """Return what no program can see and a person has to."""
    words = sum(len(person.once) for person in report.people)
    numbers = _numbers(report.standing)
    standing = f"Turns that call somebody the only, first, last or most of a kind: {numbers}. Do they single out?"
    return (
        *((standing,) if report.standing else ()),
        f"{words} rare words stand once in the sample: does any of them name or give away somebody?",
        'A story that nobody marks as known (no news, no record, no "the only one") stands: does any make you stop?',
        "A story that the local paper told is known to its readers, whatever was taken out of it.",
        "Somebody who was in the room recognises everybody. So may a relative or a friend by a turn of phrase.",
        "Stand-ins keep the gender of a name and where it comes from: where few bear such names, that tells.",
        "What stands out by itself: an unusual voice in words, a dialect, a hobby, a joke, a rare illness.",
        "Never hand out two samples of one session, nor samples of several sessions of one group to the same people.",
        f"The shares describe {report.place}, {report.date.isoformat()}: do they fit where this group lives?",
    )


def bar(share: float, width: int = 20) -> str:
    """Return a bar for a terminal; what is above nothing shows at least a sliver."""
    eighths = round(max(0.0, min(1.0, share)) * width * 8)
    eighths = max(eighths, 1) if share > 0 else 0
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (" ▏▎▍▌▋▊▉"[rest] if rest else "")


def on_scale(k: float, catchment: int) -> float:
    """Return where k stands between 1 and the catchment, on a scale of powers of ten, 0 to 1."""
    return math.log10(max(1.0, k)) / math.log10(catchment) if catchment > 1 else 0.0


def _people(report: RiskReport) -> Section:
    return Section(
        "Who could be singled out, the worst first",
        ("", "k in the catchment", "fit in the group", "attributes left", "words that stand once", "make coarser"),
        tuple(_person(person, report) for person in report.people),
        f"{LOCAL} Catchment: {report.catchment:,}; a sample with k below {report.least} is refused. "
        f"Shares: {report.place}, {report.date.isoformat()}.",
    )


def _person(person: PersonRisk, report: RiskReport) -> Row:
    cells = (
        person.label,
        f"{person.k:,}",
        f"{person.in_group} of {len(report.people)}",
        ", ".join(dict.fromkeys(what.attribute for what in person.left)) or "none",
        str(len(person.once)),
        ", ".join(person.coarsen) or "-",
    )
    return Row(cells, on_scale(person.expected, report.catchment), bad=bool(person.coarsen))


def _facts(report: RiskReport) -> Section:
    rows = tuple(
        Row(
            (person.label, fact.what.attribute, str(fact.same), str(fact.open)),
            1 / (fact.same + fact.open),
            bad=fact.same == 1,
        )
        for person in report.people
        for fact in person.facts
    )
    return Section(
        "What an intruder finds who knows one thing",
        ("of", "knows", "people of whom it is told", "people of whom nothing is told"),
        rows,
        "Told of one person: whoever knows that one thing will take it to be them.",
    )


def _linking(report: RiskReport) -> Section:
    rows = tuple(
        Row(
            (
                str(linked.attack),
                str(linked.kind),
                f"{linked.rate:.0%}",
                f"{linked.interval[0]:.0%} to {linked.interval[1]:.0%}",
                f"{linked.chance:.0%}",
                "yes" if linked.better else "no",
                str(linked.pairs),
            ),
            linked.rate,
            bad=linked.better,
        )
        for linked in report.linked
    )
    return Section(
        "Linking one sample with another",
        ("the attacker looks at", "in", "right", "95 % interval", "chance", "better than chance", "pairs"),
        rows,
        "Stand-ins, letters, order and voices are drawn anew for every sample and must not link. What somebody says "
        "and how stays, because it is what is taught: it does link. Two samples of one session are the same talk. Two "
        "meetings are tried on the halves of this one: the less was said, the less shows; a whole meeting shows more.",
    )


def _left_out(report: RiskReport) -> Section:
    return Section(
        "What was left out or changed",
        ("", "count"),
        (
            Row(("turns in the sample", f"{report.turns:,}")),
            Row(("turns left out: no consent to training, or a reply with their content", f"{report.left_out:,}")),
            Row(("turns left out by number, with what echoes them", _numbers(report.less.asked))),
            Row(("turns emptied: something was still found in them", f"{report.emptied:,}")),
            Row(("stretches taken out: it happened to hardly anybody, or says so again", f"{report.less.unique:,}")),
            Row(("stretches taken out: the group file holds it of somebody", f"{report.less.known:,}")),
            Row(
                ("turns in which words of such a fact still stand together", _numbers(report.less.known_left)),
                bad=bool(report.less.known_left),
            ),
            *(
                Row((f"{step.label}: {step.attribute}, too few people fitted", step.how))
                for step in report.less.coarser
            ),
            Row(("words said in the turns that are here", f"{report.words:,}")),
            Row(("words that stand as said", f"{report.kept:.1%}"), report.kept),
        ),
    )


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers)) or "none"


def _singling_out(report: RiskReport) -> Iterator[str]:
    worst, everyone = report.worst, len(report.people)
    unique = sum(person.unique for person in report.people)
    verdict = "below" if worst.k < report.least else "at least"
    most = max(person.singled_out_by for person in report.people)
    yield f"In the group: {unique} of {everyone} people are unique by what is left of them."
    k = f"k = {worst.k:,} for the worst, {worst.label}, {verdict} {report.least}"
    yield f"In the catchment of {report.catchment:,}: {k}."
    yield f"By one thing known: up to {most} facts or rare words point to one person alone."


def _inference(report: RiskReport) -> Iterator[str]:
    most = max(report.people, key=lambda person: len(person.left))
    yield f"Whoever recognises somebody learns all that they say here: {report.kept:.0%} of the words stand as said."
    yield f"Most is left of {most.label}: {len(most.left)} attributes."
    yield f"{report.changed:,} of {report.words:,} words are others now, or gone."


def _linkability(report: RiskReport) -> Iterator[str]:
    if report.shared is not None:
        yield f"Stand-ins that two samples of this session share: {report.shared}."
    stand_ins = _row(report, Attack.STAND_INS, Kind.AGAIN)
    if stand_ins is not None:
        yield _sentence("Two samples of one session, by stand-ins, letters, order and voices", stand_ins)
    for attack in (Attack.TOLD, Attack.MANNER, Attack.WORDS):
        for kind in Kind:
            linked = _row(report, attack, kind)
            if linked is not None and linked.better:
                yield _sentence(f"{str(kind).capitalize()}, by {attack}", linked)
    if not report.linked:
        yield "No attack was run: nothing is known of it."


def _sentence(what: str, linked: Linked) -> str:
    low, high = linked.interval
    verdict = "better than chance" if linked.better else "no better than chance"
    return (
        f"{what}: {linked.rate:.0%} right ({low:.0%} to {high:.0%}) where chance gives {linked.chance:.0%}, {verdict}."
    )


def _row(report: RiskReport, attack: Attack, kind: Kind) -> Linked | None:
    return next((linked for linked in report.linked if (linked.attack, linked.kind) == (attack, kind)), None)
