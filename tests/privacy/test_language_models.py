"""The language pipeline, Presidio and Rampart speak of the original text, stay quiet, and fail where they must."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import DisclosureType
from assistant.errors import DetectionError, ModelError
from assistant.privacy.dictionary import Dictionary
from assistant.privacy.nlp import LONGEST_TEXT, Language
from assistant.privacy.parse import Parse
from assistant.privacy.presidio import Presidio
from assistant.privacy.rampart import WINDOW_CHARACTERS, Rampart, windows
from assistant.privacy.truecase import Truecaser, lacks_capitals
from assistant.privacy.words import straighten

if TYPE_CHECKING:
    from pathlib import Path

_TRUECASER = Truecaser(["Yesenia Quiroga", "Hope Barlow"], Dictionary(["say", "hope", "street", "be"]))


@pytest.fixture(scope="module")
def language(models_root: Path) -> Language:
    """Loaded once."""
    return Language(models_root / "spacy-en-md", ["Yesenia Quiroga", "Hope Barlow"])


@pytest.fixture(scope="module")
def presidio(language: Language) -> Presidio:
    """Loaded once."""
    return Presidio(language)


@given(st.text(max_size=100))
def test_truecasing_keeps_every_letter_in_its_place(text: str) -> None:
    """As long as the original, and the same but for case and apostrophes."""
    cased = _TRUECASER.truecase(text)
    assert len(cased) == len(text)
    assert straighten(cased).casefold() == straighten(text).casefold() or lacks_capitals(text)


@pytest.mark.parametrize(
    ("text", "cased"),
    [
        ("i said i'm yesenia quiroga", "I said I'm Yesenia Quiroga"),
        ("i hope it will be fine", "I hope it will be fine"),
        ("it's like hope said", "It's like Hope said"),
        ("I hope so. Well, it's fine.", "I hope so. Well, it's fine."),
    ],
)
def test_capitals_come_where_names_stand(text: str, cased: str) -> None:
    """Roster names and "I"; a plain word keeps its case; cased text is not touched."""
    knowing = Truecaser(
        ["Yesenia Quiroga", "Hope Barlow"],
        Dictionary(["so", "like", "fine", "say", "said", "hope", "it", "will", "be", "well"]),
    )
    assert knowing.truecase(text) == cased


@pytest.mark.models
@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "😀😀 hi i'm dario 👩‍👩‍👧 from leeds",
        "I\u2019m Dario\u200b, from\u00a0Leeds…",
        "\uff39\uff25\uff33 \ufb01ne",
        "\n\t.",
        "ß İstanbul ŒUVRE",
    ],
)
def test_tokens_and_entities_stand_in_the_original(language: Language, text: str) -> None:
    """Every token's text is what stands at its span, emojis and odd letters notwithstanding."""
    parse = language.parse(text)
    assert parse.text == text
    assert all(t.span.of(text) == t.text for t in parse.tokens)
    assert all(e.span.of(text).strip() for e in parse.entities)
    assert [t.index for t in parse.tokens] == list(range(len(parse.tokens)))


@pytest.mark.models
def test_lower_case_names_are_seen(language: Language) -> None:
    """Truecasing lets the pipeline see the people and the town."""
    parse = language.parse("i'm staying with my brother dario in leeds")
    assert {e.span.of(parse.text) for e in parse.entities} >= {"dario", "leeds"}


@pytest.mark.models
def test_a_text_too_long_is_refused_without_a_word_of_it(language: Language) -> None:
    """The message counts characters and quotes none."""
    with pytest.raises(DetectionError, match="too long") as caught:
        language.parse("secret " * LONGEST_TEXT)
    assert "secret" not in str(caught.value)


def test_a_missing_pipeline_says_what_to_do(tmp_path: Path) -> None:
    """One line with the command; nothing is fetched."""
    with pytest.raises(ModelError, match="assistant models install"):
        Language(tmp_path)


@pytest.mark.models
def test_presidio_finds_numbers_and_organisations_and_says_nothing(
    presidio: Presidio, language: Language, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Patterns and organisations, with no line on any stream or log."""
    with caplog.at_level(logging.DEBUG):
        found = presidio.detect(
            language.parse("Call Ines Moreau of Danube Airlines at 212-555-0142 or ines@example.com")
        )
    assert {m.type for m in found} >= {DisclosureType.PERSON, DisclosureType.PHONE, DisclosureType.EMAIL}
    assert capfd.readouterr() == ("", "")
    assert not [r for r in caplog.records if "Ines" in r.getMessage()]


@pytest.mark.models
def test_a_pattern_that_was_skipped_is_a_failure(presidio: Presidio, language: Language) -> None:
    """Presidio warns and goes on; here it withholds."""
    watch = presidio._watch

    class _Skipping:
        def analyze(self, *_: object, **__: object) -> list[object]:
            logging.getLogger("presidio-analyzer").warning(
                "Regex pattern '%s' timed out after %s seconds, skipping.", "x", 2
            )
            return []

    with pytest.raises(DetectionError, match="skipped a pattern"):
        presidio._analyse(_Skipping(), language.parse("hello there"), 0.4, frozenset())
    assert watch.timed_out


@pytest.mark.models
def test_presidio_as_shipped_leaves_organisations_standing(presidio: Presidio) -> None:
    """The yardstick behaves as the product does: names go, employers stay."""
    said = presidio.as_shipped("My name is Derek Morrison and I work for Microsoft in London.")
    assert "Derek" not in said
    assert "<PERSON>" in said
    assert "Microsoft" in said


@pytest.mark.models
def test_the_raw_scan_sees_what_is_weak(presidio: Presidio) -> None:
    """A low threshold, organisations and dates included."""
    kinds = {kind for _, _, kind, _ in presidio.raw_scan("Anna Petrov saw Microsoft on Tuesday, 212-555-0142")}
    assert kinds >= {"PERSON", "ORGANIZATION", "DATE_TIME", "PHONE_NUMBER"}


@pytest.mark.models
def test_rampart_snaps_to_words_and_reads_lower_case(models_root: Path) -> None:
    """Pieces of a name become the name, whatever its case."""
    rampart = Rampart(models_root / "rampart", lambda word: word in {"my", "name", "is", "i", "live", "in"})
    text = "my name is oluwaseun adeyemi i live in chattanooga"
    found = {m.span.of(text): m.type for m in rampart.detect(Parse(text, ()))}
    assert found.get("oluwaseun adeyemi") is DisclosureType.PERSON
    assert found.get("chattanooga") is DisclosureType.LOCATION


def test_a_damaged_rampart_says_what_to_do(tmp_path: Path) -> None:
    """One line with the command."""
    with pytest.raises(ModelError, match="assistant models verify"):
        Rampart(tmp_path, lambda _: True)


@settings(max_examples=50)
@given(st.text(alphabet=st.sampled_from("ab é😀 \n"), max_size=3 * WINDOW_CHARACTERS))
def test_windows_cover_every_character(text: str) -> None:
    """No window is too long and none leaves a gap."""
    covered: set[int] = set()
    for window in windows(text):
        assert 0 < len(window) <= WINDOW_CHARACTERS
        covered |= set(range(window.start, window.end))
    assert covered == set(range(len(text)))
