"""The nearest valid word, for messages that end in a question."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The valid word most like `word`, or None when nothing is near enough to be meant."""
    choices = {valid.casefold(): valid for valid in words}
    found = difflib.get_close_matches(word.casefold(), choices, n=1, cutoff=0.6)
    return choices[found[0]] if found else None


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """`Did you mean "x"?` when a valid word is near, else the list of valid words."""
    valid = sorted(words)
    near = nearest(word, valid)
    if near is not None:
        return f'Did you mean "{near}"?'
    return f"Valid: {', '.join(valid)}." if valid else ""
