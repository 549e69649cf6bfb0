"""The risk report as one page: self-contained, no script, nothing loaded from anywhere, for a screen or for paper."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from assistant.training.checklist import QUESTIONS, STEPS, label
from assistant.training.report import answers, sections, still_to_check

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from assistant.training.checklist import Checklist
    from assistant.training.report import Row, Section
    from assistant.training.risk import PersonRisk, RiskReport

_WIDTH: Final = 140
_STYLE: Final = """
:root{color-scheme:light dark;--ink:#1c1f24;--paper:#fff;--faint:#5c6470;--line:#d5d9df;--bar:#3b6ea5;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--ink:#e6e8eb;--paper:#16181c;--faint:#a0a7b1;--line:#363b43;--bar:#7fb0e6;
--bad:#ff8a80}}
*{box-sizing:border-box}body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);
max-width:60rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.5rem;margin:.2rem 0}h2{font-size:1.15rem;margin:2rem 0 .4rem}
.label{border:2px solid var(--bad);color:var(--bad);padding:.3rem .7rem;font-weight:600;display:inline-block}
.verdict{border-left:.3rem solid var(--bar);padding:.4rem .8rem}.refused{border-color:var(--bad)}
table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;vertical-align:top;padding:.3rem .5rem;
border-bottom:1px solid var(--line)}th{color:var(--faint);font-weight:600}
section.sign td:last-child{white-space:nowrap}td:first-child{min-width:5.8rem}dt{margin-top:.6rem}dd{margin-left:1.5rem}
@media screen and (max-width:45rem){table{display:block;overflow-x:auto}}
tr.bad td:first-child{font-weight:700;color:var(--bad)}p.note{color:var(--faint);font-size:.85rem}
rect.bar{fill:var(--bar)}tr.bad rect.bar{fill:var(--bad)}rect.all{fill:var(--line)}
.box{display:inline-block;width:1rem;height:1rem;border:1px solid var(--ink)}.write{border-bottom:1px solid var(--ink);
display:inline-block;min-width:16rem}
@media print{:root{--ink:#000;--paper:#fff;--faint:#333;--line:#999}body{max-width:none;padding:0;font-size:11pt}
h2{break-after:avoid}tr,li{break-inside:avoid}.sign{break-before:page}}
"""


def page(report: RiskReport, sample_id: str, made_on: dt.date, signed: Checklist | None = None) -> str:
    """Return the report as HTML.

    Args:
        report: What was found.
        sample_id: Opaque name of the sample.
        made_on: The day on which the sample was made, not that of the session.
        signed: A checklist signed for this sample, if there is one.
    """
    called = label(sample_id, signed)
    return "".join(
        (
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>Risk report, {escape(sample_id)}</title><style>{_STYLE}</style></head><body>\n",
            f'<p class="label">{escape(called)}</p>\n<h1>Risk report, {escape(sample_id)}</h1>\n',
            f"<p>Profile {escape(report.profile)}, made on {made_on.isoformat()}.</p>\n",
            _verdict(report),
            *_answered(report),
            *_each_person(report.people),
            *(part for section in sections(report) for part in _section(section)),
            _list("What a person must still check", still_to_check(report)),
            _list("What the shares rest on", report.sources),
            *_to_sign(sample_id),
            "</body></html>\n",
        )
    )


def _verdict(report: RiskReport) -> str:
    if report.refused:
        text = report.refusal()
        return f'<p class="verdict refused">{escape(text[0].upper() + text[1:])}.</p>\n'
    return (
        f'<p class="verdict">The worst person is {escape(report.worst.label)}: k = {report.worst.k:,}, '
        f"{report.least} are needed. No sample is safer than its worst person.</p>\n"
    )


def _answered(report: RiskReport) -> Iterator[str]:
    yield "<h2>The three questions (WP216)</h2>\n<dl>"
    for answer in answers(report):
        yield f"<dt><strong>{escape(answer.question)}</strong></dt>"
        yield from (f"<dd>{escape(line)}</dd>" for line in answer.figures)
    yield "</dl>\n"


def _each_person(people: Iterable[PersonRisk]) -> Iterator[str]:
    yield "<h2>What is left of each, the worst first</h2>\n<table>"
    yield "<tr><th></th><th>told</th><th>rare words that stand once</th></tr>\n"
    for person in people:
        told = "; ".join(f"{what.attribute}: {what.value}" for what in person.left) or "nothing"
        yield f"<tr{_bad(flag=bool(person.coarsen))}><td>{escape(person.label)}</td><td>{escape(told)}</td>"
        yield f"<td>{escape(', '.join(person.once)) or '-'}</td></tr>\n"
    yield "</table>\n"


def _section(section: Section) -> Iterator[str]:
    bars = any(row.bar is not None for row in section.rows)
    yield f"<h2>{escape(section.title)}</h2>\n<table><tr>"
    yield "".join(f"<th>{escape(head)}</th>" for head in section.head) + ("<th></th>" if bars else "") + "</tr>\n"
    yield from (_row(row, bars=bars) for row in section.rows)
    yield f'</table>\n<p class="note">{escape(section.note)}</p>\n'


def _row(row: Row, *, bars: bool) -> str:
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in row.cells)
    drawn = f"<td>{'' if row.bar is None else _bar(row.bar)}</td>" if bars else ""
    return f"<tr{_bad(flag=row.bad)}>{cells}{drawn}</tr>\n"


def _bar(share: float) -> str:
    length = round(max(0.0, min(1.0, share)) * _WIDTH, 1)
    return (
        f'<svg role="img" aria-label="{share:.0%}" width="{_WIDTH}" height="12" viewBox="0 0 {_WIDTH} 12">'
        f'<rect class="all" width="{_WIDTH}" height="12"/><rect class="bar" width="{length}" height="12"/></svg>'
    )


def _list(title: str, lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<h2>{escape(title)}</h2>\n<ul>{items}</ul>\n"


def _to_sign(sample_id: str) -> Iterator[str]:
    box = '<span class="box"></span>'
    yield '<section class="sign"><h2>Intruder checklist</h2>\n'
    yield f"<p>For {escape(sample_id)}. To be signed by a person who did not run the session.</p>\n<table>"
    yield from (f"<tr><td>{escape(step)}</td><td>{box} tried</td></tr>\n" for step in STEPS.values())
    yield from (f"<tr><td>{escape(text)}</td><td>{box} yes {box} no</td></tr>\n" for text in QUESTIONS.values())
    yield f"<tr><td>I did not run the session.</td><td>{box}</td></tr></table>\n"
    yield '<p>Name <span class="write">&nbsp;</span></p><p>Date <span class="write">&nbsp;</span></p>'
    yield '<p>Signature <span class="write">&nbsp;</span></p></section>\n'


def _bad(*, flag: bool) -> str:
    return ' class="bad"' if flag else ""
