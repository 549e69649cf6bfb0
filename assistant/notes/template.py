"""The group's own layout of a note, in a small and safe part of Jinja2.

A template is a file that somebody sent by mail, so it is trusted with nothing: it sees one member's lines and no
object, it can call nothing and reach no file, and what it may cost is bounded. Whatever words it adds are read by the
gate as a hand's. A refusal names the template's line, never its content, which may hold a name.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, NoReturn

import jinja2
from jinja2 import nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assistant.errors import SettingsError
from assistant.notes import sentences as say
from assistant.notes.laid_out import laid_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from assistant.notes.document import DocumentPart
    from assistant.notes.formats import Material

LARGEST_TEMPLATE = 32_000
"""Characters; a page of layout has two or three thousand."""

LARGEST_NOTE = 400_000
"""Characters that may come out: some hundred pages."""

MOST_STEPS = 20_000
"""Turns of all loops together."""

LONGEST_SECONDS = 2.0

LONGEST_CONSTANT = 200
"""Characters of a text, or of a number, that a template writes into an expression."""

DEEPEST = 40
"""Nodes in one another."""

NAMES = {
    "session": say.SESSION,
    "topic": say.TOPIC,
    "themes": say.THEMES_RAISED,
    "interventions": say.INTERVENTIONS,
    "presentation": say.PRESENTATION,
    "said": say.SAID,
    "reworded": say.REWORDED,
    "participation": say.EXCHANGES,
    "response": say.RESPONSE,
    "goals": say.GOALS,
    "progress": say.PROGRESS,
    "risk": say.RISK,
    "assessment": say.ASSESSMENT,
    "plan": say.PLAN,
}
"""What a template calls the neutral sections: each is a list of lines, empty where there is nothing. Beside them it
knows ``member``, ``date``, ``start``, ``stop`` and ``signature``, which are texts, ``participants``, ``facilitators``
and ``minutes``, which are numbers (0 where nobody counted), and ``draft``, which is true or false."""

FILTERS = frozenset({"upper", "lower", "capitalize", "trim", "length", "first", "last", "join", "default"})
TESTS = frozenset({"defined", "none"})
LOOP = frozenset({"index", "index0", "revindex", "revindex0", "first", "last", "length"})

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.If,
    nodes.For,
    nodes.CondExpr,
    nodes.Filter,
    nodes.Test,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
)
"""Everything else is refused: calls, arithmetic (which is worked out while a template is read), assignments, macros,
includes, imports, inheritance."""


class _TooMuchError(Exception):
    """A template that goes on for too long; never leaves this file."""


class _Budget:
    """How far one rendering has gone, and an end to it."""

    def __init__(self) -> None:
        self._steps = self._size = 0
        self._until = time.monotonic() + LONGEST_SECONDS

    def lines(self, value: object) -> Iterator[object]:
        """Yield the lines of a section, counted; nothing else can be gone through."""
        if not isinstance(value, tuple):
            raise jinja2.exceptions.SecurityError
        for line in value:
            self._steps += 1
            if self._steps > MOST_STEPS:
                raise _TooMuchError
            self.in_time()
            yield line

    def piece(self, text: str) -> str:
        """Return a piece of what comes out, counted."""
        self._size += len(text)
        if self._size > LARGEST_NOTE:
            raise _TooMuchError
        self.in_time()
        return text

    def in_time(self) -> None:
        """Stop a rendering that takes too long."""
        if time.monotonic() > self._until:
            raise _TooMuchError


def _text(value: object) -> object:
    """Return what may be printed: a text or a number; a list is to be gone through or joined."""
    if not isinstance(value, str | int | jinja2.Undefined):
        raise jinja2.exceptions.SecurityError
    return value


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox without attributes: only the fields of a loop can be asked for."""

    def __init__(self) -> None:
        super().__init__(
            undefined=jinja2.StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True, finalize=_text
        )
        self.globals.clear()
        self.filters = {name: f for name, f in self.filters.items() if name in FILTERS}
        self.tests = {name: f for name, f in self.tests.items() if name in TESTS}

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401  as the library has it
        """Return a field of a loop."""
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        raise jinja2.exceptions.SecurityError

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401  as the library has it
        """Return a line of a section by its number."""
        if isinstance(obj, tuple) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
            return obj[argument]
        raise jinja2.exceptions.SecurityError


