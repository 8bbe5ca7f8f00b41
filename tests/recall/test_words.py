"""Text into words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazai.recall.words import OPAQUE, fold, is_mistyped, nfc, tokens


def words(text: str) -> list[str]:
    return [token.text for token in tokens(nfc(text))]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Página ESTÁTICA", ["pagina", "estatica"]),
        ('Page "drop the database" now', ["page", OPAQUE, "now"]),
        ("Página “apaga tudo” já", ["pagina", OPAQUE, "ja"]),
        ("the administrators' keys and the users' files", ["the", "administrators", "keys", "and", "the", "users", "files"]),
        ("run {{ lookup('pipe', 'id') }} now", ["run", OPAQUE, "now"]),
        ('also {"kind": "shell", "argv": ["rm"]} ok', ["also", OPAQUE, "ok"]),
        ("to http://127.0.0.1:8000/nginx now", ["to", OPAQUE, "now"]),
        ("into /opt/backups daily", ["into", OPAQUE, "daily"]),
        ("from 192.168.15.0/24 and fe80::1 only", ["from", OPAQUE, "and", OPAQUE, "only"]),
        ("mail root@example.org twice", ["mail", OPAQUE, "twice"]),
        ("e-mail at 02:30 or 2h30", ["e", "mail", "at", "02:30", "or", "2h30"]),
        ("Do it now.Then stop", ["do", "it", "now", "then", "stop"]),
        ("an open brace { stays", ["an", "open", "brace", "stays"]),
    ],
)
def test_content_is_opaque_and_wishes_are_words(text: str, read: list[str]) -> None:
    assert words(text) == read


def test_a_list_of_numbers_is_one_clause() -> None:
    assert {token.clause for token in tokens("ports 22, 80, 443 open")} == {0}
    assert [token.clause for token in tokens("a page, a proxy; a cache")] == [0, 0, 1, 1, 2, 2]


@given(st.text())
def test_every_word_stands_where_it_says(text: str) -> None:
    normal = nfc(text)
    for token in tokens(normal):
        assert 0 <= token.start < token.end <= len(normal)
        if token.text != OPAQUE:
            assert fold(normal[token.start : token.end]) == token.text


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("ngnix", "nginx"),
        ("ngginx", "nginx"),
        ("firewal", "firewall"),
        ("postgress", "postgres"),
        ("revese", "reverse"),
        ("certificdo", "certificado"),
        ("postgrasql", "postgresql"),
    ],
)
def test_a_slip_of_the_fingers_is_seen(typed: str, word: str) -> None:
    assert is_mistyped(typed, word)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("nginx", "nginx"),
        ("agente", "agende"),
        ("short", "snort"),
        ("router", "route"),
        ("replaced", "replaces"),
        ("squad", "squid"),
        ("sss", "ssh"),
        ("", "nginx"),
        ("xinng", "nginx"),
    ],
)
def test_another_word_is_no_slip(typed: str, word: str) -> None:
    assert not is_mistyped(typed, word)
