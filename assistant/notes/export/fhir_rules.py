"""What no bundle may break and no validator knows: one patient, nothing contained, every label (``domain.md`` 9.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import Part2
from assistant.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.notes.export.fhir_codes import Json


def check_bundle(bundle: Json, part2: Part2) -> None:
    """Check a bundle as it stands in JSON.

    Raises:
        OutputError: It breaks a rule; the message says which.
    """
    entries = _list(bundle.get("entry"))
    resources = [one for one in (entry.get("resource") for entry in entries) if isinstance(one, dict)]
    kinds = [one.get("resourceType") for one in resources]
    urls = [entry.get("fullUrl") for entry in entries]
    pairs = list(_pairs(bundle))
    about = [one[key] for one in resources for key in ("subject", "patient") if key in one]
    patients = [{"reference": url} for url, kind in zip(urls, kinds, strict=False) if kind == "Patient"]
    rules = (
        (bundle.get("type") == "document" and kinds[:1] == ["Composition"], "it is no document with a composition"),
        (len(patients) == 1, "it does not hold exactly one patient"),
        ("Group" not in kinds and len(resources) == len(entries), "it lists a group, or an entry without a resource"),
        (all(key != "contained" for key, _ in pairs), "a resource holds another one, which bears no label (dom-5)"),
        (len(set(map(str, urls))) == len(urls), "two of its entries have one address"),
        (all(str(url).startswith("urn:uuid:") for url in urls), "an address in it is not random"),
        (all(url in urls for url in _references(pairs)), "it points at something that it does not hold"),
        (all(one == patients[0] for one in about if patients), "a resource in it is about somebody else"),
    )
    for holds, why in rules:
        if not holds:
            _refuse(why)
    for one in (bundle, *resources):
        _check_labels(one, part2)


def _references(pairs: list[tuple[str, object]]) -> list[str]:
    return [value for key, value in pairs if key == "reference" and isinstance(value, str)]


def _check_labels(resource: Json, part2: Part2) -> None:
    meta = resource.get("meta")
    labels = {label.get("code") for label in _list(meta.get("security") if isinstance(meta, dict) else None)}
    if not {"R", "PSY"} <= labels:
        _refuse("a resource of it does not say that it is restricted and of mental health")
    if part2 is not Part2.NO and not ({"ETH", "SUD"} & labels and "42CFRPart2" in labels):
        _refuse("a resource of it does not say that 42 CFR Part 2 applies")


def _list(value: object) -> list[dict[str, object]]:
    return value if isinstance(value, list) else []


def _pairs(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield key, below
            yield from _pairs(below)
    elif isinstance(value, list):
        for below in value:
            yield from _pairs(below)


def _refuse(why: str) -> None:
    raise OutputError(f"the FHIR bundle is not as it must be: {why}; nothing is written")
