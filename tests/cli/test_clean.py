"""Text from outside does not steer the terminal."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazai.cli._clean import clean, one_line

STEERS = {
    "a colour": ("\x1b[31mred", r"\x1b[31mred"),
    "a title": ("\x1b]0;owned\x07", r"\x1b]0;owned\x07"),
    "one-byte CSI": ("\x9b2J", r"\x9b2J"),
    "back over the line": ("safe\rrm -rf", r"safe\rrm -rf"),
    "backspace": ("ab\x08c", r"ab\x08c"),
    "right to left": ("user\u202etxt.exe", r"user\u202etxt.exe"),
    "an isolate": ("\u2066x\u2069", r"\u2066x\u2069"),
    "a line separator": ("a\u2028b", r"a\u2028b"),
    "a tag": ("a\U000e0041", r"a\U000e0041"),
    "half a character": ("\udc80", r"\udc80"),
}


@pytest.mark.parametrize(("text", "shown"), STEERS.values(), ids=STEERS)
def test_what_steers_is_written_out(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize(
    "text", ["Página estática", "日本語", "👩\u200d💻", "\u0645\u06cc\u200c\u062e", "a\n\tb", "[bold]x[/bold]", r"\x1b"]
)
def test_words_of_any_language_stay(text: str) -> None:
    assert clean(text) == text


def test_one_line_has_no_line_breaks() -> None:
    assert one_line("a\nb\tc") == r"a\nb\tc"


def test_no_character_that_steers_is_left_out_of_the_list() -> None:
    kept = {"\n", "\t", "\u200c", "\u200d"}
    steering = {chr(i) for i in range(sys.maxunicode + 1) if unicodedata.category(chr(i)) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    assert [f"{ord(char):x}" for char in sorted(steering - kept) if clean(char) == char] == []


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
