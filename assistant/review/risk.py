"""Risk follow-up: the warnings of level A1, their exact words, and what a person said about each.

No score, no verdict: words, time, the site's own text, and in groups that may be under 42 CFR Part 2 its extra line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.decisions import AlertSettled, Place
from assistant.domain import AlertLevel, Span
from assistant.review.view import RiskView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.alerts.advice import Advice
    from assistant.domain import Alert, AlertKind, Entry, Resolution
    from assistant.review.keys import Keys
    from assistant.review.standing import Standing

PART2_KEY = ".part2"
"""What an advice key ends in where the extra line belongs to it; here that line stands on its own."""


def draw_risk(standing: Standing, advice: Advice, keys: Keys) -> tuple[RiskView, ...]:
    """Return the A1 alerts, the open ones first, each group by time."""
    views = [_view(standing, entry, alert, advice, keys) for entry, alert in alerts(standing)]
    return tuple(sorted(views, key=lambda view: (view.resolution is not None, view.at, view.key)))


def alerts(standing: Standing) -> Iterator[tuple[Entry, Alert]]:
    """Yield the A1 alerts of the session, one for each utterance and kind."""
    for entry in standing.entries:
        seen: set[AlertKind] = set()
        for alert in entry.alerts:
            if alert.level is AlertLevel.A1 and alert.kind not in seen:
                seen.add(alert.kind)
                yield entry, alert


def alert_place(standing: Standing, entry: Entry) -> Place:
    """Return the place by which an alert of an utterance is known: all of it, as it was at the close."""
    return standing.place(entry.utterance.id, Span(0, len(entry.utterance.text)))


def settled(standing: Standing, place: Place, kind: AlertKind) -> tuple[Resolution, str] | None:
    """Return how an alert was settled: in the review, else on the night; None: it is open."""
    for ruling in reversed(standing.standing):
        decided = ruling.decided
        if isinstance(decided, AlertSettled) and decided.kind is kind and _same(decided.place, place):
            return decided.resolution, decided.text
    for one in standing.stored.settlements:
        if one.utterance == place.utterance and one.kind is kind and one.resolution is not None:
            return one.resolution, one.text
    return None


def open_count(standing: Standing) -> int:
    """Return how many A1 alerts nobody settled."""
    return sum(settled(standing, alert_place(standing, e), a.kind) is None for e, a in alerts(standing))


def _same(one: Place, other: Place) -> bool:
    return one.utterance == other.utterance and one.span.overlaps(other.span)


def _view(standing: Standing, entry: Entry, alert: Alert, advice: Advice, keys: Keys) -> RiskView:
    place = alert_place(standing, entry)
    how = settled(standing, place, alert.kind)
    said = entry.utterance
    return RiskView(
        key=keys.of("risk", place, alert.kind),
        kind=alert.kind,
        level=alert.level,
        at=said.start,
        until=said.end,
        words=said.text,
        flagged=None if alert.span is None else (alert.span.start, alert.span.end),
        speaker=said.speaker,
        owner=alert.owner,
        advice=advice.texts.get(alert.advice.removesuffix(PART2_KEY), ""),
        part2_line=advice.part2_line if standing.part2 else "",
        resolution=None if how is None else how[0],
        text="" if how is None else how[1],
    )
