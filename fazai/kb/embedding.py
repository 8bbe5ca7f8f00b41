"""A text as a vector, without a model: hashed words, pieces of words, and concepts.

The same text gives the same vector on every machine. Accents and case are dropped; words that every sentence has weigh
nothing; pieces of four letters let "postgres" and "PostgreSQL" meet; concepts, which were read with care, weigh most.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Final

from fazai.outcome import Entry

VERSION: Final = 1  # part of the index's name: another way of making vectors is another index
DIMENSIONS: Final = 512
_PIECE: Final = 4
_WORD_WEIGHT: Final = 1.0
_PIECE_WEIGHT: Final = 0.35
_CONCEPT_WEIGHT: Final = 2.0
_STOP: Final = frozenset(
    """
    a an the this that these those it its and or not no nor of to for from in into on onto at by with as is are be been was were
    will would should can could may must do does did have has had if then than so i we you he she they them there here when where
    which who what how all any each every only also just please
    o os um uma uns umas de da dos das em na nos nas por pelo pela para pra com e ou que se ao aos esse essa este esta isso
    ele ela eu voce seu sua meu minha mais muito so somente apenas tambem ser ter tem quero favor
    """.split()  # noqa: SIM905 -- words are read as words
)

Sparse = Mapping[int, float]


def sparse(text: str, concepts: Sequence[str] = ()) -> dict[int, float]:
    """The vector's parts that are not zero, by dimension; its length is 1, or it is empty."""
    weights: dict[int, float] = {}
    for feature, weight in _features(text, concepts).items():
        place, sign = _place(feature)
        weights[place] = weights.get(place, 0.0) + sign * weight
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {place: weight / length for place, weight in weights.items()} if length else {}


def dense(vector: Sparse) -> list[float]:
    """All dimensions, as Chroma wants them."""
    return [vector.get(place, 0.0) for place in range(DIMENSIONS)]


def of_entry(entry: Entry) -> dict[int, float]:
    """What an entry is found by: the words of its goal, its title and its concepts."""
    return sparse(f"{entry.goal_text}\n{entry.title}", entry.concepts)


def cosine(one: Sparse, other: Sparse) -> float:
    """How alike two vectors are: 1 for the same, 0 for nothing in common."""
    return sum(weight * other.get(place, 0.0) for place, weight in one.items())


def likeness(text: str, entry: Entry, concepts: Sequence[str] = ()) -> float:
    """How like an entry a text is: what a search scores, without a store."""
    return cosine(sparse(text, concepts), of_entry(entry))


def _features(text: str, concepts: Sequence[str]) -> dict[str, float]:
    words = [word for word in re.findall(r"[^\W_]+", _folded(text)) if word not in _STOP]
    found: dict[str, float] = {}
    for word, count in Counter(words).items():
        often = 1.0 + math.log(count)
        found[f"w:{word}"] = _WORD_WEIGHT * often
        padded = f" {word} "
        pieces = [padded[i : i + _PIECE] for i in range(len(padded) - _PIECE + 1)]
        for piece in pieces:
            found[f"p:{piece}"] = found.get(f"p:{piece}", 0.0) + _PIECE_WEIGHT * often / math.sqrt(len(pieces))
    found |= {f"c:{concept}": _CONCEPT_WEIGHT for concept in concepts}
    return found


def _place(feature: str) -> tuple[int, float]:
    """Its dimension, and its sign: so that two features that fall together cancel as often as they add."""
    digest = blake2b(feature.encode(), digest_size=8).digest()
    return int.from_bytes(digest[:4], "big") % DIMENSIONS, 1.0 if digest[4] & 1 else -1.0


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
