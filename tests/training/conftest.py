"""Builds small samples by hand: who says what, and what is told of whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from assistant.domain import SAMPLE_RATE, Role
from assistant.training.material import (
    Invented,
    Part,
    Profiled,
    QuasiIdentifier,
    Sample,
    SampleProfile,
    SampleTurn,
)
from assistant.training.population import Population, read_population

SampleBuilder = Callable[..., Sample]

FACILITATOR = "Facilitator"


def sample_of(
    said: Sequence[tuple[str, str]],
    told: Mapping[str, Mapping[str, str]] | None = None,
    names: Mapping[str, str] | None = None,
) -> Sample:
    """Return a sample.

    Args:
        said: Label and words of every turn.
        told: Attribute and value by label.
        names: Stand-in by label; the label itself by default.
    """
    told, names = told or {}, names or {}
    labels = dict.fromkeys([*(label for label, _ in said), *names])
    parts = tuple(
        Part(
            label,
            names.get(label, label),
            Role.FACILITATOR if label == FACILITATOR else Role.MEMBER,
            label != FACILITATOR,
        )
        for label in sorted(labels)
    )
    turns = tuple(
        SampleTurn(number, label, number * SAMPLE_RATE, (number + 1) * SAMPLE_RATE, text, len(text.split()), 0)
        for number, (label, text) in enumerate(said, start=1)
    )
    people = tuple(
        Profiled(label, tuple(QuasiIdentifier(attribute, value) for attribute, value in values.items()))
        for label, values in told.items()
    )
    invented = frozenset(word.lower() for name in names.values() for word in name.split())
    return Sample(
        profile=SampleProfile.GDPR,
        parts=parts,
        turns=turns,
        people=people,
        duration=(len(turns) + 1) * SAMPLE_RATE,
        invented=Invented(invented),
        emptied=0,
        left_out=0,
    )


@pytest.fixture(name="sample_of")
def _sample_of() -> SampleBuilder:
    """The builder, as a fixture: the test files are no package."""
    return sample_of


@pytest.fixture(scope="session")
def population() -> Population:
    """The table that ships."""
    return read_population()
