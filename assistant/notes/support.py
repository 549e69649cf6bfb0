"""Whether a sentence says no more and no other than the lines that it names: what a model wrote is believed on this.

The test is strict on purpose, for a refused sentence costs nothing: its lines stay quoted. A sentence may turn "I" into
"the member", change endings, join clauses and leave clauses out. It must keep the words of every clause that it uses,
in their order, and with them what turns a meaning round: negation, doubt, time, direction, and who did what to whom.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.notes.lexicon import FILLERS, FUNCTION, RELATIONS, carries_content, stem, word_list
from assistant.notes.tokens import BRACKETED, tokenise, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.notes.tokens import Token

REPORTING = frozenset(
    word_list(
        """reported reports said says described describes stated states explained explains felt feels talked talks
        spoke speaks shared shares expressed expresses noted notes mentioned mentions added adds"""
    )
)
"""Words that a sentence may add: that it was said."""

FIRST_PERSON = frozenset(word_list("i me my mine myself we us our ours ourselves"))
_PERSONAL = frozenset(word_list("he him himself she herself they them themselves"))
_POSSESSIVE = frozenset(word_list("his her hers their theirs"))
_OWN_POSSESSIVE = frozenset(word_list("my mine our ours"))

_NEGATION = frozenset(word_list("no not never none nothing nobody nowhere neither nor cannot without nope"))
_DOUBT = frozenset(word_list("maybe might may could would should perhaps possibly probably wouldnt shouldnt couldnt"))
_FUTURE = frozenset(word_list("will shall gonna wont"))
_WISH = frozenset(word_list("want wants wanted wanna wanting"))
_BELIEF = frozenset(word_list("think thinks thinking guess guesses guessed"))
_CLASSES = (_NEGATION, _DOUBT, _FUTURE, _WISH, _BELIEF)
"""Words of one class say the same; what counts is whether there is one."""

_ONE_BY_ONE = frozenset(
    word_list(
        """all only more most few less always still ever off out on up down over under against before after until once
        again if unless because when while or by with from for at into like too every each any"""
    )
) - {"like", "for"}
"""Words that must be there in both or in neither, at their place. "Like" fills a pause, and "for" comes with another
wording."""

_OPENERS = frozenset(
    word_list("the in on at after before since when while because if although though during this it there for with")
) | {"he", "she", "they", "his", "her", "their"}
"""Words without content that a sentence may begin with: a name may look like any other."""

_END = re.compile(r"(?<=[.!?…;])\s+")
_JOINT = re.compile(r"(?:,\s*(?:and|but|so)?|\b(?:and|but|so)\b)\s+(?=I\b|I['\N{RIGHT SINGLE QUOTATION MARK}]|[Mm]y\b)")


def supported(sentence: str, lines: Sequence[str]) -> bool:
    """Whether every line bears out its part of the sentence, and the sentence has no other part.

    Args:
        sentence: In the third person; the speaker is "the member".
        lines: The lines that it names, in the order in which it tells them.
    """
    told = tokenise(visible(sentence))
    if not _about_the_member(told) or not _no_new_name(told, lines):
        return False
    stems = {_root(t.plain) for t in told if not t.bracketed}
    used: list[str] = []
    for line in lines:
        mine = [clause for clause in _clauses(visible(line)) if _content(tokenise(clause)) & stems]
        if not mine:
            return False
        used.extend(mine)
    clauses = [tokenise(clause) for clause in used]
    return (
        all({t.plain for t in clause} & FIRST_PERSON for clause in clauses)
        and _placeholders([visible(sentence)]) == _placeholders(used)
        and _same_words(told, clauses)
        and _same_people(told, [t for clause in clauses for t in clause])
    )


def words_told(line: str, sentences: Sequence[str]) -> bool:
    """Whether the sentences hold every word with content of a line, so that it need not be quoted beside them."""
    told = {_root(t.plain) for sentence in sentences for t in tokenise(visible(sentence))}
    return _content(tokenise(visible(line))) <= told


def _root(word: str) -> str:
    """Return the stem of a word, where "cry" and "cries" are one."""
    cut = stem(word)
    return f"{cut[:-1]}y" if cut.endswith("i") else cut


def _clauses(line: str) -> Iterator[str]:
    """Yield the parts of a line that may be told alone: sentences, and what is joined in one that turns nothing."""
    for sentence in _END.split(line):
        tokens = tokenise(sentence)
        plain = {t.plain for t in tokens}
        entangled = (
            any(map(_turns, tokens)) or plain & (_PERSONAL | _POSSESSIVE | RELATIONS) or _placeholders([sentence])
        )
        yield from [sentence] if entangled else _JOINT.split(sentence)


def _placeholders(texts: Sequence[str]) -> list[str]:
    """Return what redaction put in brackets; where it only left something out there is nothing to keep."""
    return sorted(found for text in texts for found in BRACKETED.findall(text) if any(c.isalnum() for c in found))


def _content(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the stems of the words that say something of their own."""
    return frozenset(_root(t.plain) for t in tokens if _says(t))


