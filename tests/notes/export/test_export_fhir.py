"""A FHIR bundle validates, is about one patient, says how closely it is kept, and links no two charts."""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from fhir.resources.R4B.bundle import Bundle

from assistant.domain import Part2
from assistant.errors import OutputError
from assistant.handout import FileKind, Recipient, ReleaseConsent
from assistant.notes import sentences as say
from assistant.notes.document import Document, DocumentLine, DocumentPart, LineKind
from assistant.notes.export import write
from assistant.notes.export.fhir_file import validate
from assistant.notes.export.fhir_rules import check_bundle

if TYPE_CHECKING:
    from collections.abc import Callable

AT = dt.datetime(2026, 1, 16, 9, 0, tzinfo=dt.UTC)


def bundle_of(
    document: Document,
    recipient: Recipient = Recipient.RECORD,
    part2: Part2 = Part2.UNKNOWN,
    consent: ReleaseConsent | None = None,
) -> dict[str, Any]:
    """Return the bundle as JSON."""
    data = write(document, FileKind.FHIR, recipient=recipient, part2=part2, at=AT, consent=consent)
    bundle: dict[str, Any] = json.loads(data)
    return bundle


def resources(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """Return the resources of a kind."""
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]


@pytest.mark.parametrize("signed", [True, False], ids=["signed", "draft"])
@pytest.mark.parametrize("part2", Part2)
def test_the_bundle_validates(part2: Part2, signed: bool, make: Callable[..., Document]) -> None:
    """By the models of FHIR, from the finished bytes, with every resource that a note calls for."""
    bundle = bundle_of(make(signed=signed, part2=part2), part2=part2)

    Bundle.model_validate(bundle)
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    assert kinds[0] == "Composition"
    assert {"Composition", "Patient", "Device", "DocumentReference", "Provenance", "AuditEvent"} <= set(kinds)
    assert (bundle["type"], bundle["timestamp"]) == ("document", "2026-01-16T09:00:00Z")
    assert resources(bundle, "Composition")[0]["status"] == ("final" if signed else "preliminary")


def test_a_broken_bundle_does_not_validate(make: Callable[..., Document]) -> None:
    """The validation can fail, and then quotes nothing of what it read."""
    bundle = bundle_of(make())
    bundle["entry"][0]["resource"]["status"] = {"walrus ladder": 1}

    with pytest.raises(OutputError, match="does not validate") as refused:
        validate(bundle)
    assert "walrus" not in str(refused.value)
    assert refused.value.__suppress_context__


@pytest.mark.parametrize("part2", Part2)
def test_every_resource_bears_its_labels(part2: Part2, make: Callable[..., Document]) -> None:
    """Restricted, mental health; under Part 2, known or not, also substance use and the law by name."""
    bundle = bundle_of(make(part2=part2), part2=part2)
    law = set() if part2 is Part2.NO else {"ETH", "SUD", "42CFRPart2"}

    for one in (bundle, *(entry["resource"] for entry in bundle["entry"])):
        assert {label["code"] for label in one["meta"]["security"]} == {"R", "PSY"} | law
    for label in bundle["meta"]["security"]:
        assert label["system"].startswith("http://terminology.hl7.org/CodeSystem/v3-")


@pytest.mark.parametrize("code", ["R", "PSY", "42CFRPart2"])
def test_a_bundle_that_lacks_a_label_fails(code: str, make: Callable[..., Document]) -> None:
    """One resource without it is enough; ETH and SUD stand in for one another, one of them must be there."""
    bundle = bundle_of(make())
    check_bundle(bundle, Part2.UNKNOWN)
    for entry in bundle["entry"][2:3]:
        security = entry["resource"]["meta"]["security"]
        entry["resource"]["meta"]["security"] = [label for label in security if label["code"] != code]

    with pytest.raises(OutputError, match="does not say"):
        check_bundle(bundle, Part2.UNKNOWN)


def test_substance_use_is_said_in_one_of_two_ways(make: Callable[..., Document]) -> None:
    """Neither ETH nor SUD: refused."""
    bundle = bundle_of(make())
    for codes, passes in (({"ETH"}, True), ({"SUD"}, True), ({"ETH", "SUD"}, False)):
        less = copy.deepcopy(bundle)
        security = less["entry"][1]["resource"]["meta"]["security"]
        less["entry"][1]["resource"]["meta"]["security"] = [x for x in security if x["code"] not in codes]
        if passes:
            check_bundle(less, Part2.YES)
        else:
            with pytest.raises(OutputError, match="Part 2"):
                check_bundle(less, Part2.YES)


def _add(
    bundle: dict[str, Any], one: dict[str, Any], url: str = "urn:uuid:00000000-0000-4000-8000-000000000000"
) -> None:
    bundle["entry"].append({"fullUrl": url, "resource": {**one, "meta": bundle["meta"]}})


BREAKS: dict[str, Callable[[dict[str, Any]], object]] = {
    "two patients": lambda b: _add(b, {"resourceType": "Patient"}),
    "no patient": lambda b: b["entry"].pop(1),
    "a group": lambda b: _add(b, {"resourceType": "Group", "type": "person", "actual": True}),
    "something contained": lambda b: b["entry"][0]["resource"].update(contained=[{"resourceType": "Patient"}]),
    "somebody else": lambda b: b["entry"][0]["resource"].update(subject={"reference": b["entry"][2]["fullUrl"]}),
    "a patient elsewhere": lambda b: b["entry"][0]["resource"].update(subject={"reference": "Patient/12"}),
    "one address twice": lambda b: _add(b, {"resourceType": "Device"}, b["entry"][0]["fullUrl"]),
    "an address that stays": lambda b: _add(b, {"resourceType": "Device"}, "https://clinic.example/Device/1"),
    "no document": lambda b: b.update(type="collection"),
    "no composition first": lambda b: b["entry"].reverse(),
    "an entry without a resource": lambda b: b["entry"].append({"fullUrl": "urn:uuid:0"}),
}


