"""The words themselves, and how they are written down."""

from __future__ import annotations

import pytest

from fazai.recall import Candidate, understand, vocabulary
from fazai.recall.vocabulary import compiled, forms
from tests.recall.support import candidates

FRAME = """
stop: {en: the a, pt: o a, phrases: [log in]}
denials: {en: [no], pt: [sem], except: [but], not_denials: [no more]}
concepts:
"""


def of(concepts: str, text: str) -> tuple[str, ...]:
    return understand(text, compiled(FRAME + concepts)).names


def test_no_word_belongs_to_two_concepts() -> None:
    with pytest.raises(ValueError, match='"ports" belongs to both ports and other'):
        compiled(FRAME + "  ports: {en: [port]}\n  other: {any: [ports]}\n")


def test_no_phrase_of_a_concept_is_a_phrase_of_another() -> None:
    seen: dict[tuple[object, ...], str] = {}
    for phrase in vocabulary().phrases:
        assert seen.setdefault(phrase.parts, phrase.concept) == phrase.concept, phrase


def test_every_word_of_a_concept_that_stands_alone_means_it() -> None:
    for phrase in vocabulary().phrases:
        if len(phrase.parts) == 1 and phrase.concept:
            for word in phrase.parts[0].words - {"<time>"}:
                assert understand(word).names == (phrase.concept,), word


def test_no_word_that_stands_alone_for_a_concept_asks_for_nothing_in_its_own_language() -> None:
    known = vocabulary()
    lost = {
        word
        for phrase in known.phrases
        if len(phrase.parts) == 1 and phrase.section != "any"
        for word in phrase.parts[0].words & known.stop[phrase.section]
    }
    # These do both: they ask for nothing by themselves, and a concept is read from them all the same.
    assert lost <= {"administrador", "administradora", "administradores", "administradoras"}


@pytest.mark.parametrize("candidate", candidates(), ids=lambda one: one.name)
def test_the_recall_words_of_the_catalog_are_concepts(candidate: Candidate) -> None:
    assert vocabulary().unknown(sorted(candidate.covers)) == []


def test_a_word_that_is_no_concept_is_told() -> None:
    assert vocabulary().unknown(["ports", "port"]) == ["port"]


@pytest.mark.parametrize(
    ("word", "section", "plural"),
    [
        ("page", "en", "pages"),
        ("proxy", "en", "proxies"),
        ("key", "en", "keys"),
        ("box", "en", "boxes"),
        ("porta", "pt", "portas"),
        ("conexao", "pt", "conexoes"),
        ("canal", "pt", "canais"),
        ("perfil", "pt", "perfis"),
        ("mensagem", "pt", "mensagens"),
        ("servidor", "pt", "servidores"),
    ],
)
def test_plurals_come_by_themselves(word: str, section: str, plural: str) -> None:
    assert plural in forms(word, section)  # type: ignore[arg-type]


def test_names_have_no_plural() -> None:
    assert forms("redis", "any") == ("redis",)


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("reverse proxy", "a reverse proxy here", True),
        ("reverse proxy", "reverse the proxy", False),
        ("restore * tried", "restore that has been tried", True),
        ("restore * tried", "restore of one or two or three tried", False),
        ("restore * tried", "restore, tried", False),
        ("open|closed port", "closed port", True),
        ("a cada <number>", "a cada 5", True),
        ("<time>", "at 02:30", True),
        ("<time>", "at 230", False),
    ],
)
def test_phrases_are_found_as_they_are_written(phrase: str, text: str, found: bool) -> None:
    assert of(f"  it: {{any: ['{phrase}']}}\n", text) == (("it",) if found else ())


def test_the_longer_phrase_wins_and_context_stays_free() -> None:
    concepts = (
        "  ports: {any: [port]}\n  firewall: {any: [firewall]}\n  rest: {any: ['only * ~port']}\n  nat: {any: [port forward]}\n"
    )
    assert of(concepts, "only this port of the firewall") == ("rest", "ports", "firewall")
    assert of(concepts, "port forward") == ("nat",)


@pytest.mark.parametrize("phrase", ["*", "* a", "a *", ""])
def test_a_phrase_begins_and_ends_with_a_word(phrase: str) -> None:
    with pytest.raises(ValueError, match="is not a phrase"):
        compiled(FRAME + f"  it: {{any: ['{phrase}']}}\n")


@pytest.mark.parametrize(
    ("typed", "concept"),
    [
        ("ngnix", "nginx"),
        ("postgress", "postgresql"),
        ("firewal", "firewall"),
        ("certificdo", "certificate"),
        ("remvoe", "remove"),
    ],
)
def test_a_typing_mistake_is_read_and_said(typed: str, concept: str) -> None:
    (match,) = understand(typed).matches
    assert (match.concept, match.guessed) == (concept, True)


@pytest.mark.parametrize("word", ["redes", "posts", "prosa", "hosts", "cash", "dados", "sports"])
def test_another_word_is_not_a_typing_mistake(word: str) -> None:
    assert understand(word).names == ()