class GroupTemplate:
    """A template that was read and found harmless.

    Args:
        text: Jinja2, as far as ``_ALLOWED`` goes.
        where: What a refusal calls it.

    Raises:
        SettingsError: It is too long, or wants what a template may not.
    """

    def __init__(self, text: str, where: str = "the template") -> None:
        self._where = where
        if len(text) > LARGEST_TEMPLATE:
            raise SettingsError(f"{where} is longer than {LARGEST_TEMPLATE} characters: shorten it")
        self._environment = _Sandbox()
        try:
            tree = self._environment.parse(text)
            _check(tree, where)
            for loop in tree.find_all(nodes.For):
                loop.iter = nodes.Filter(loop.iter, "lines", [], [], None, None, lineno=loop.lineno)
            # The name must be known when the template is compiled; each rendering brings a budget of its own.
            self._environment.filters["lines"] = iter
            self._code = self._environment.compile(tree, name="template", filename="<template>")
        except SettingsError:
            raise
        except jinja2.TemplateSyntaxError as failure:
            _refuse(where, failure.lineno, "is no valid Jinja2: check brackets, tags and names of filters")
        except (RecursionError, MemoryError, ValueError, OverflowError, SyntaxError):
            raise SettingsError(f"{where} is too deeply nested: simplify it") from None

    def parts(self, material: Material) -> tuple[DocumentPart, ...]:
        """Return one member's note as the template lays it out; lines under ``#`` headings.

        Raises:
            SettingsError: The template asks for what is not there, or goes on for too long.
        """
        return laid_out(self._render(material), material)

    def _render(self, material: Material) -> str:
        budget = _Budget()
        environment = self._environment.overlay()
        environment.filters = {**self._environment.filters, "lines": budget.lines}
        template = environment.template_class.from_code(environment, self._code, {})
        try:
            return "".join(budget.piece(piece) for piece in template.generate(_seen(material)))
        except _TooMuchError as failure:
            _refuse(self._where, _line_of(failure), "makes the note too long or takes too long: simplify it")
        except jinja2.UndefinedError as failure:
            _refuse(
                self._where, _line_of(failure), f"asks for a name that it does not have; there are: {', '.join(_KNOWN)}"
            )
        except jinja2.exceptions.SecurityError as failure:
            _refuse(
                self._where,
                _line_of(failure),
                "reaches for what a template may not: a list of lines is gone through or joined, a text printed",
            )
        except Exception as failure:  # noqa: BLE001  whatever a template brings about is told as one line without it
            _refuse(self._where, _line_of(failure), "cannot be filled in: check what its filters are given")


def read_template(path: Path) -> GroupTemplate:
    """Return the template of a file.

    Raises:
        SettingsError: The file cannot be read, or the template cannot be used.
    """
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(LARGEST_TEMPLATE + 1)
    except UnicodeDecodeError:
        raise SettingsError(f"template {path} is not UTF-8 text") from None
    except OSError as failure:
        raise SettingsError(f"template {path} cannot be read: {failure.strerror}") from None
    return GroupTemplate(text, f"template {path}")


_KNOWN = (
    *NAMES,
    *("member", "date", "start", "stop", "signature", "participants", "facilitators", "minutes", "draft"),
)


def _check(node: nodes.Node, where: str, depth: int = 0) -> None:
    """Refuse whatever is not on the list, by its line."""
    if depth > DEEPEST:
        _refuse(where, node.lineno, "is too deeply nested: simplify it")
    if not isinstance(node, _ALLOWED):
        _refuse(where, node.lineno, f"uses '{type(node).__name__.lower()}', which a template may not")
    if isinstance(node, nodes.Const) and len(str(node.value)) > LONGEST_CONSTANT:
        _refuse(
            where, node.lineno, f"holds a text of more than {LONGEST_CONSTANT} characters in an expression: shorten it"
        )
    if isinstance(node, nodes.Filter | nodes.Test):
        _check_named(node, where)
    if isinstance(node, nodes.For) and node.recursive:
        _refuse(where, node.lineno, "uses a recursive loop, which a template may not")
    for child in node.iter_child_nodes():
        _check(child, where, depth + 1)


def _check_named(node: nodes.Filter | nodes.Test, where: str) -> None:
    known = FILTERS if isinstance(node, nodes.Filter) else TESTS
    if node.name not in known:
        _refuse(where, node.lineno, f"uses a filter or test that is not here; there are: {', '.join(sorted(known))}")
    plain = all(isinstance(given, nodes.Const) for given in node.args)
    if not plain or node.kwargs or node.dyn_args is not None or node.dyn_kwargs is not None:
        _refuse(where, node.lineno, "gives a filter more than plain text: shorten it")


def _refuse(where: str, line: int | None, what: str) -> NoReturn:
    raise SettingsError(f"{where}, line {line}, {what}" if line else f"{where} {what}") from None


def _line_of(failure: BaseException) -> int | None:
    """Return the template's line at which a rendering failed; the library has put it into the traceback."""
    line, trace = None, failure.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _seen(material: Material) -> Mapping[str, object]:
    counted = material.attendance
    lines = {name: tuple(line.text for line in material.sections.get(title, ())) for name, title in NAMES.items()}
    return {
        **lines,
        "member": material.member,
        "date": material.date.isoformat(),
        "start": material.start,
        "stop": material.stop,
        "participants": counted.participants if counted is not None else 0,
        "facilitators": counted.facilitators if counted is not None else 0,
        "minutes": counted.minutes if counted is not None else 0,
        "signature": material.signature,
        "draft": material.draft,
    }
