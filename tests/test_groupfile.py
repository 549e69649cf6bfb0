"""The group file is read strictly, and its messages hold no name and no fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.domain import FactSource, Part2, Role
from assistant.errors import ConsentError, GroupFileError
from assistant.groupfile import read_group, require_recording_consent

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """
[group]
name = "Thursday group"
kind = "psychotherapy"
part2 = "yes"
[[people]]
id = "f"
role = "facilitator"
name = "Zebedee Quillfeather"
[people.consent]
recording = 2026-01-10
[[people]]
id = "m1"
role = "member"
name = "Ottoline Marrowby"
aliases = ["Otty"]
[people.consent]
recording = 2026-01-10
voiceprint = 2026-01-11
training = false
[[facts]]
owner = "m1"
text = "keeps a zebra lamp"
source = "phone"
known_to = ["f"]
"""


def written(folder: Path, text: str) -> Path:
    """Write a group file and return its path."""
    path = folder / "group.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_everything_in_the_file_is_in_the_group(tmp_path: Path) -> None:
    """Every declared key arrives."""
    group = read_group(written(tmp_path, GOOD))

    assert group.part2 is Part2.YES
    assert [(p.id, p.role) for p in group.people] == [("f", Role.FACILITATOR), ("m1", Role.MEMBER)]
    assert group.people[1].aliases == ("Otty",)
    assert group.people[1].consent.training is None
    assert group.facts[0].source is FactSource.PHONE
    assert group.facts[0].known_to == ("f",)
    assert group.id is None


def test_a_group_may_have_an_id(tmp_path: Path) -> None:
    """It stays when the name changes."""
    assert (
        read_group(written(tmp_path, GOOD.replace("[group]", '[group]\nid = "thu-recovery"', 1))).id == "thu-recovery"
    )


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('kind = "psychotherapy"', 'kindd = "psychotherapy"', "unknown key 'kindd'; did you mean 'kind'?"),
        ('role = "member"', 'role = "guest"', "'role' must be one of facilitator, member"),
        ('id = "m1"', 'id = "f"', "persons 1 and 2 have the same id"),
        ("Ottoline Marrowby", "zebedee  quillfeather", "persons 1 and 2 have the same name"),
        ('owner = "m1"', 'owner = "m9"', "'m9' is not the id of anybody"),
        ('aliases = ["Otty"]', 'voice = "clip.flac"', "the voice clip clip.flac does not exist"),
        ('id = "m1"', 'id = "m 1"', "'id' may hold letters"),
        ("recording = 2026-01-10\nvoiceprint", 'recording = "soon"\nvoiceprint', "'recording' must be a date"),
        ('part2 = "yes"', 'part2 = "perhaps"', "'part2' must be one of yes, no, unknown"),
        ('role = "member"', 'role = "member"\npresent = false', "no member is present"),
        ("[group]", "[group", "not valid TOML"),
        ('name = "Ottoline Marrowby"', "", "'name' is missing"),
        ("[group]", '[group]\nid = "Thu Ottoline"', "[group]: 'id' may hold letters"),
        ("[group]", '[group]\nid = ""', "[group]: 'id' may hold letters"),
        ("training = false", "trainning = false", "did you mean 'training'?"),
    ],
)
def test_a_wrong_file_is_refused_in_one_line_without_a_name_or_a_fact(
    tmp_path: Path, before: str, after: str, told: str
) -> None:
    """Each mistake is named with what to do, and no name or fact of the file is repeated."""
    assert before in GOOD
    path = written(tmp_path, GOOD.replace(before, after, 1))

    with pytest.raises(GroupFileError) as refusal:
        read_group(path)

    message = str(refusal.value)
    assert told in message
    assert "\n" not in message
    for secret in ("Quillfeather", "Ottoline", "Marrowby", "Otty", "zebra", "quillfeather"):
        assert secret not in message


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The path that the user typed is in the message."""
    with pytest.raises(GroupFileError, match="does not exist"):
        read_group(tmp_path / "nowhere.toml")


def test_nobody_is_recorded_without_consent(tmp_path: Path) -> None:
    """One person present without consent stops everything; the message names the id only."""
    group = read_group(written(tmp_path, GOOD.replace("recording = 2026-01-10\nvoiceprint", "voiceprint", 1)))

    with pytest.raises(ConsentError, match="m1") as refusal:
        require_recording_consent(group, "group file")
    assert "Marrowby" not in str(refusal.value)


def test_a_withdrawn_consent_is_no_consent(tmp_path: Path) -> None:
    """Withdrawal goes before the date on which consent was given."""
    text = GOOD.replace("training = false", "training = false\nwithdrawn_at = 2026-02-01")

    with pytest.raises(ConsentError):
        require_recording_consent(read_group(written(tmp_path, text)), "group file")


def test_names_and_facts_are_not_in_a_repr(tmp_path: Path) -> None:
    """A traceback or a log line that shows the group shows nobody."""
    shown = repr(read_group(written(tmp_path, GOOD)))

    for secret in ("Quillfeather", "Ottoline", "Otty", "zebra"):
        assert secret not in shown
