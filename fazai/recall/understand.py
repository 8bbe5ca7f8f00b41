"""A text into concepts, each with the words it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from fazai.recall.vocabulary import Phrase, Vocabulary, vocabulary
from fazai.recall.words import OPAQUE, Token, nfc, tokens

_DENIAL_REACH: Final = 4  # "without any kind of proxy" still denies the proxy
_EXCEPTION_REACH: Final = 8
_OR: Final = frozenset({"or", "ou", "nor", "nem"})
# A denial goes no further than these: "without TLS and with a proxy" asks for the proxy.
_ENDS_DENIAL: Final = frozenset({"and", "but", "with", "e", "mas", "com", "porem"})
_ARTICLES: Final = frozenset({"a", "an", "the", "any", "o", "um", "uma", "qualquer"})


@dataclass(frozen=True, kw_only=True)
class Match:
    """Words taken for a concept. `start` and `end` are places in the text's NFC form.

    `denied`: the text says that it is not wanted. `guessed`: one letter off, so read as a typing mistake.
    """

    concept: str
    text: str
    start: int
    end: int
    denied: bool = False
    guessed: bool = False


@dataclass(frozen=True, kw_only=True)
class Concepts:
    """What a text asks for, in its order; `unread` are words that mean nothing here and may hide a wish."""

    matches: tuple[Match, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Each concept asked for, once."""
        return tuple(dict.fromkeys(match.concept for match in self.matches if not match.denied))

    @property
    def denied(self) -> tuple[str, ...]:
        """Each concept that is said not to be wanted, and is not asked for elsewhere either."""
        wanted = set(self.names)
        return tuple(dict.fromkeys(m.concept for m in self.matches if m.denied and m.concept not in wanted))

    def words_of(self, concept: str) -> str:
        """The words that were taken for a concept: for people."""
        return ", ".join(dict.fromkeys(f'"{m.text}"' for m in self.matches if m.concept == concept and not m.denied))


@dataclass(frozen=True)
class _Found:
    """A phrase at its places, among the words of the text."""

    phrase: Phrase
    places: tuple[int, ...]
    guessed: bool = False

    @property
    def taken(self) -> frozenset[int]:
        return self.phrase.taken(self.places)

    @property
    def rank(self) -> tuple[int, int, int]:
        """The longest phrase first, then the earliest, then the tightest."""
        return (-len(self.places), self.places[0], self.places[-1])


def understand(text: str, words: Vocabulary | None = None) -> Concepts:
    """The concepts of a text in English or Portuguese. The same text always gives the same answer."""
    known = words or vocabulary()
    text = nfc(text)
    read = _in_its_language(_judged_names(tokens(text), known), known)
    found = _without_overlap([*_phrases(read, known), *_mistyped(read, known)])
    free = frozenset(range(len(read))) - frozenset(place for one in found for place in one.taken)
    denials = frozenset(_denials(read, free, known))
    matches: list[Match] = []
    before: tuple[_Found, bool] | None = None
    for one in sorted((f for f in found if f.phrase.concept), key=lambda f: f.places):
        denied = _is_denied(one, read, denials) or (before is not None and before[1] and _joined(before[0], one, read))
        matches.append(_match(one, read, text, denied=denied))
        before = one, denied
    return Concepts(matches=tuple(matches), unread=tuple(_unread(read, free, known, text)))


def _judged_names(read: Sequence[Token], known: Vocabulary) -> list[Token]:
    """Dotted words are host and file names, unless a phrase has them (node.js)."""
    return [replace(t, text=OPAQUE) if "." in t.text and not known.knows(t.text) else t for t in read]


def _in_its_language(read: list[Token], known: Vocabulary) -> list[Token]:
    """In Portuguese "no" is "em o"; it denies only in a text that is more English than Portuguese."""
    languages = [known.language_of(t.text) for t in read if t.text != "no"]
    if languages.count("en") > languages.count("pt"):
        return read
    return [replace(t, text="em") if t.text == "no" else t for t in read]


def _phrases(read: Sequence[Token], known: Vocabulary) -> Iterator[_Found]:
    for start, token in enumerate(read):
        for phrase in known.beginning_with(token):
            places = phrase.places(read, start)
            if places is not None:
                yield _Found(phrase, places)


def _mistyped(read: Sequence[Token], known: Vocabulary) -> Iterator[_Found]:
    for place, token in enumerate(read):
        phrase = known.meant(token.text)
        if phrase is not None:
            yield _Found(phrase, (place,), guessed=True)


def _without_overlap(found: list[_Found]) -> list[_Found]:
    kept: list[_Found] = []
    taken: set[int] = set()
    for one in sorted(found, key=lambda f: f.rank):
        if taken.isdisjoint(one.taken):
            kept.append(one)
            taken |= one.taken
    return kept


def _denials(read: Sequence[Token], free: frozenset[int], known: Vocabulary) -> Iterator[int]:
    """Places of words that deny what follows, and mean it."""
    for place, token in enumerate(read):
        if token.text not in known.denials or place not in free or _follows(read, place, known.not_denials):
            continue
        ahead = range(place + 1, min(place + 1 + _EXCEPTION_REACH, len(read)))
        clause = [i for i in ahead if read[i].clause == token.clause]
        if not any(_follows(read, i, known.exceptions) for i in clause):
            yield place


def _follows(read: Sequence[Token], place: int, phrases: Sequence[tuple[str, ...]]) -> bool:
    return any(tuple(t.text for t in read[place : place + len(phrase)]) == phrase for phrase in phrases)


def _is_denied(one: _Found, read: Sequence[Token], denials: frozenset[int]) -> bool:
    first = min(one.taken)
    for place in range(first - 1, max(first - 1 - _DENIAL_REACH, -1), -1):
        if read[place].clause != read[first].clause or read[place].text in _ENDS_DENIAL:
            return False
        if place in denials:
            return True
    return False


def _joined(one: _Found, other: _Found, read: Sequence[Token]) -> bool:
    """Whether only "or" stands between the two."""
    between = {token.text for token in read[max(one.taken) + 1 : min(other.taken)]}
    return bool(between & _OR) and between <= _OR | _ARTICLES


def _match(one: _Found, read: Sequence[Token], text: str, *, denied: bool) -> Match:
    start, end = read[one.places[0]].start, read[one.places[-1]].end
    return Match(concept=one.phrase.concept, text=text[start:end], start=start, end=end, denied=denied, guessed=one.guessed)


def _unread(read: Sequence[Token], free: frozenset[int], known: Vocabulary, text: str) -> Iterator[str]:
    seen: set[str] = set()
    for place, token in enumerate(read):
        word = token.text
        if place in free and len(word) > 1 and word not in seen and word.isalpha() and not known.is_stop(word):
            seen.add(word)
            yield text[token.start : token.end]