@pytest.mark.parametrize("what", BREAKS)
def test_a_bundle_that_breaks_a_rule_fails(what: str, make: Callable[..., Document]) -> None:
    """One patient, no group, nothing contained, nobody else, no address that lasts."""
    bundle = bundle_of(make())
    check_bundle(bundle, Part2.UNKNOWN)
    BREAKS[what](bundle)

    with pytest.raises(OutputError, match="FHIR bundle"):
        check_bundle(bundle, Part2.UNKNOWN)


def test_two_exports_share_no_address(make: Callable[..., Document]) -> None:
    """Not even two of the same note: an id that came back would link charts."""
    first, second = (set(re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", json.dumps(bundle_of(make())))) for _ in range(2))

    assert len(first) > 8
    assert not first & second


def test_the_patient_is_named_only_where_the_note_is(make: Callable[..., Document]) -> None:
    """Else the patient is a random number."""
    assert resources(bundle_of(make()), "Patient")[0]["name"][0]["text"] == "Priscilla Okonkwo"
    assert "name" not in resources(bundle_of(make(named=False)), "Patient")[0]


def test_each_part_says_whose_it_is_and_who_wrote_it(make: Callable[..., Document]) -> None:
    """Group or individual part; the machine where it quotes and counts, the clinician where a hand wrote."""
    mixed = DocumentPart(
        "Data",
        (
            DocumentLine("Refusal skills.", LineKind.HAND, section=say.TOPIC),
            DocumentLine("I said no.", LineKind.SPEECH, section=say.SAID),
        ),
    )
    bundle = bundle_of(make(more=(mixed,)))
    urls = {entry["fullUrl"]: entry["resource"]["resourceType"] for entry in bundle["entry"]}
    sections = resources(bundle, "Composition")[0]["section"]

    said = {
        s["title"]: (s["code"]["text"], [urls[a["reference"]] for a in s["author"]]) for s in sections if "code" in s
    }
    assert said == {
        "Session": ("Group and individual part", ["Device"]),
        "Interventions": ("Group part", ["Practitioner"]),
        "What the member said": ("Individual part", ["Device"]),
        "Assessment": ("Individual part", ["Practitioner"]),
        "Plan": ("Individual part", ["Practitioner"]),
        "Data": ("Group and individual part", ["Practitioner", "Device"]),
    }


def test_the_draft_is_the_machines_and_the_signature_a_persons(make: Callable[..., Document]) -> None:
    """Provenance tells the two apart; only a signed note has somebody who signed."""
    signed, draft = (bundle_of(make(signed=signed)) for signed in (True, False))

    def roles(bundle: dict[str, Any]) -> list[list[str]]:
        agents = [one["agent"] for one in resources(bundle, "Provenance")]
        return [[agent["type"]["coding"][0]["code"] for agent in one] for one in agents]

    assert roles(signed) == [["assembler"], ["author", "legal"]]
    assert roles(draft) == [["assembler"], ["author"]]
    assert resources(signed, "Composition")[0]["attester"][0]["time"] == "2026-01-15T16:02:00Z"
    assert "attester" not in resources(draft, "Composition")[0]
    assert "name" not in resources(draft, "Practitioner")[0]


def test_a_consent_stands_in_the_bundle_without_a_word_of_its_paper(
    make: Callable[..., Document], consent: ReleaseConsent
) -> None:
    """Its rule, end and purposes as codes; its words stand once, in the notice. Without a consent there is none."""
    ending = replace(consent, expiry="", expires=dt.date(2026, 12, 31))
    bundle = bundle_of(make(consent=ending), Recipient.CLINICIAN, Part2.YES, ending)
    given = resources(bundle, "Consent")[0]

    assert given["policyRule"]["coding"][0]["code"] == "42CFRPart2"
    assert given["provision"]["period"] == {"end": "2026-12-31"}
    assert {one["code"] for one in given["provision"]["purpose"]} == {"TREAT", "HPAYMT"}
    assert "Harbour" not in json.dumps(given)
    assert "Harbour Street Clinic" in resources(bundle, "Composition")[0]["text"]["div"]
    assert resources(bundle_of(make()), "Consent") == []


@pytest.mark.parametrize(
    ("recipient", "purpose"),
    [(Recipient.RECORD, "TREAT"), (Recipient.CLINICIAN, "TREAT"), (Recipient.MEMBER, "PATRQT")],
)
def test_the_export_is_told_with_its_purpose(
    recipient: Recipient, purpose: str, make: Callable[..., Document], consent: ReleaseConsent
) -> None:
    """What was done and what for, and nobody by name: that stays in the program's own log."""
    given = consent if recipient is Recipient.CLINICIAN else None
    event = resources(bundle_of(make(consent=given), recipient, Part2.YES, given), "AuditEvent")[0]

    assert event["type"]["code"] == "110106"
    assert event["purposeOfEvent"][0]["coding"][0]["code"] == purpose
    assert event["agent"][0]["requestor"] is True
    assert "who" not in event["agent"][0]


def test_markup_in_a_line_is_text_in_the_narrative(make: Callable[..., Document]) -> None:
    """What was said with angle brackets is shown with them."""
    part = DocumentPart("Plan", (DocumentLine("<script>x</script> & ]]>", LineKind.HAND, section=say.PLAN),))
    div = resources(bundle_of(make(more=(part,))), "Composition")[0]["section"][-2]["text"]["div"]

    assert "<script" not in div
    assert "&lt;script&gt;x&lt;/script&gt; &amp; ]]&gt;" in div
