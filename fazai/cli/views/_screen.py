"""Lines of styled text onto a stream: colours and a moving line on a terminal, plain text elsewhere.

Everything that comes through here is cleaned, so that no text from outside can steer the terminal.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, TextIO

from fazai.cli._clean import clean

if TYPE_CHECKING:
    from rich.console import Console
    from rich.status import Status


class Span(NamedTuple):
    """Text in a style of rich: `Span("changed", "yellow")`."""

    text: str
    style: str = ""


Line = tuple[Span | str, ...]


def dim(text: str) -> Span:
    """What matters less."""
    return Span(text, "bright_black")


def strong(text: str) -> Span:
    """What the eye should find."""
    return Span(text, "bold")


class Screen:
    """One stream. `plain`: no escape codes at all."""

    def __init__(self, stream: TextIO, *, plain: bool) -> None:
        self._stream = stream
        self.plain = plain
        self._console: Console | None = None
        self._status: Status | None = None

    @classmethod
    def on(cls, stream: TextIO, *, no_color: bool) -> Screen:
        """Plain where the stream is no terminal, or colours are not wanted (NO_COLOR, TERM=dumb)."""
        plain = no_color or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb" or not stream.isatty()
        return cls(stream, plain=plain)

    def line(self, *spans: Span | str) -> None:
        """Print one line, or several where a span holds line breaks."""
        parts = [span if isinstance(span, Span) else Span(span) for span in spans]
        parts = [Span(clean(part.text), part.style) for part in parts]
        if self.plain:
            print("".join(part.text for part in parts).rstrip(), file=self._stream, flush=True)
            return
        from rich.text import Text  # noqa: PLC0415 -- on a terminal only

        text = Text.assemble(*(part for part in parts if part.text))
        self._rich().print(text, soft_wrap=True, markup=False, highlight=False, emoji=False)

    def lines(self, lines: list[Line]) -> None:
        """Print several."""
        for line in lines:
            self.line(*line)

    @contextmanager
    def moving(self, text: str) -> Iterator[None]:
        """A moving line as long as this lasts; nothing where the stream is plain."""
        self.move(text)
        try:
            yield
        finally:
            self.still()

    def move(self, text: str) -> None:
        """Show `text` on the moving line; it begins to move when there is none."""
        if self.plain:
            return
        from rich.text import Text  # noqa: PLC0415

        shown = Text(clean(text).replace("\n", " "), overflow="ellipsis", no_wrap=True)
        if self._status is None:
            self._status = self._rich().status(shown)
            self._status.start()
        else:
            self._status.update(shown)

    def still(self) -> None:
        """Take the moving line away."""
        if self._status is not None:
            self._status.stop()
            self._status = None

    def _rich(self) -> Console:
        if self._console is None:
            from rich.console import Console  # noqa: PLC0415

            self._console = Console(file=self._stream, markup=False, highlight=False, emoji=False)
        return self._console
