"""What the evaluation says of a training sample: by entity, by the worst person, and what is left to teach with."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from assistant.domain import DisclosureType
from assistant.evaluation.facts import fact_book
from assistant.evaluation.survival import Survival
from assistant.evaluation.training_figures import Act, Rewritten, act, total, trace, words_kept
from assistant.evaluation.training_report import LinkRow, print_training, training_json, training_targets
from assistant.evaluation.training_shared import put_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.evaluation.gold import GoldSession
    from assistant.evaluation.training_figures import TrainingFigures

TURNS = [
    ("m1", "I'm [[PERSON:m1|Marcus Vale]], [[NICKNAME:m1|Marc]] to you."),
    ("m2", "Hi [[NICKNAME:m1|Marc]]. I take [[MEDICATION:m2|sertraline]] and I work at [[ORG:m2|Harlow Press]]."),
    ("m1", "I was off the [[SUBSTANCE:m1|vodka]] and on [[MEDICATION:m1|naltrexone]]."),
]
CLEAN = ["I'm Dalia Okoro, Dal to you.", "Hi Dal. I take sertraline and I work at Benton Mills.", "I was off it."]


@pytest.fixture
def traced(build_gold: Callable[..., GoldSession]) -> Callable[..., TrainingFigures]:
    """Traces a sample of the three turns."""

    def build(after: Sequence[str], blanked: Sequence[str] | None = None, **more: object) -> TrainingFigures:
        gold = build_gold(*TURNS, **({"facts": more.pop("facts")} if "facts" in more else {}))
        rows = [
            Rewritten(turn.text, text, blanked[turn.index] if blanked else None)
            for turn, text in zip(gold.turns, after, strict=True)
        ]
        return trace(gold, fact_book(gold), rows, **more)  # type: ignore[arg-type] # what a test adds

    return build


def test_a_clean_sample_has_nothing_direct_left(traced: Callable[..., TrainingFigures]) -> None:
    """All names of one person are one entity."""
    figures = traced(CLEAN)

    assert {fact.type for fact in figures.direct} == {DisclosureType.PERSON, DisclosureType.ORG}
    assert sum(fact.type is DisclosureType.PERSON for fact in figures.direct) == 1
    assert figures.recall == 1
    assert figures.direct_left == 0


def test_a_person_missed_once_is_missed(traced: Callable[..., TrainingFigures]) -> None:
    """One nickname in one turn of three, and the whole person counts as missed and left."""
    figures = traced([CLEAN[0], CLEAN[1].replace("Dal", "Marc"), CLEAN[2]])

    assert figures.recall == 0.5
    assert figures.direct_left == 1
    (missed,) = [fact for fact in figures.direct if fact.missed]
    assert missed.holder.endswith("/m1")


def test_misses_are_counted_before_stand_ins_go_in(traced: Callable[..., TrainingFigures]) -> None:
    """What was missed and then went with its turn is still a miss, and nothing is left."""
    figures = traced(
        [CLEAN[0], "", CLEAN[2]], ["I'm …, … to you.", "Hi Marc. I take sertraline and I work at ….", "I was off it."]
    )

    assert figures.recall == 0.5
    assert figures.direct_left == 0


def test_a_stand_in_that_resembles_what_it_stands_for_is_told_apart(traced: Callable[..., TrainingFigures]) -> None:
    """Found and replaced, yet a letter from the original: not left, but to be looked at."""
    figures = traced(
        [CLEAN[0], CLEAN[1].replace("Benton Mills", "Harlov Press"), CLEAN[2]],
        ["I'm …, … to you.", "Hi …. I take sertraline and I work at ….", "I was off it."],
    )

    assert figures.direct_left == 0
    assert figures.direct_alike == 1


def test_the_worst_person_is_shown_and_not_the_average(traced: Callable[..., TrainingFigures]) -> None:
    """Of m2 the one fact stands; of m1 none of two does."""
    figures = traced(CLEAN)

    assert figures.told() == {"tiny/m2": (1, 1), "tiny/m1": (0, 2)}
    assert figures.worst() == ("tiny/m2", 1, 1)


def test_a_planted_fact_counts_unless_the_sample_is_refused(traced: Callable[..., TrainingFigures]) -> None:
    """It is looked for even where nobody says it; refused, it does not go out."""
    facts = [{"owner": "m1", "text": "keeps a lion in the cellar"}]
    leaking = [CLEAN[0], CLEAN[1], "I keep a lion in the cellar, he keeps a lion in the cellar."]

    assert (traced(CLEAN, facts=facts).planted, traced(CLEAN, facts=facts).planted_left) == (1, 0)
    handed_out, refused = traced(leaking, facts=facts), traced(leaking, facts=facts, refused=True, worst_k=1)
    assert (handed_out.planted_left, handed_out.planted_out) == (1, 1)
    assert (refused.planted_left, refused.planted_out) == (1, 0)
    assert refused.worst_k == ()


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("one two three", "one two three", 3),
        ("One, two three.", "one two THREE", 3),
        ("one two three", "one X three", 2),
        ("one two three", "three two one", 1),
        ("one two", "", 0),
        ("", "one", 0),
    ],
)
def test_words_are_kept_in_their_order(before: str, after: str, kept: int) -> None:
    """A word that stands elsewhere is not where it was said."""
    assert words_kept(before, after) == kept


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How are you?", Act.QUESTION),
        ("And then, you know?", Act.QUESTION),
        ("how are you", Act.QUESTION),
        ("What a day.", Act.SHORT_ANSWER),
        ("Is what it is and I live with it.", Act.STATEMENT),
        ("Yeah.", Act.SHORT_ANSWER),
        ("I went home after that.", Act.STATEMENT),
        ("…", Act.NONE),
        ("", Act.NONE),
    ],
)
def test_a_turn_is_a_question_a_short_answer_or_a_statement(text: str, expected: Act) -> None:
    """Plain rules, with and without punctuation."""
    assert act(text) is expected


def test_what_is_kept_to_teach_with(traced: Callable[..., TrainingFigures]) -> None:
    """Words by count, acts by turn; a turn that was emptied loses both."""
    whole = traced([f"I'm {'x ' * 2}to you.", "", "I was off it, really, and glad."])

    assert whole.acts == 3
    assert whole.acts_kept == 2
    assert whole.words_kept < whole.words
    assert whole.unchanged == pytest.approx(whole.words_kept / whole.words)


def test_sessions_add_up(traced: Callable[..., TrainingFigures]) -> None:
    """Counts are summed, never means of ratios; the worst k is the smallest."""
    one, two = traced(CLEAN, worst_k=40), traced(CLEAN, worst_k=7)
    both = total([one, two])

    assert both.words == one.words + two.words
    assert both.worst_k == (40, 7)
    assert len(both.facts) == len(one.facts) + len(two.facts)


def test_the_report_holds_counts_and_no_words(traced: Callable[..., TrainingFigures]) -> None:
    """Nothing of the session in the JSON or on the terminal but ids, types and numbers; every target is judged."""
    figures = traced(CLEAN, worst_k=12, facts=[{"owner": "m1", "text": "keeps a lion in the cellar"}])
    links = [LinkRow("stand-ins", "two samples of one session", 20, 80, 0.25, 0.17, 0.35, 0.25, counts=True)]
    screen = io.StringIO()

    print_training(Console(file=screen, width=100), [figures], figures, links)
    shown = screen.getvalue() + json.dumps(training_json([figures], figures, links))

    for word in ("Marcus", "Marc ", "sertraline", "Harlow", "Dalia", "lion", "vodka"):
        assert word not in shown
    met = {target.name: target.met for target in training_targets(figures, links)}
    assert met["direct identifiers left in a sample"]
    assert met["linking attacks on stand-ins better than chance"]
    assert met["words unchanged"] is False
    assert all(value is not None for value in met.values())


def test_a_better_attack_misses_the_target(traced: Callable[..., TrainingFigures]) -> None:
    """Only the attack that must be at chance counts; the content links and says so."""
    figures = traced(CLEAN)
    by_content = LinkRow("words", "two samples of one session", 20, 80, 1.0, 0.95, 1.0, 0.25, counts=False)
    by_stand_ins = LinkRow("stand-ins", "two samples of one session", 20, 80, 0.5, 0.4, 0.6, 0.25, counts=True)

    def met(*links: LinkRow) -> bool | None:
        name = "linking attacks on stand-ins better than chance"
        return next(target.met for target in training_targets(figures, links) if target.name == name)

    assert met(by_content) is None
    assert met(by_content, by_stand_ins) is False
    assert by_content.better


def test_how_a_fact_stands_is_kept(traced: Callable[..., TrainingFigures]) -> None:
    """Exactly here: a drug's name is the talk itself and is not taken out."""
    (found,) = [fact for fact in traced(CLEAN).facts if fact.type is DisclosureType.MEDICATION and fact.stands]

    assert found.left is Survival.EXACT
    assert found.turn == 1


