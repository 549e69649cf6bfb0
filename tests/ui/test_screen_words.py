"""No text of the screen states a duty, a grade or a conclusion (domain rules 6.1, 6.3 and 6.6)."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import assistant.ui
from assistant.domain import AlertKind, TombstoneReason
from assistant.live.view import Phase
from assistant.ui.wording import CONSENT_SENTENCE, GONE, PHASES, REVEALED, TERSE

ROOM = Path(assistant.ui.__file__).parent
FORBIDDEN = re.compile(
    r"you (must|are required to) report|no duty|not reportable|low risk|no risk|score", re.IGNORECASE
)


def texts(path: Path) -> list[str]:
    """Return every string of a file but its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]


@pytest.mark.parametrize("path", sorted(ROOM.rglob("*.py")), ids=lambda path: path.name)
def test_no_text_states_a_duty_or_a_grade(path: Path) -> None:
    """Every string of the room, docstrings left out."""
    assert [text for text in texts(path) if FORBIDDEN.search(text)] == []


def test_the_pattern_finds_what_it_must() -> None:
    """The test above can fail."""
    assert all(FORBIDDEN.search(text) for text in ("You must report this", "Low risk", "a score of 4", "no duty here"))


def test_every_kind_state_and_gap_has_words() -> None:
    """Nothing new is shown as an empty place."""
    assert set(TERSE) == set(REVEALED) == set(AlertKind)
    assert set(PHASES) == set(Phase)
    assert set(GONE) == set(TombstoneReason)


def test_terse_words_do_not_tell_whom_or_what() -> None:
    """Over a shoulder nobody reads of harm, of oneself or of a child."""
    for word in TERSE.values():
        assert not re.search(r"self|suicid|harm|abuse|child|kill", word)


def test_the_consent_sentence_is_about_15_seconds_and_says_what_it_must() -> None:
    """What is captured, local only, what the program is for, that it can be taken back (domain rule 5.1)."""
    assert 35 <= len(CONSENT_SENTENCE.split()) <= 65
    for words in ("recorded", "this laptop only", "program", "notes", "deleted", "take this back at any time"):
        assert words in CONSENT_SENTENCE
