"""The forty utterances of the domain notes: every tagged fact goes to its owner, as written and without capitals."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant.domain import FactSource, Group, KnownFact, Part2, Person, PersonId, Role
from assistant.privacy.nlp import Language
from assistant.privacy.release import release

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.privacy.conftest import Talk

pytestmark = pytest.mark.models

TABLE: dict[str, Any] = tomllib.loads((Path(__file__).parent.parent / "utterances.toml").read_text(encoding="utf-8"))
ROWS = [row for row in TABLE["rows"] if not row.get("typed")]
KEPT_OUT = {6, 12, 13, 15, 17, 20, 38}
"""Rows of which nothing may enter their own speaker's note: asked not to, about others, named others."""
KEPT_IN = {
    18: "I can't go in a nursery.",
    19: "Two DUIs and counting.",
    28: "This job is killing me.",
    30: "Ten years ago I took a bottle of pills, never again.",
    35: "I wish I could go to sleep and not wake up.",
}


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s']", " ", text).lower().split())


@pytest.fixture(scope="module")
def table_talk(models_root: Path, new_talk: Callable[[], Talk]) -> Callable[[], Talk]:
    """Makes empty sessions of the table's own group."""
    people = tuple(
        Person(PersonId(p["id"]), Role(p["role"]), p["name"], present=p.get("present", True)) for p in TABLE["people"]
    )
    facts = tuple(KnownFact(PersonId(f["owner"]), f["text"], FactSource(f["source"])) for f in TABLE["facts"])
    group = Group("forty", "psychotherapy", Part2.UNKNOWN, people, facts)
    language = Language(models_root / "spacy-en-md", [p.name for p in people])

    def make() -> Talk:
        talk = new_talk()
        talk.group, talk.language = group, language
        return talk

    return make


@pytest.mark.parametrize("written", [True, False], ids=["written", "plain"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["number"]))
def test_owner_of_every_tag(table_talk: Callable[[], Talk], row: dict[str, Any], written: bool) -> None:
    """The owner is the table's."""
    text = row["words"] if written else _plain(row["words"])
    tags = [(t["text"] if written else _plain(t["text"]), t["types"][0], t["owner"]) for t in row.get("tags", [])]
    reading = table_talk().say(row["speaker"], text, *[(surface, kind) for surface, kind, _ in tags])
    found = {d.span.of(text).lower(): d.owner.code or "" for d in reading.findings.disclosures}
    assert found == {surface.lower(): owner for surface, _, owner in tags}


@pytest.mark.parametrize(
    "row", [r for r in ROWS if r["number"] in KEPT_OUT | set(KEPT_IN)], ids=lambda r: str(r["number"])
)
def test_what_the_speakers_note_carries(table_talk: Callable[[], Talk], row: dict[str, Any]) -> None:
    """Rows about others leave no line; rows of the speaker's own keep their own part."""
    talk = table_talk()
    talk.say(row["speaker"], row["words"], *[(t["text"], t["types"][0]) for t in row.get("tags", [])])
    lines = [line.text for line in release(talk.readings, PersonId(row["speaker"]), talk.group).lines]
    assert lines == ([KEPT_IN[row["number"]]] if row["number"] in KEPT_IN else [])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["number"]))
def test_an_unknown_voice_enters_no_note(table_talk: Callable[[], Talk], row: dict[str, Any]) -> None:
    """With the speaker unknown no row gives anybody a line."""
    talk = table_talk()
    talk.say(None, row["words"], *[(t["text"], t["types"][0]) for t in row.get("tags", [])])
    assert all(release(talk.readings, p.id, talk.group).lines == () for p in talk.group.members_present)
