"""Text from hosts, goals and models is data: what would steer a terminal is shown, not obeyed."""

from __future__ import annotations

import re
import unicodedata

# Joiners that scripts and emoji need; they move nothing.
_HARMLESS = frozenset("\u200c\u200d")
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def clean(text: str) -> str:
    r"""The text with every character that steers a terminal, or the direction of writing, written out: ESC as `\x1b`.

    Line breaks and tabs stay.
    """
    return _SUSPECT.sub(_written_out, text)


def one_line(text: str) -> str:
    r"""The same, with line breaks and tabs written out as well."""
    return clean(text).replace("\n", "\\n").replace("\t", "\\t")


def _written_out(found: re.Match[str]) -> str:
    char = found.group()
    if char in _HARMLESS or unicodedata.category(char) not in _STEERING:
        return char
    return char.encode("unicode_escape").decode("ascii")
