"""A finding as a person reads it: what, where (with the line of the file), why, what to do."""

from __future__ import annotations

import itertools
from pathlib import Path

from fazai.cli._clean import one_line
from fazai.cli.views._screen import Line, Span, dim, strong
from fazai.diagnostic import Finding, Severity, Where

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold cyan"}
_LONGEST = 120


def lines_of(finding: Finding) -> list[Line]:
    """`error: summary`, and below it the place, the reason and the remedy."""
    lines: list[Line] = [(Span(finding.severity.value, _STYLES[finding.severity]), ": ", strong(one_line(finding.summary)))]
    if finding.where is not None:
        place = str(finding.where)
        if finding.where.file is not None and finding.where.field is not None:
            place += f"  {finding.where.field}"
        lines.append(("  ", one_line(place)))
        lines.extend(_source(finding))
    lines.extend(("  ", text) for text in finding.detail.splitlines())
    lines.extend(("  ", text) for text in finding.remedy.splitlines())
    return lines


def _source(finding: Finding) -> list[Line]:
    """The line of the file with a caret below; nothing for a line that may hold a secret."""
    where = finding.where
    if where is None or where.line is None or "secret" in finding.model_dump_json():
        return []
    text = _line_of(where)
    if text is None:
        return []
    number = str(where.line)
    column = (where.column or 1) - 1
    # What stands before the caret is measured as it is shown: a tab is one column wide there.
    shown = one_line(text[:_LONGEST].replace("\t", " "))
    lines: list[Line] = [("    ", dim(f"{number} | "), shown)]
    if where.column is not None and column <= len(text[:_LONGEST]):
        before = one_line(text[:column].replace("\t", " "))
        lines.append(("    ", dim(f"{' ' * len(number)} | "), " " * len(before), Span("^", "red")))
    return lines


def _line_of(where: Where) -> str | None:
    if where.file is None or where.line is None or not Path(where.file).is_file():
        return None
    try:
        with Path(where.file).open(encoding="utf-8-sig", errors="replace") as file:
            text = next(itertools.islice(file, where.line - 1, None), None)
    except OSError:
        return None
    return text.rstrip("\n") if text is not None else None
