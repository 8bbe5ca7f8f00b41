"""The words of `concepts.yml`, compiled into phrases that are looked for in a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import yaml

from fazai.recall.words import OPAQUE, Token, fold, is_mistyped

Section = Literal["any", "en", "pt"]
_GAP: Final = 4  # words that `*` may stand for


@dataclass(frozen=True)
class Part:
    """One place of a phrase: the words that may stand there, whether others may come before, whether it is only context."""

    words: frozenset[str]
    after_gap: bool = False
    context: bool = False


@dataclass(frozen=True)
class Phrase:
    """What calls for `concept`; an empty concept is a stop phrase, which only takes its words out of the others' way."""

    concept: str
    parts: tuple[Part, ...]
    section: Section = "any"

    def places(self, words: Sequence[Token], start: int) -> tuple[int, ...] | None:
        """The indexes of the words it takes when it begins at `start`, context included, or None."""
        return self._from(words, start, 0)

    def _from(self, words: Sequence[Token], at: int, part: int) -> tuple[int, ...] | None:
        if at >= len(words) or self.parts[part].words.isdisjoint(words[at].keys):
            return None
        if part + 1 == len(self.parts):
            return (at,)
        reach = 1 + _GAP if self.parts[part + 1].after_gap else 1
        for step in range(1, reach + 1):
            if at + step >= len(words) or words[at + step].clause != words[at].clause:
                return None
            rest = self._from(words, at + step, part + 1)
            if rest is not None:
                return (at, *rest)
        return None

    def taken(self, places: Sequence[int]) -> frozenset[int]:
        """Of these places, those that are not context."""
        return frozenset(place for place, part in zip(places, self.parts, strict=True) if not part.context)


@dataclass(frozen=True)
class Vocabulary:
    """Every phrase, by each word it can begin with, and the words that ask for nothing."""

    names: frozenset[str]
    phrases: tuple[Phrase, ...]
    stop: Mapping[Section, frozenset[str]]
    denials: frozenset[str]
    exceptions: tuple[tuple[str, ...], ...]
    not_denials: tuple[tuple[str, ...], ...]
    _by_first: Mapping[str, tuple[Phrase, ...]] = field(repr=False)
    _single: Mapping[str, Phrase] = field(repr=False)
    _words: frozenset[str] = field(repr=False)

    def beginning_with(self, word: Token) -> Iterator[Phrase]:
        """Phrases whose first part this word can be."""
        for key in word.keys:
            yield from self._by_first.get(key, ())

    def is_stop(self, word: str) -> bool:
        """Whether the word asks for nothing."""
        return any(word in words for words in self.stop.values())

    def knows(self, word: str) -> bool:
        """Whether the word stands anywhere in here."""
        return word in self._words or self.is_stop(word)

    def language_of(self, word: str) -> Section:
        """The one language that has the word, as far as is known here; else `any`."""
        english, portuguese = word in self.stop["en"], word in self.stop["pt"]
        if english != portuguese:
            return "en" if english else "pt"
        phrase = None if english else self._single.get(word)
        return phrase.section if phrase else "any"

    def meant(self, word: str) -> Phrase | None:
        """The one-word phrase that a word with a typing mistake is meant to be, when there is one concept to choose."""
        if not word.isalpha() or self.knows(word):
            return None
        if any(known[0] == word[0] and is_mistyped(word, known) for words in self.stop.values() for known in words):
            return None
        found = {
            phrase.concept: phrase for known, phrase in self._single.items() if known[0] == word[0] and is_mistyped(word, known)
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def unknown(self, concepts: Iterable[str]) -> list[str]:
        """Those that are no concepts: a toolspec's recall words are held to this."""
        return [name for name in concepts if name not in self.names]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that ships with FazAI."""
    return compiled(Path(__file__).with_name("concepts.yml").read_text(encoding="utf-8"))


def compiled(text: str) -> Vocabulary:
    """A vocabulary from the YAML of `concepts.yml`. Raises `ValueError` for a word that belongs to two concepts."""
    # The base loader reads every scalar as text: "no" and "on" are words here.
    data: Mapping[str, Any] = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506
    phrases = [_phrase("", written, "any") for written in data["stop"]["phrases"]]
    phrases += [
        _phrase(concept, written, section)
        for concept, sections in data["concepts"].items()
        for section in ("any", "en", "pt")
        for written in sections.get(section, ())
    ]
    by_first: dict[str, list[Phrase]] = {}
    single: dict[str, Phrase] = {}
    for phrase in phrases:
        for word in phrase.parts[0].words:
            by_first.setdefault(word, []).append(phrase)
            if len(phrase.parts) == 1 and single.setdefault(word, phrase).concept != phrase.concept:
                raise ValueError(f'"{word}" belongs to both {single[word].concept} and {phrase.concept}')
    denials = data["denials"]
    return Vocabulary(
        names=frozenset(data["concepts"]),
        phrases=tuple(phrases),
        stop={"en": frozenset(fold(data["stop"]["en"]).split()), "pt": frozenset(fold(data["stop"]["pt"]).split())},
        denials=frozenset(denials["en"]) | frozenset(denials["pt"]),
        exceptions=tuple(tuple(words.split()) for words in denials["except"]),
        not_denials=tuple(tuple(words.split()) for words in denials["not_denials"]),
        _by_first={word: tuple(found) for word, found in by_first.items()},
        _single=single,
        _words=frozenset(word for phrase in phrases for part in phrase.parts for word in part.words),
    )


def _phrase(concept: str, written: str, section: Section) -> Phrase:
    parts: list[Part] = []
    gap = False
    for piece in written.split():
        if piece == "*":
            gap = True
            continue
        context = piece.startswith("~")
        words = frozenset(form for word in piece.lstrip("~").split("|") for form in forms(fold(word), section))
        parts.append(Part(words, after_gap=gap, context=context))
        gap = False
    if not parts or parts[0].after_gap or gap or OPAQUE in {word for part in parts for word in part.words}:
        raise ValueError(f'"{written}" is not a phrase')
    return Phrase(concept, tuple(parts), section)


def forms(word: str, section: Section) -> tuple[str, ...]:
    """The word and its plural, as the language makes it, without accents."""
    if len(word) < 3 or not word.isalpha() or section == "any":
        return (word,)
    return (word, _english(word)) if section == "en" else (word, *_portuguese(word))


def _english(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return f"{word}es"
    return f"{word[:-1]}ies" if word[-1] == "y" and word[-2] not in "aeiou" else f"{word}s"


def _portuguese(word: str) -> tuple[str, ...]:
    match word[-2:]:
        case "ao":
            return f"{word[:-2]}oes", f"{word}s"
        case "al" | "el" | "ol" | "ul":
            return (f"{word[:-1]}is",)
        case "il":
            return (f"{word[:-1]}s", f"{word[:-2]}eis")
        case _ if word[-1] == "m":
            return (f"{word[:-1]}ns",)
        case _ if word[-1] in "rz":
            return (f"{word}es",)
        case _:
            return (f"{word}s",)
