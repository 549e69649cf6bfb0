"""Words into lines, as offsets, fast enough to do it for a whole session at once."""

from __future__ import annotations

from rich.cells import cell_len


def breaks(text: str, width: int) -> list[tuple[int, int]]:
    """Return half-open offsets of the lines that ``text`` takes in ``width`` cells; at least one line.

    Lines break at spaces, which belong to none; a word that is wider than a line is cut.
    """
    width = max(1, width)
    narrow = text.isascii()
    lines: list[tuple[int, int]] = []
    start, at, used = 0, 0, 0
    for word in text.split(" "):
        wide = len(word) if narrow else cell_len(word)
        if used and used + 1 + wide > width:
            lines.append((start, at - 1))
            start, used = at, 0
        elif used:
            used += 1
        begin, at = at, at + len(word) + 1
        used += wide
        while used > width:
            cut = _fitting(text, start, begin + len(word), width, narrow=narrow)
            lines.append((start, cut))
            start = cut
            used = begin + len(word) - cut if narrow else cell_len(text[cut : begin + len(word)])
    lines.append((start, len(text)))
    return lines


def _fitting(text: str, start: int, end: int, width: int, *, narrow: bool) -> int:
    if narrow:
        return start + width
    used = 0
    for at in range(start, end):
        used += cell_len(text[at])
        if used > width:
            return max(at, start + 1)
    return end
