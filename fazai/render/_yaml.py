"""YAML as Ansible's people write it: indented lists, `|` for lines, double quotes, and `!unsafe` for data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import yaml

from fazai.expression import looks_like_jinja

_WIDTH: Final = 120
_LONG: Final = 90
_LONGEST: Final = 150
_LONGEST_LINE: Final = 130
# Words with one space between: PyYAML folds these, and only these, without loss.
_ORDINARY: Final = re.compile(r"\S+( \S+)*")


class Unsafe(str):
    """Text that Ansible must take as it is: written with the tag `!unsafe`."""

    __slots__ = ()


def as_data(value: Any) -> Any:
    """The same value with every text that Ansible would template marked `Unsafe`, keys of mappings too."""
    match value:
        case str():
            return Unsafe(value) if looks_like_jinja(value) else str(value)
        case Mapping():
            return {as_data(key): as_data(item) for key, item in value.items()}
        case Sequence():
            return [as_data(item) for item in value]
        case _:
            return value


def document(value: Any, comment: str = "") -> str:
    """One YAML document, with a comment (whole lines, each with its `#`) under the `---`."""
    return f"---\n{comment}{_dump(value)}"


def listing(items: Sequence[Any]) -> str:
    """A document that is a list, its items set apart by an empty line."""
    return "---\n" + "\n".join(_dump([item]) for item in items)


def lines_of(text: str, *path: str | int) -> list[int]:
    """The line of each item of the list at `path` within the first document; lines count from 1."""
    node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    for part in path:
        node = node.value[part] if isinstance(part, int) else next(value for key, value in node.value if key.value == part)
    return [item.start_mark.line + 1 for item in node.value]


class _Dumper(yaml.SafeDumper):
    """PyYAML's safe dumper with other looks."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Indent lists within mappings."""
        super().increase_indent(flow, False)  # noqa: FBT003

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        """Write a value twice rather than an anchor."""
        return True

    def choose_scalar_style(self) -> Any:
        """Double quotes where quotes are needed, unless that would need more backslashes."""
        style = super().choose_scalar_style()
        text = getattr(self.event, "value", "")
        return '"' if style == "'" and not ('"' in text or "\\" in text) else style

    def write_folded(self, text: str) -> None:
        """Break before a long word, so that it stands alone, as yamllint asks; PyYAML breaks after it."""
        longest = max(map(len, text.split()), default=0)
        self.best_width = max(0, min(_WIDTH, _LONGEST - longest))
        super().write_folded(text)
        self.best_width = _WIDTH

    def write_double_quoted(self, text: str, split: bool = True) -> None:  # noqa: FBT001, FBT002
        """Break a long text anywhere, with a backslash; PyYAML's own breaks at spaces only."""
        self.write_indicator('"', True)  # noqa: FBT003
        line_start = True
        for char in text:
            written = _escaped(char)
            if split and not line_start and self.column + len(written) > _WIDTH:
                self._write("\\")
                self.write_indent()
                written = "\\ " if char == " " else written
            line_start = False
            self._write(written)
        self.write_indicator('"', False)  # noqa: FBT003

    def _write(self, text: str) -> None:
        self.column += len(text)
        self.whitespace = self.indention = False
        self.stream.write(text)


_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\x00": "\\0"}


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char == " " or (char.isprintable() and ord(char) <= 0xFFFF and char != "\ufeff"):
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    tag = "!unsafe" if isinstance(text, Unsafe) else "tag:yaml.org,2002:str"
    return dumper.represent_scalar(tag, str(text), style=_style(text))


def _style(text: str) -> str | None:
    """Lines as lines, a long text folded; double quotes, which can be broken anywhere, where that would not do."""
    if "\n" in text:
        too_long = any(len(line) > _LONGEST_LINE and " " in line for line in text.split("\n"))
        return '"' if too_long else "|"
    if len(text) <= _LONG:
        return None
    return ">" if _ORDINARY.fullmatch(text) else '"'


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(Unsafe, _represent_text)


def _dump(value: Any) -> str:
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
