"""The machine file: everything about a session as JSON. Private: it holds all that was said.

Its shape is a contract that other programs rely on; it changes only by adding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.domain import FindingsStatus, UtteranceStatus, seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Alert, Disclosure, Draft, GateFinding, Note, Utterance, UtteranceId
    from assistant.pipeline.session import SessionResult
    from assistant.privacy.reading import Reading

Json = dict[str, Any]


def machine_file(result: SessionResult) -> Json:
    """Return the machine file of a processed session."""
    heard = result.heard
    held = sum(r.utterance.end - r.utterance.start for r in result.readings if _is_withheld(r))
    return {
        "session": {
            "id": result.session.id,
            "date": result.session.date.isoformat(),
            "source": result.source,
            "duration_s": _s(heard.duration),
            "models": [{"name": name, "sha256": digest} for name, digest in result.models],
        },
        "utterances": [_utterance(reading) for reading in result.readings],
        "alerts": [_alert(alert) for alert in result.alerts],
        "notes": {
            **{str(m): _note(d.note) for m, d in result.drafts.members.items() if not d.refused},
        },
        "gate": {str(m): [_finding(f) for f in d.findings] for m, d in result.drafts.members.items()},
        "group_note": _note(result.drafts.group),
        "group_gate": [_finding(f) for f in result.drafts.group_findings],
        "refused": list(result.drafts.refused),
        "withheld": {str(m): _withheld(d) for m, d in result.drafts.members.items()},
        "coverage": {
            "speech_s": _s(heard.speech),
            "attributed_s": _s(sum(u.end - u.start for u in heard.utterances if u.speaker is not None)),
            "withheld_s": _s(held),
            "unheard": [[_s(a), _s(b)] for a, b in heard.unheard],
            "gaps": [
                {"start": _s(g.first_sample), "end": _s(g.first_sample + g.samples), "reason": g.reason}
                for g in heard.gaps
            ],
        },
        "voices": {letter: _s(spoken) for letter, spoken in heard.voices},
    }


def _s(samples: int) -> float:
    return round(seconds(samples), 3)


def _is_withheld(reading: Reading) -> bool:
    utterance = reading.utterance
    return (
        utterance.speaker is None
        or utterance.status is not UtteranceStatus.CLEAR
        or reading.findings.status is FindingsStatus.WITHHELD
    )


def _utterance(reading: Reading) -> Json:
    utterance, attribution = reading.utterance, reading.utterance.attribution
    return {
        "id": utterance.id,
        "start": _s(utterance.start),
        "end": _s(utterance.end),
        "speaker": utterance.speaker,
        "speaker_score": round(attribution.score, 4),
        "speaker_margin": round(attribution.margin, 4),
        "voice": attribution.voice,
        "decided_by": attribution.decided_by,
        "status": utterance.status,
        "suspicions": list(utterance.suspicions),
        "text": utterance.text,
        "words": [_word(utterance, index) for index in range(len(utterance.words))],
        "disclosures": [_disclosure(d) for d in reading.findings.disclosures],
        "withheld": _is_withheld(reading),
        "failed_detectors": list(reading.findings.failed),
    }


def _word(utterance: Utterance, index: int) -> Json:
    word = utterance.words[index]
    return {
        "text": word.text,
        "start": _s(word.start),
        "end": _s(word.end),
        "probability": round(word.probability, 4),
        "speaker": word.speaker,
        "guess": word.guess if word.guess is not None else word.speaker,
    }


def _disclosure(disclosure: Disclosure) -> Json:
    return {
        "start": disclosure.span.start,
        "end": disclosure.span.end,
        "type": disclosure.type,
        "owner": disclosure.owner.code,
        "outsider_of": disclosure.owner.outsider_of,
        "basis": disclosure.basis,
        "why": disclosure.why,
        "extent": [disclosure.extent.start, disclosure.extent.end],
        "score": round(disclosure.mention.score, 4),
        "detector": disclosure.mention.detector,
        "reason": disclosure.mention.reason,
        "assertion": disclosure.assertion,
    }


def _alert(alert: Alert) -> Json:
    return {
        "utterance": alert.utterance,
        "rule": alert.rule,
        "kind": alert.kind,
        "level": alert.level,
        "owner": alert.owner,
        "span": None if alert.span is None else [alert.span.start, alert.span.end],
        "advice": alert.advice,
        "state": alert.state,
    }


def _note(note: Note) -> list[Json]:
    return [
        {"section": section.title, "text": line.text, "evidence": _evidence(line.evidence)}
        for section in note.sections
        for line in section.lines
    ]


def _evidence(ids: Sequence[UtteranceId]) -> list[str]:
    return [str(identifier) for identifier in ids]


def _finding(finding: GateFinding) -> Json:
    return {
        "section": finding.section,
        "line": finding.line,
        "rule": finding.rule,
        "whose": finding.whose,
        "severity": finding.severity,
    }


def _withheld(draft: Draft) -> list[Json]:
    return [
        {"utterance": w.utterance, "span": [w.span.start, w.span.end], "reason": w.reason}
        for w in draft.release.withheld
    ]
