"""What was drawn goes with the widget that drew it.

Textual remembers colours by widget in a cache of the whole program (``StylesCache.get_inner_outer``), and so keeps the
last picture of every widget that ever was, words and all: memory that grows with every screen, and a former member's
note in it. Written for Textual 8.2 and pinned by a test that looks for such pictures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual._styles_cache import StylesCache

if TYPE_CHECKING:
    from textual.widget import Widget


def forget_drawn() -> None:
    """Let go of widgets that are no more."""
    StylesCache.get_inner_outer.cache_clear()


def forget_widget(widget: Widget) -> None:
    """Let go of the lines that a widget has drawn; it draws them anew when it is shown again."""
    widget._styles_cache.clear()  # noqa: SLF001  where Textual keeps them
    widget._render_cache = type(widget._render_cache)(widget._render_cache.size, [])  # noqa: SLF001  as above
    widget.refresh()
