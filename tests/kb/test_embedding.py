"""Texts as vectors."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazai.kb.embedding import DIMENSIONS, cosine, dense, sparse
from fazai.kb.store import LEAST_SCORE

LIKE = [
    ("Serve the static page hello with nginx on port 8081", "Static page with nginx on port 9090"),
    ("Instala o PostgreSQL com um banco loja", "postgres com banco de dados"),
    ("Página estática", "pagina estatica"),
    ("Harden sshd, no root login", "ssh hardening without root"),
]
UNLIKE = [
    ("Serve the static page hello with nginx on port 8081", "A Redis cache that asks for a password"),
    ("Deixa abertas somente as portas 22 e 80 no firewall", "Daily dump of the database agents"),
    ("Cria um servidor de email relay", "WireGuard VPN for three people"),
]


@pytest.mark.parametrize(("one", "other"), LIKE)
def test_what_means_the_same_is_above_the_least_score(one: str, other: str) -> None:
    assert cosine(sparse(one), sparse(other)) > 2 * LEAST_SCORE


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_what_means_something_else_is_below_the_least_score(one: str, other: str) -> None:
    assert cosine(sparse(one), sparse(other)) < LEAST_SCORE


def test_concepts_bring_two_languages_together() -> None:
    one, other = "Serve the page with nginx", "Publica o sítio no servidor"
    assert cosine(sparse(one, ("page", "nginx")), sparse(other, ("page", "nginx"))) > 0.4


@given(st.text())
def test_a_vector_has_length_one_or_none(text: str) -> None:
    vector = sparse(text)
    assert sparse(text) == vector
    length = math.sqrt(sum(weight * weight for weight in dense(vector)))
    assert length == pytest.approx(1.0) or vector == {}
    assert len(dense(vector)) == DIMENSIONS


def test_words_that_every_sentence_has_weigh_nothing() -> None:
    assert sparse("the of and para com") == {}


def test_the_vector_of_a_text_never_changes() -> None:
    """Another value here means that every index out there must be made again: raise VERSION."""
    assert {place: round(weight, 3) for place, weight in sparse("ssh").items()} == EXPECTED


EXPECTED = {488: 0.944, 128: -0.234, 366: 0.234}
