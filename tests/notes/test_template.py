"""A group's own template lays a note out; whatever else it tries ends in one line that does not repeat it."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import assistant.notes
from assistant.domain import Note, NoteLine, NoteSection, PersonId, UtteranceId
from assistant.errors import SettingsError
from assistant.handout import NoteFormat, Recipient
from assistant.notes import sentences as say
from assistant.notes.document import Document, DocumentLine, LineKind
from assistant.notes.formats import document
from assistant.notes.gate import Gate
from assistant.notes.payers import Attendance
from assistant.notes.presets import beyond
from assistant.notes.template import LARGEST_TEMPLATE, MOST_STEPS, GroupTemplate, read_template

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.notes.formats import Template

M1 = PersonId("m1")
DATE = dt.date(2026, 3, 10)
USUAL = """\
# Weekly group, {{ date }}
{% for line in session %}
- {{ line }}
{% endfor %}
Clients: {{ participants }}
## In the member's words
{% for line in said %}
> “{{ line }}”
{% endfor %}
{# a remark that nobody reads #}
## Plan
{{ plan|first }}
{% if risk %}
{{ risk|first }}
{% else %}
No statement.
{% endif %}
{{ response|join(" / ") }}
"""


def note_of(lines: int = 2) -> Note:
    """Return a member's completed note with so many quotations."""
    said = tuple(NoteLine(f"I slept {n} hours.", (UtteranceId(f"u{n}"),)) for n in range(lines))
    sections = (
        NoteSection(say.SESSION, (NoteLine("Group session on 2026-03-10."), NoteLine(say.TIMES))),
        NoteSection(say.SAID, said),
        NoteSection(say.RESPONSE, (NoteLine("Quiet.", by_hand=True), NoteLine("Attentive.", by_hand=True))),
        NoteSection(say.PLAN, (NoteLine("Continue weekly.", by_hand=True),)),
        NoteSection(say.HELD_BACK, (NoteLine(say.NOTHING_HELD),)),
    )
    return Note(M1, "s1", sections)


def laid_out(template: Template, note: Note | None = None, recipient: Recipient = Recipient.RECORD) -> Document:
    """Return a note in the template's layout."""
    group = Note(None, "s1", (NoteSection(say.SESSION, (NoteLine("Group session on 2026-03-10."),)),))
    counted = Attendance(DATE, "psychotherapy", 6, 1, 90)
    return document(
        note or note_of(),
        group,
        NoteFormat.OWN,
        recipient,
        member_name="Priscilla Okonkwo",
        date=DATE,
        template=template,
        attendance=counted,
    )


def lines_of(finished: Document) -> list[tuple[str, LineKind, str]]:
    """Return heading, kind and text of every line."""
    return [(part.title, line.kind, line.text) for part in finished.parts for line in part.lines]


def test_a_template_lays_a_note_out() -> None:
    """The member's lines keep their kind, list marks and quotation marks aside; what it adds is read as a hand's."""
    assert lines_of(laid_out(GroupTemplate(USUAL))) == [
        ("Weekly group, 2026-03-10", LineKind.COUNTED, "Group session on 2026-03-10."),
        ("Weekly group, 2026-03-10", LineKind.COUNTED, say.TIMES),
        ("Weekly group, 2026-03-10", LineKind.HAND, "Clients: 6"),
        ("In the member's words", LineKind.SPEECH, "I slept 0 hours."),
        ("In the member's words", LineKind.SPEECH, "I slept 1 hours."),
        ("Plan", LineKind.HAND, "Continue weekly."),
        ("Plan", LineKind.HAND, "No statement."),
        ("Plan", LineKind.HAND, "Quiet. / Attentive."),
    ]


def test_a_quotation_keeps_its_evidence_and_a_changed_one_is_a_hands() -> None:
    """Only a line that is the member's word for word is taken for the member's."""
    text = '{% for x in said %}\n* "{{ x }}"\n{% endfor %}\n{{ said|first|upper }}\nThe member: {{ said|last }}\n'

    found = [line for part in laid_out(GroupTemplate(text)).parts for line in part.lines]

    assert found[0] == DocumentLine("I slept 0 hours.", LineKind.SPEECH, (UtteranceId("u0"),), say.SAID)
    assert [line.kind for line in found[2:]] == [LineKind.HAND, LineKind.HAND]
    assert [line.evidence for line in found[2:]] == [(), ()]


def test_an_empty_field_says_so_and_an_absent_one_is_an_empty_list() -> None:
    """A template need not ask whether there is anything."""
    found = lines_of(laid_out(GroupTemplate("{{ goals|first }}\n{{ risk|length }}\n{{ draft }} {{ start }}x\n")))

    assert found == [
        (say.SESSION, LineKind.EMPTY, say.TO_COMPLETE),
        (say.SESSION, LineKind.HAND, "0"),
        (say.SESSION, LineKind.HAND, "True x"),
    ]


def test_a_template_gets_what_its_recipient_may_have_and_no_more() -> None:
    """The payer's preset is applied before: no trick of a template brings a quotation back."""
    everything = "".join(
        f"{{% for x in {name} %}}\n{{{{ x }}}}\n{{% endfor %}}\n" for name in ("session", "said", "response", "plan")
    )

    payer = lines_of(laid_out(GroupTemplate(everything), recipient=Recipient.PAYER))

    assert beyond(laid_out(GroupTemplate(USUAL), recipient=Recipient.PAYER), Recipient.PAYER) == ()
    assert [text for _, _, text in payer] == [
        "Group session on 2026-03-10.",
        say.TIMES,
        "Quiet.",
        "Attentive.",
        "Continue weekly.",
    ]


def test_what_the_draft_held_back_is_not_there() -> None:
    """No name leads to it, nor to evidence, to the roster or to another member."""
    names = ("held_back", "about", "evidence", "group", "note", "people", "session_id", "sections", "material")

    for name in names:
        with pytest.raises(SettingsError, match="line 2, asks for a name that it does not have"):
            laid_out(GroupTemplate(f"\n{{{{ {name} }}}}"))


def test_the_gate_reads_what_a_template_adds(told: Callable[..., Any]) -> None:
    """A member's name in the template, as text or as a heading, stops the note."""
    scene = told(["m1: I sleep badly.", "m2: Fine."])
    note = scene.note("m1", 0)

    def found(text: str) -> set[str | None]:
        return {f.whose for f in Gate().check_document(laid_out(GroupTemplate(text), note), scene.context("m1"))}

    assert found("# Notes\n{% for x in said %}\n{{ x }}\n{% endfor %}\nSeen weekly.") == set()
    assert found("# Notes\nTobias was there.") == {"m2"}
    assert found("# About Tobias\n{{ said|first }}") == {"m2"}


SPELLS = {
    "class": "{{ ''.__class__ }}",
    "mro": "{{ said.__class__.__mro__[1].__subclasses__() }}",
    "item": "{{ said['__class__'] }}",
    "number": "{{ (1).__class__ }}",
    "attr filter": "{{ said|attr('__class__') }}",
    "format": "{{ '{0.__class__}'.format(said) }}",
    "format filter": "{{ '%s'|format(said) }}",
    "method": "{{ said.count }}",
    "loop object": "{% for x in said %}{{ loop }}{% endfor %}",
    "loop neighbour": "{% for x in said %}{{ loop.previtem }}{% endfor %}",
    "itself": "{{ self }}",
    "itself's globals": "{{ self.__init__.__globals__ }}",
    "cycler": "{{ cycler.__init__.__globals__.os }}",
    "lipsum": "{{ lipsum() }}",
    "namespace": "{% set ns = namespace() %}",
    "whole list": "{{ said }}",
    "include": "{% include '/etc/passwd' %}",
    "import": "{% import 'os' as os %}",
    "from": "{% from 'os' import path %}",
    "extends": "{% extends 'base' %}",
    "block": "{% block a %}{% endblock %}",
    "macro": "{% macro a() %}{{ a() }}{% endmacro %}",
    "call": "{% call a() %}{% endcall %}",
    "assignment": "{% set x %}{{ said }}{% endset %}",
    "do": "{% do said.append(1) %}",
    "map": "{{ said|map('upper')|list }}",
    "join with data": "{{ said|join(said|first) }}",
    "replace": "{{ plan|first|replace('e', 'eeeeeeeee') }}",
    "centre": "{{ plan|first|center(1000000000) }}",
    "times": "{{ 'a' * 1000000000 }}",
    "power": "{{ 9 ** 9 ** 9 }}",
    "slice": "{{ session[0:1] }}",
    "list": "{{ [said, said] }}",
    "glue": "{{ said ~ said }}",
    "letters": "{% for c in member %}{{ c }}{% endfor %}",
    "unpacking": "{% for a, b in session %}{% endfor %}",
    "unknown filter": "{{ said|zebralamp }}",
    "unknown test": "{{ said is zebralamp }}",
    "unknown tag": "{% zebralamp %}",
    "unknown name": "{{ zebralamp }}",
    "open tag": "{% for x in said %}",
    "open brackets": "{{ said",
    "no filter of ours": "{{ session|lines }}",
    "comparison": "{{ 1 < 'zebralamp' }}",
    "line out of range": "{{ said[99] }}",
    "autoescape": "{% autoescape true %}x{% endautoescape %}",
    "with": "{% with %}{% endwith %}",
    "filter block": "{% filter upper %}x{% endfilter %}",
    "deep brackets": "{{ " + "(" * 4000 + "1" + ")" * 4000 + " }}",
    "deep not": "{{ " + "not " * 4000 + "1 }}",
    "long number": "{{ 1" + "0" * 5000 + " }}",
    "deep if": "{% if draft %}" * 200 + "{% endif %}" * 200,
    "recursion": "{% for x in session recursive %}{{ loop(session) }}{% endfor %}",
    "counting": "{% for i in range(1000000000) %}{% endfor %}",
}


@pytest.mark.parametrize("spell", SPELLS.values(), ids=SPELLS.keys())
def test_a_spell_ends_in_one_line(spell: str) -> None:
    """At once, with the line where it can be known, and without a word of the template or of the note."""
    began = time.monotonic()

    with pytest.raises(SettingsError) as refusal:
        laid_out(GroupTemplate(spell))

    told = str(refusal.value)
    assert time.monotonic() - began < 2.0
    assert told.startswith("the template")
    assert "\n" not in told
    for word in ("zebralamp", "passwd", "slept", "Priscilla", "Continue", "object at", "<class"):
        assert word not in told
    assert refusal.value.__suppress_context__


def test_nested_loops_end() -> None:
    """Four loops in one another over a long note would be a hundred million turns."""
    nested = "{% for a in said %}" * 4 + "{% endfor %}" * 4

    with pytest.raises(SettingsError, match="too long"):
        laid_out(GroupTemplate(nested), note_of(100))


def test_a_huge_note_ends() -> None:
    """A page of padding in a loop is stopped before it fills the memory."""
    padded = "{% for a in said %}" + "y" * 20_000 + "{% endfor %}"

    with pytest.raises(SettingsError, match="too long"):
        laid_out(GroupTemplate(padded), note_of(1_000))


def test_a_long_session_is_not_too_long() -> None:
    """The limits leave room for the longest note there is, laid out twice."""
    twice = "{% for x in said %}\n{{ x }}\n{% endfor %}\n" * 2

    assert len(lines_of(laid_out(GroupTemplate(twice), note_of(MOST_STEPS // 20)))) == MOST_STEPS // 10


def test_the_example_works_for_a_full_and_an_empty_note(told: Callable[..., Any]) -> None:
    """Whoever wants a layout of their own begins with it; the gate knows all that it adds."""
    scene = told(["m1: I sleep badly.", "m2: Fine."])
    example = read_template(Path(assistant.notes.__file__).parent / "data" / "progress.md.j2")

    for note in (scene.note("m1", 0), scene.note("m1")):
        finished = laid_out(example, note)
        assert Gate().check_document(finished, scene.context("m1")) == ()
        assert [part.title for part in finished.parts][-1] == "Plan"
    texts = [text for _, _, text in lines_of(laid_out(example))]
    assert all(line.text in texts for s in note_of().sections[:-1] for line in s.lines)


def test_a_template_is_read_from_its_file(tmp_path: Path) -> None:
    """A refusal names the file that the user named, and the line."""
    path = tmp_path / "mine.md.j2"
    path.write_text("# Plan\n\n{{ plan|first }}\n{{ nothing }}\n", encoding="utf-8")

    with pytest.raises(SettingsError) as refusal:
        laid_out(read_template(path))

    assert str(refusal.value).startswith(f"template {path}, line 4, asks for a name")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff\xfe\x00", "is not UTF-8 text"),
        (b"x" * (LARGEST_TEMPLATE + 1), "is longer than"),
        (None, "cannot be read"),
    ],
    ids=["bytes", "long", "missing"],
)
def test_a_file_that_is_no_template_is_refused(tmp_path: Path, content: bytes | None, told: str) -> None:
    """In one line, with its place."""
    path = tmp_path / "mine.j2"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(SettingsError, match=told):
        read_template(path)


def test_invisible_characters_of_a_template_do_not_get_into_a_file() -> None:
    """They would hide a word from a reader, or turn it round."""
    found = lines_of(laid_out(GroupTemplate("# Pl\u200ban\nKeep\u202e on\x07.\n{{ plan|first }}")))

    assert found == [("Plan", LineKind.HAND, "Keep on."), ("Plan", LineKind.HAND, "Continue weekly.")]
