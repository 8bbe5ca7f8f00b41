"""Text into words, each with its place; what is content rather than wish is left out.

Quoted text, `{{ }}` and other braces, URLs, mail addresses, paths and IP addresses are opaque: they keep their place among
the words, but no concept is read from them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

OPAQUE: Final = ""
NUMBER: Final = "<number>"
TIME: Final = "<time>"

_QUOTED: Final = (
    r'"[^"]*"',
    r"“[^”]*”",
    r"«[^»]*»",
    r"`[^`]*`",
    r"(?<!\w)'[^'\n]+'(?!\w)",
    r"(?<!\w)‘[^’\n]+’(?!\w)",  # noqa: RUF001
)
QUOTED: Final = re.compile("|".join(_QUOTED))
URL: Final = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s\"'<>]+", re.IGNORECASE)
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*")
PATH: Final = re.compile(r"(?<![\w/:.~])~?/[\w.@%+*-]+(?:/[\w.@%+*-]*)*")
ADDRESS: Final = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|(?=[0-9a-fA-F:]*:[0-9a-fA-F:]*:)[0-9a-fA-F:]+(?:%\w+)?)(?:/\d{1,3})?(?![\w:])"
)
_NAME: Final = r"[^\W_]+(?:\.(?=[^\W_A-Z])[^\W_]+)*"  # a dot before a capital ends a sentence
_TOKEN: Final = re.compile(rf"\x00+|\d{{1,2}}[:h]\d{{2}}(?!\w)|{_NAME}")
# A comma before these ends no clause: "everything blocked, except port 22".
_GO_ON: Final = frozenset({"except", "but", "besides", "other", "exceto", "menos", "salvo", "alem"})
_CLAUSE_ENDS: Final = re.compile(r"[.;:!?,()]|\n\s*(?:[-*]\s|\n)")


@dataclass(frozen=True)
class Token:
    """A word, folded. `start` and `end` are places in the NFC form of the text; `clause` counts from 0."""

    text: str
    start: int
    end: int
    clause: int

    @property
    def keys(self) -> tuple[str, ...]:
        """What a phrase may call it: itself, and its kind where it has one."""
        if self.text.isdigit():
            return (self.text, NUMBER)
        return (self.text, TIME) if re.fullmatch(r"\d{1,2}[:h]\d{2}", self.text) else (self.text,)


def nfc(text: str) -> str:
    """The form in which places are counted."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Without accents and case."""
    plain = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return "".join(plain).casefold()


def blanked(text: str, *patterns: re.Pattern[str]) -> str:
    """The text with NUL for each character that a pattern matches: places stay as they are."""
    for pattern in patterns:
        text = pattern.sub(lambda found: "\x00" * len(found.group()), text)
    return text


def without_content(text: str) -> str:
    """An NFC text with quoted and braced content blanked."""
    text = text.replace("\x00", " ")
    for start, end in _braced(text):
        text = text[:start] + "\x00" * (end - start) + text[end:]
    return blanked(text, QUOTED)


def without_names(text: str) -> str:
    """A text in which URLs, mail addresses, paths and IP addresses are blanked too."""
    return blanked(text, URL, _MAIL, ADDRESS, PATH)


def tokens(text: str) -> list[Token]:
    """The words of an NFC text. Opaque ones have the text `OPAQUE`; dotted names are kept, the vocabulary judges them."""
    bare = without_names(without_content(text))
    found: list[Token] = []
    clause, behind = 0, 0
    for match in _TOKEN.finditer(bare):
        word = match.group()
        between = bare[behind : match.start()]
        # A list of numbers is one clause: "ports 22, 80 and 443".
        goes_on = between.strip() == "," and (word[0].isdigit() or fold(word) in _GO_ON)
        if found and _CLAUSE_ENDS.search(between) and not goes_on:
            clause += 1
        found.append(Token(OPAQUE if word[0] == "\x00" else fold(word), match.start(), match.end(), clause))
        behind = match.end()
    return found


def _braced(text: str) -> Iterator[tuple[int, int]]:
    """Spans from an opening brace to the one that closes it, the inner ones too; a brace that nothing closes is no span."""
    opened: list[int] = []
    for place, character in enumerate(text):
        if character == "{":
            opened.append(place)
        elif character == "}" and opened:
            yield opened.pop(), place + 1


def is_mistyped(typed: str, word: str) -> bool:
    """Whether `typed` is `word` with one slip of the fingers that leaves no other word likely.

    Two letters swapped, or one doubled or not, from five letters on; one too many or too few from seven, a wrong one from eight,
    but not the last one: that is another form of a word, or another word.
    """
    if abs(len(typed) - len(word)) > 1 or typed == word or len(word) < 5:
        return False
    head = 0
    while head < min(len(typed), len(word)) and typed[head] == word[head]:
        head += 1
    rest, meant = typed[head:], word[head:]
    if len(rest) == len(meant):
        swapped = rest[2:] == meant[2:] and rest[:2] == meant[1::-1]
        return swapped or (len(word) >= 8 and len(rest) > 1 and rest[1:] == meant[1:])
    longer, shorter = (rest, meant) if len(rest) > len(meant) else (meant, rest)
    if longer[1:] != shorter:
        return False
    doubled = head > 0 and longer[0] == word[head - 1]
    return doubled or (len(word) >= 7 and len(longer) > 1)