def _says(token: Token) -> bool:
    return not token.bracketed and carries_content(token.plain) and token.plain not in _ALL_TURNS


def _sequence(tokens: Sequence[Token]) -> list[str]:
    """Return what may not change, in order: words with content, what turns them, other people, placeholders.

    A word said twice in a row counts once.
    """
    found: list[str] = []
    for token in tokens:
        if token.bracketed:
            said = [f"[{token.plain}]"]
        elif token.plain in _PERSONAL:
            said = [f"<{token.plain}>"]
        else:
            said = [*_turns(token), *([_root(token.plain)] if _says(token) else [])]
        found.extend(each for each in said if found[-1:] != [each])
    return found


def _same_words(told: Sequence[Token], clauses: Sequence[Sequence[Token]]) -> bool:
    wanted = [word for clause in clauses for word in _sequence(clause)]
    allowed = {_root(word) for word in REPORTING | {"member"}} - set(wanted)
    return [word for word in _sequence(told) if word not in allowed] == wanted


def _turns(token: Token) -> list[str]:
    """Return what in a word may turn a meaning; a class is named by its number, negation last ("won't")."""
    # What is compared elsewhere has lost its ending; here "I'd" and "I'll" matter.
    written = token.text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    bare = written.replace("'", "")
    found = {n for n, words in enumerate(_CLASSES) if not words.isdisjoint({written, bare, token.plain})}
    found.update({_NOT} if written.endswith("n't") or bare in _CONTRACTED else ())
    found.update({_PERHAPS} if written.endswith("'d") else ())
    found.update({_LATER} if written.endswith("'ll") else ())
    return [
        *(f"<class {n}>" for n in sorted(found, reverse=True)),
        *([token.plain] if token.plain in _ONE_BY_ONE else []),
    ]


_NOT, _PERHAPS, _LATER = range(3)
_CONTRACTED = frozenset(word for word in FUNCTION if word.endswith("nt") and f"{word[:-1]}'t" in FUNCTION)
_ALL_TURNS = frozenset[str]().union(*_CLASSES, _ONE_BY_ONE, FILLERS)


def _same_people(told: Sequence[Token], said: Sequence[Token]) -> bool:
    """Whether the others in a sentence are the others in its clauses; "their" may stand for "my"."""
    now, then = ({t.plain for t in tokens} for tokens in (told, said))
    if now & FIRST_PERSON:
        return False
    if now & _PERSONAL and _order(told, "member") != _order(said, "i", "me", "we", "us", "myself"):
        return False
    own = bool(then & _OWN_POSSESSIVE)
    return (now & _POSSESSIVE) == (then & _POSSESSIVE) or (own and now & _POSSESSIVE >= then & _POSSESSIVE)


def _order(tokens: Sequence[Token], *speaker: str) -> list[bool]:
    """Return who stands where, the speaker (true) or somebody else; whoever only says it in front does not count."""
    found = [
        (token.plain in speaker, following)
        for token, following in zip(tokens, (*(t.plain for t in tokens[1:]), ""), strict=True)
        if token.plain in _PERSONAL or (token.plain in speaker and not token.possessive)
    ]
    told_by = bool(found) and found[0][0] and found[0][1] in REPORTING and "member" in speaker
    return [mine for mine, _ in found[1 if told_by else 0 :]]


def _about_the_member(told: Sequence[Token]) -> bool:
    """Whether it tells of "the member" and of no other one, and of no "members"."""
    at = [n for n, token in enumerate(told) if token.plain.startswith("member")]
    return bool(at) and all(told[n].plain == "member" and n > 0 and told[n - 1].plain == "the" for n in at)


def _no_new_name(told: Sequence[Token], lines: Sequence[str]) -> bool:
    """Whether every capital comes from the lines, or opens a sentence with a word that is no name."""
    said = [token for line in lines for token in tokenise(visible(line))]
    capitals = {token.plain for token in said if token.capital}
    # A word without content that opens a sentence is believed only from the list: "Will" and "May" are names.
    openers = _OPENERS | {token.plain for token in told if carries_content(token.plain)}
    return all(
        token.bracketed or not token.capital or token.plain in capitals or (token.opens and token.plain in openers)
        for token in told
    )