def test_many_sessions_are_shown_one_below_the_other(traced: Callable[..., TrainingFigures]) -> None:
    """Eighty columns hold every figure of every session whole."""
    figures = traced(CLEAN, worst_k=12)
    screen = io.StringIO()

    print_training(Console(file=screen, width=80), [figures] * 6, total([figures] * 6))

    rows = [line.split() for line in screen.getvalue().splitlines() if line.strip().startswith(("tiny ", "all "))]
    assert [row[0] for row in rows] == ["tiny"] * 6 + ["all"]
    assert all(row[1:3] == ["100%", f"0/{len(figures.direct)}"] for row in rows[:6])
    assert "\u2026" not in screen.getvalue()


def everyday(word: str) -> bool:
    """Whether it is in this small dictionary."""
    return word in {"i", "met", "in", "the", "town", "we", "call", "on"}


def test_what_two_samples_put_in_alike_is_read_off_their_turns() -> None:
    """A name, a number; not a word that was said, nor one of the dictionary, nor a day or a year."""
    said = ["I met Okonjo in Tavistorp on Monday.", "We call 5550142."]
    one = put_in(
        [Rewritten(said[0], "I met Ruth in the town on Friday."), Rewritten(said[1], "We call 5550199.")], everyday
    )
    two = put_in(
        [Rewritten(said[0], "I met Zola in the town on Friday."), Rewritten(said[1], "We call Ruth.")], everyday
    )

    assert one == {"ruth", "5550199"}
    assert one & two == {"ruth"}
    assert not put_in([Rewritten(said[0], "I met Okonjo in 1999, we call on the town.")], everyday)


def test_the_end_of_a_made_up_address_is_nobodys() -> None:
    """Two samples that both say "dot com" share nothing by it, and the name before it counts."""
    rows = [Rewritten("Write to okonjo at tavistorp dot net.", "Write to zola at example dot com.")]

    assert put_in(rows, {"write", "to", "at", "dot", "example"}.__contains__) == {"zola"}
