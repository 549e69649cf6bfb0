"""What is taken out of a clause is gone, and what stays still reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Span
from assistant.errors import RedactionError
from assistant.privacy.redaction import Edit, prove_gone, redacted, rewrite, tidy
from assistant.privacy.words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = st.sampled_from(["Rafael", "Keisha", "Sunniva", "Blythe", "Zoë", "O'Hara"])
CASINGS = st.sampled_from([str.lower, str.upper, str.title, str.swapcase, str.strip])


def _span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def test_edits_are_applied_inside_the_clause() -> None:
    """Every span gets its replacement, adjacent ones too, and the rest is untouched."""
    text = "Well. Otto Otto lives at Elm Row with me."
    clause = Span(6, len(text))
    first, second = Span(6, 10), Span(11, 15)
    edits = [Edit(second, "someone"), Edit(first, "he and"), Edit(_span(text, "Elm Row"), "[address]")]
    assert rewrite(text, clause, edits) == "he and someone lives at [address] with me."


def test_overlapping_edits_take_the_wider_stretch() -> None:
    """Two edits over the same words leave none of them."""
    text = "I live at nine Elm Row now"
    edits = [Edit(_span(text, "nine Elm"), "[number]"), Edit(_span(text, "nine Elm Row"), "[address]")]
    assert rewrite(text, Span(0, len(text)), edits) == "I live at [address] now"


def test_an_edit_outside_its_clause_is_refused() -> None:
    """A span that reaches out of the clause cannot be proved, so the clause is withheld."""
    with pytest.raises(RedactionError):
        rewrite("I saw Otto there", Span(0, 8), [Edit(Span(6, 10), "someone")])


def test_a_second_mention_of_a_secret_is_refused() -> None:
    """What one edit takes out may not stand elsewhere in the clause, in any casing, possessive or plural."""
    for text in ("Otto and otto", "Otto and OTTO's boy", "Otto and the Ottos"):
        with pytest.raises(RedactionError) as caught:
            rewrite(text, Span(0, len(text)), [Edit(Span(0, 4), "someone")])
        assert "tto" not in str(caught.value)


@given(
    name=NAMES,
    casing=CASINGS,
    before=st.sampled_from(["", "I met ", "(", "um, "]),
    after=st.sampled_from(["", "'s", "\u2019s", ".", ", no"]),
)
def test_a_name_is_found_however_it_is_written(
    name: str, casing: Callable[[str], str], before: str, after: str
) -> None:
    """No casing, accent, punctuation or possessive hides a name from the last check."""
    with pytest.raises(RedactionError):
        prove_gone(f"{before}{casing(name)}{after}", [name])


def test_a_word_that_holds_a_name_is_no_name() -> None:
    """Only whole words count: "Al" is not in "also"."""
    prove_gone("I also walked home", ["Al"])


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("um, I, I slept, uh, badly", "I slept badly."),
        ("so I was with a, with a friend,", "I was with a friend."),
        ("And I quit, like, twice too", "I quit twice."),
        ("i was scared either", "I was scared."),
        ("but my son, , he left", "My son, he left."),
        ("I know. well, i'm fine", "I know. I'm fine."),
        ("um", ""),
    ],
)
def test_tidy(said: str, read: str) -> None:
    """Fillers, stutters and loose joints go; capitals and a full stop come; content words stay."""
    assert tidy(said) == read


@given(st.text(alphabet="abcXYZ ,.'?!-é", max_size=60))
def test_tidy_adds_no_word(text: str) -> None:
    """Tidying never makes up a word."""
    made = {w.lower for w in words_of(tidy(text))}
    assert made <= {w.lower for w in words_of(text)}


def test_a_line_with_a_forbidden_name_is_refused() -> None:
    """The finished line is checked again as a whole."""
    with pytest.raises(RedactionError):
        redacted(["I slept.", "I rang keisha."], ["Keisha"])
    assert redacted(["i slept, ", "and my dad left"], ["Keisha"]) == "I slept. My dad left."
