"""A finding with the line of its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazai.diagnostic import Finding, Where
from tests.cli.values import Written

pytestmark = pytest.mark.io


def shown(finding: Finding) -> str:
    written = Written()
    written.view.trouble(finding)
    assert written.out == ""
    return written.err


def test_the_line_stands_there_with_a_caret_below_the_mistake(tmp_path: Path) -> None:
    path = tmp_path / "goal.yaml"
    path.write_text('name: "é"\n\taccpt: [x]\n', encoding="utf-8")
    text = shown(
        Finding(summary='Unknown field "accpt"', where=Where(file=str(path), line=2, column=2, field="accpt"), remedy="Eh?")
    )
    assert text.splitlines() == [
        'error: Unknown field "accpt"',
        f"  {path}:2:2  accpt",
        "    2 |  accpt: [x]",
        "      |  ^",
        "  Eh?",
    ]


def test_the_caret_stands_right_after_characters_that_are_written_out(tmp_path: Path) -> None:
    path = tmp_path / "goal.yaml"
    path.write_text("\x1b[2J: x\n", encoding="utf-8")
    lines = shown(Finding(summary="Bad", where=Where(file=str(path), line=1, column=5))).splitlines()
    assert lines[2] == r"    1 | \x1b[2J: x"
    assert lines[3].index("^") == lines[2].index(":")


def test_a_line_that_may_hold_a_secret_is_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "goal.yaml"
    path.write_text("inputs: {password: hunter2}\n", encoding="utf-8")
    text = shown(
        Finding(summary="Not valid", where=Where(file=str(path), line=1, column=1), remedy="It is a secret: write env:NAME.")
    )
    assert "hunter2" not in text


@pytest.mark.parametrize("line", [0, 99])
def test_a_line_that_is_not_there_is_left_out(tmp_path: Path, line: int) -> None:
    path = tmp_path / "goal.yaml"
    path.write_text("a: 1\n", encoding="utf-8")
    assert "|" not in shown(Finding(summary="Bad", where=Where(file=str(path), line=max(line, 2), column=1)))


def test_a_place_without_a_file_is_its_field() -> None:
    assert (
        shown(Finding(summary="A value is missing", where=Where(field="relayhost"))) == "error: A value is missing\n  relayhost\n"
    )
