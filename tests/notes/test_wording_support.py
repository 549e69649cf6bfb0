"""A sentence of a model's is believed only if its lines say just that: a table of what stands and what falls."""

from __future__ import annotations

import pytest

from assistant.notes.support import supported, words_told

SLEEP = "I sleep badly and I cry a lot about my job."
DAD = "My dad drinks."
IF = "If he leaves, I drink."
MIGHT = "I might quit my job at [workplace]."
HIT = "He hit me."
SON = "I'd never hurt my son."
BEER = "I used to drink 3 beers."
BREATH = "I've been trying the breathing thing at night, and it helps before bed."
PILLS = "I went off my meds."
PEOPLE = "People at work drink and cry."

STANDS = [
    ("The member sleeps badly.", [SLEEP]),
    ("The member sleeps badly and cries a lot about their job.", [SLEEP]),
    ("The member cries a lot about the job.", [SLEEP]),
    ("The member reported sleeping badly.", [SLEEP]),
    ("The member's dad drinks.", [DAD]),
    ("The member said that their dad drinks.", [DAD]),
    ("The member said that if he leaves, the member drinks.", [IF]),
    ("The member has been trying the breathing thing at night, and it helps before bed.", [BREATH]),
    ("The member might quit the job at [workplace].", [MIGHT]),
    ("He hit the member.", [HIT]),
    ("The member would never hurt their son.", [SON]),
    ("The member used to drink 3 beers.", [BEER]),
    ("The member sleeps badly, and their dad drinks.", [SLEEP, DAD]),
    ("The member went off their meds.", [PILLS]),
    ("The member will not quit their job.", ["I won't quit my job."]),
    ("The member could not sleep.", ["I couldn't sleep."]),
    ("The member drinks and doesn't smoke.", ["I drink and don't smoke."]),
    ("The member reported feeling used.", ["[…] I feel used."]),
    ("The member does not think they are ready.", ["I don't think they are ready."]),
]

FALLS = {
    "reason added": ("The member sleeps badly because of the job.", [SLEEP]),
    "half a clause": ("The member sleeps.", [SLEEP]),
    "diagnosis": ("The member is depressed.", [SLEEP]),
    "diagnosis beside": ("The member sleeps badly and is depressed.", [SLEEP]),
    "advice": ("The member should sleep badly.", [SLEEP]),
    "praise": ("The member bravely reported sleeping badly.", [SLEEP]),
    "father's drinking": ("The member drinks.", [DAD]),
    "turned round": ("The member described drinking dad.", [DAD]),
    "condition lost": ("The member drinks.", [IF]),
    "condition swapped": ("If the member leaves, he drinks.", [IF]),
    "doubt lost": ("The member will quit the job at [workplace].", [MIGHT]),
    "placeholder lost": ("The member might quit the job.", [MIGHT]),
    "placeholder filled": ("The member might quit the job at Parkline.", [MIGHT]),
    "placeholder new": ("The member sleeps badly at [place].", [SLEEP]),
    "who hit": ("The member hit him.", [HIT]),
    "who was hit": ("The member was hit.", [HIT]),
    "negation lost": ("The member would hurt their son.", [SON]),
    "negation moved": ("The member doesn't drink and smokes.", ["I drink and don't smoke."]),
    "doubt moved": ("The member might sleep badly and cries.", ["I sleep badly and might cry."]),
    "negation added": ("The member never sleeps badly.", [SLEEP]),
    "somebody else's son": ("The member would never hurt his son Tobias.", [SON]),
    "past lost": ("The member drinks 3 beers.", [BEER]),
    "number changed": ("The member used to drink 4 beers.", [BEER]),
    "number added": ("The member sleeps badly 3 nights.", [SLEEP]),
    "direction": ("The member went on their meds.", [PILLS]),
    "what people do": ("The member drinks and cries.", [PEOPLE]),
    "what people do, too": ("The member cries.", [PEOPLE]),
    "two lines mixed": ("The member's dad sleeps badly.", [SLEEP, DAD]),
    "a line that bears nothing": ("The member sleeps badly.", [SLEEP, PILLS]),
    "a name": ("Tobias and the member sleep badly.", [SLEEP]),
    "a name like a word": ("Will said the member sleeps badly.", [SLEEP]),
    "a month like a name": ("May told the member sleeps badly.", [SLEEP]),
    "another member": ("Another member sleeps badly.", [SLEEP]),
    "members": ("The members sleep badly.", [SLEEP]),
    "a numbered member": ("The member 3 sleeps badly.", [SLEEP]),
    "nobody": ("Sleeps badly.", [SLEEP]),
    "first person": ("I sleep badly.", [SLEEP]),
    "first person beside": ("The member said I sleep badly.", [SLEEP]),
    "somebody new": ("She and the member sleep badly.", [SLEEP]),
    "belief lost": ("They are ready, the member said.", ["I think they are ready."]),
    "wish lost": ("The member dies.", ["I want to die."]),
    "wish added": ("The member wants to sleep badly.", [SLEEP]),
    "all": ("The member cries about all of the job.", [SLEEP]),
    "hidden letters": ("The member sleeps bad\u200bly and ho\u200bpes.", [SLEEP]),
    "nothing": ("", [SLEEP]),
    "marks": ("...", [SLEEP]),
}


@pytest.mark.parametrize(("sentence", "lines"), STANDS)
def test_a_faithful_sentence_stands(sentence: str, lines: list[str]) -> None:
    """Person, endings and joints may change."""
    assert supported(sentence, lines)


@pytest.mark.parametrize(("sentence", "lines"), FALLS.values(), ids=FALLS.keys())
def test_an_invention_falls(sentence: str, lines: list[str]) -> None:
    """Added, lost or turned: one word is enough."""
    assert not supported(sentence, lines)


def test_a_line_is_told_when_every_word_of_it_is() -> None:
    """Otherwise it must be quoted beside the prose, or it would be lost."""
    assert words_told(DAD, ["The member's dad drinks."])
    assert not words_told(SLEEP, ["The member sleeps badly."])
    assert words_told(SLEEP, ["The member sleeps badly.", "The member cries a lot about the job."])
