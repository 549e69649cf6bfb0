"""Choosing the consent that a release rests on, from a member's own that stand; its number can be typed as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, set_cell_size

from assistant.notes.presets import UNENDING
from assistant.notes.typed_text import printable
from assistant.ui.dialogs.choice import Choice, Option
from assistant.ui.review.wording import RECIPIENTS, SHORT_RECIPIENTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.handout import Recipient
    from assistant.review.view import ConsentView

ANY: Final = 0
"""Answer: the one that covers it, if exactly one does. Consents are numbered from 1."""
TYPED: Final = -1
"""Answer: its number is typed."""
_MOST = 9
"""Consents that a dialog shows: the others are reached by their number."""
_ROOM = 58
"""Cells of a line: what the dialog leaves beside a key."""
_LEAST = 16
"""Cells for whom it names, and for what ends it, however much stands beside them."""


def consent_choice(name: str, recipient: Recipient, consents: Sequence[ConsentView]) -> Choice[int]:
    """Return the dialog; it answers a consent's number, ``ANY`` or ``TYPED``.

    Args:
        name: The member's.
        recipient: Who is to have the note.
        consents: Those that stand, the ones that cover the release first.
    """
    options = [Option(_key(one), _told(one), one.number) for one in consents[:_MOST]]
    options += [
        Option("a", "the one that covers it, if exactly one does", ANY),
        Option("n", "type its number", TYPED),
    ]
    about = f"{name}, for: {RECIPIENTS[recipient]}."
    if not consents:
        about += "\nNo consent stands: 'assistant consent add' keeps one."
    elif len(consents) > _MOST:
        about += f"\n{len(consents) - _MOST} more stand: 'assistant consent list' shows them."
    return Choice("On which consent?", options, about)


def _key(one: ConsentView) -> str:
    """Return what picks it: its number, as long as that is one key."""
    return str(one.number) if one.number <= _MOST else ""


def _told(one: ConsentView) -> str:
    """Return to whom, for which kinds and until when in one line, and in a second one what stands in the way."""
    kinds = ", ".join(SHORT_RECIPIENTS[kind] for kind in one.kinds) or "no kind of recipient"
    head = f"{one.number} · " if not _key(one) else ""
    tail = f" · {kinds} · {_until(one)}"
    to = _cut(_shown(one.recipients) or "to nobody", max(_LEAST, _ROOM - cell_len(head) - cell_len(tail)))
    lacks = f"\n      does not cover it: {', '.join(one.lacking)}" if one.lacking else ""
    return f"{head}{to}{tail}{lacks}"


def _until(one: ConsentView) -> str:
    if one.until is not None:
        return f"until {one.until:%d %b %Y}"
    ends = _shown(one.ends)
    return "no end" if ends.casefold().rstrip(".") in UNENDING else f"until: {_cut(ends or '?', _LEAST)}"


def _shown(text: str) -> str:
    """Return the words of a paper as a terminal may have them: one line, nothing that it would obey."""
    return " ".join(printable(text).split())


def _cut(text: str, cells: int) -> str:
    return text if cell_len(text) <= cells else f"{set_cell_size(text, cells - 1).rstrip()}…"
