"""Quoted texts of a goal, and the words before them that say what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from fazai.recall.words import QUOTED, fold

# Words by which people introduce a value, in both languages. An input that is not listed is introduced by its own name.
INTRODUCTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "database": ("database", "db", "banco de dados", "banco", "base de dados", "base"),
    "owner": (
        "owned by",
        "owner",
        "dono",
        "dona",
        "pertencente a",
        "pertence a",
        "proprietario",
        "user",
        "usuario",
        "usuaria",
        "role",
        "papel",
    ),
    "user": ("user", "account", "usuario", "usuaria", "conta"),
    "username": ("user", "account", "usuario", "usuaria", "conta"),
    "group": ("group", "grupo"),
    "content": (
        "page",
        "text",
        "content",
        "saying",
        "says",
        "site",
        "pagina",
        "texto",
        "conteudo",
        "dizendo",
        "que diz",
        "que diga",
    ),
    "title": ("title", "titulo"),
}
_NAMING: Final = r"(?:named|called|chamad[oa]s?|de nome|com o nome|nome|name|the|an?|o|a|de|um|uma|:|=|,)"


@dataclass(frozen=True)
class Quote:
    """A quoted text, and what stands before it, folded."""

    text: str
    before: str

    def is_for(self, name: str) -> bool:
        """Whether the words right before it are an input's."""
        return re.search(rf"(?<!\w)(?:{_words(name)})\s*(?:{_NAMING}\s*)*$", self.before) is not None

    @property
    def introduces_a_name(self) -> bool:
        """Whether it names a thing (a database, a user), whatever the inputs: then it is nobody's free text."""
        return any(self.is_for(name) for name in INTRODUCTIONS if name not in {"content", "title"})


def quotes(text: str) -> Iterator[Quote]:
    """Every quoted text that is not empty."""
    for match in QUOTED.finditer(text):
        inner = match.group()[1:-1]
        if inner.strip():
            yield Quote(inner, fold(text[: match.start()]))


def unquoted_name(text: str, name: str) -> list[str]:
    """Names without quotes, where the text says that they are names: "a database named agents"."""
    naming = r"(?:named|called|chamad[oa]|de nome|com o nome)"
    pattern = rf"(?<!\w)(?:{_words(name)})\s+{naming}\s+(?:de\s+)?([A-Za-z_][A-Za-z0-9_-]{{0,62}})(?![\w.])"
    return [match[1] for match in re.finditer(pattern, text, re.IGNORECASE)]


def _words(name: str) -> str:
    return "|".join(re.escape(word) for word in INTRODUCTIONS.get(name, (name.replace("_", " "),)))
