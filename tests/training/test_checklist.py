"""Only a checklist that a named person who did not run the session filled in and signed changes a sample's label."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import TYPE_CHECKING

import pytest

from assistant.errors import InputError
from assistant.training.checklist import QUESTIONS, STEPS, blank, label, read_checklist
from assistant.training.material import LABEL

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE_ID = "sample-0a1b2c3d"
TODAY = dt.date(2026, 3, 4)


def _signed() -> str:
    text = (
        blank(SAMPLE_ID).replace('name = ""', 'name = "Ada Reyes"').replace("# date = 2026-01-31", "date = 2026-03-03")
    )
    text = text.replace("ran_the_session = true", "ran_the_session = false")
    for step in STEPS:
        text = text.replace(f"{step} = false", f"{step} = true")
    for question in QUESTIONS:
        text = text.replace(f'{question} = ""', f'{question} = "no"')
    return text


def test_a_signed_checklist_changes_the_label(tmp_path: Path) -> None:
    """The label then names who signed and when."""
    path = tmp_path / "checklist.toml"
    path.write_text(_signed())

    signed = read_checklist(path, SAMPLE_ID, TODAY, not_by=["Ruth Ode"])

    assert "Ada Reyes" in label(SAMPLE_ID, signed)
    assert "2026-03-03" in label(SAMPLE_ID, signed)
    assert label(SAMPLE_ID) == label("sample-ffffffff", signed) == LABEL


def test_an_empty_checklist_signs_nothing(tmp_path: Path) -> None:
    """The form is valid TOML, and refused as it stands."""
    path = tmp_path / "checklist.toml"
    path.write_text(blank(SAMPLE_ID))

    assert tomllib.loads(blank(SAMPLE_ID))["sample"] == SAMPLE_ID
    with pytest.raises(InputError, match="not signed"):
        read_checklist(path, SAMPLE_ID, TODAY)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (SAMPLE_ID, "sample-ffffffff", "not for sample-0a1b2c3d"),
        ('"Ada Reyes"', '" "', "not signed"),
        ("date = 2026-03-03", "", "not signed"),
        ("2026-03-03", "2026-03-05", "future"),
        ("ran_the_session = false", "ran_the_session = true", "did not run"),
        ("ran_the_session = false", "", "did not run"),
        ('"Ada Reyes"', '"ruth ode"', "did not run"),
        ("searched_web = true", "searched_web = false", "searched_web"),
        ('linkability = "no"', 'linkability = "yes"', "linkability"),
        ('inference = "no"', "", "inference"),
        ('inference = "no"', 'inferrence = "no"', "inference"),
        ("[answers]", "[answers", "not valid TOML"),
    ],
)
def test_whatever_is_missing_leaves_the_label(before: str, after: str, message: str, tmp_path: Path) -> None:
    """One line that says what is missing, and no name in it."""
    path = tmp_path / "checklist.toml"
    text = _signed()
    assert before in text
    path.write_text(text.replace(before, after))

    with pytest.raises(InputError, match=message) as refused:
        read_checklist(path, SAMPLE_ID, TODAY, not_by=["Ruth Ode"])
    assert "Ada" not in str(refused.value)
    assert "ode" not in str(refused.value).split()
