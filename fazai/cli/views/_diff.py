"""A difference as lines: unified, with colours for what goes and what comes."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from fazai.cli.views._screen import Line, Span, dim
from fazai.outcome import Diff

SHORT = 14  # lines of one task's diff that are shown without --full
_STYLES = {"+": "green", "-": "red", "@": "cyan"}


def changed_lines(diffs: Sequence[Diff], title: str) -> list[str]:
    """Every unified line of some diffs, each headed by its file unless `title`, which stands above it, names that already."""
    found: list[str] = []
    for diff in diffs:
        name = diff.before_header
        found += [f"=== {name}"] if name and name not in title and not diff.prepared else []
        found += _unified(diff)
    return found


def only_line(lines: Sequence[str]) -> Span | None:
    """The one line that changes, where there is one: it can stand beside its task."""
    changes = [line for line in lines if line[:1] in {"+", "-"}]
    if len(changes) != 1 or len(changes[0]) > 60:
        return None
    return Span(f"{changes[0][0]} {changes[0][1:]}", _STYLES[changes[0][0]])


def block(lines: Sequence[str], indent: str, *, full: bool) -> list[Line]:
    """The lines, indented and coloured; all of them, or as many as a person reads at a glance."""
    shown = list(lines) if full or len(lines) <= SHORT + 2 else list(lines[:SHORT])
    found: list[Line] = [(indent, _coloured(line)) for line in shown]
    if len(shown) < len(lines):
        found.append((indent, dim(f"… {len(lines) - len(shown)} more lines: --full shows them")))
    return found


def _coloured(line: str) -> Span:
    return Span(line, "bold" if line.startswith("=== ") else _STYLES.get(line[:1], ""))


def _unified(diff: Diff) -> list[str]:
    """Its hunks. The headers of a unified diff are left out: after a change they name a temporary file of Ansible's."""
    if diff.prepared:
        return diff.prepared.splitlines()
    return list(difflib.unified_diff(_lines(diff.before), _lines(diff.after), lineterm=""))[2:]


def _lines(text: str) -> list[str]:
    lines = text.splitlines()
    if text and not text.endswith("\n"):
        lines[-1] += "  (no line break at the end)"
    return lines
