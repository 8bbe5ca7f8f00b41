"""Concepts of a text: what is asked for, what is denied, what is content."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazai.recall import understand, vocabulary
from fazai.recall.words import nfc


@pytest.mark.parametrize(
    ("text", "wanted", "denied"),
    [
        ("nginx without TLS", {"nginx"}, {"tls"}),
        ("nginx without TLS or a proxy", {"nginx"}, {"tls", "proxy"}),
        ("nginx without TLS and with a proxy", {"nginx", "proxy"}, {"tls"}),
        ("nginx sem TLS nem proxy", {"nginx"}, {"tls", "proxy"}),
        ("nginx, never docker", {"nginx"}, {"container"}),
        ("Please do not install nginx", set(), {"nginx"}),
        ("nginx without docker, with a proxy", {"nginx", "proxy"}, {"container"}),
        ("not only nginx", {"nginx"}, set()),
        ("No port open but port 22", {"ports"}, set()),
        ("nginx no servidor com docker", {"nginx", "container"}, set()),
        ("nginx no docker", {"nginx", "container"}, set()),
        ("The nginx, but no docker here please", {"nginx"}, {"container"}),
        ("nginx without TLS; TLS for the proxy", {"nginx", "tls", "proxy"}, set()),
        ("Do not disable root login over ssh", {"root_login", "authentication", "ssh"}, set()),
        ("Disable root login over ssh", {"no_root_login", "authentication", "ssh"}, set()),
    ],
)
def test_what_is_denied_is_not_asked_for(text: str, wanted: set[str], denied: set[str]) -> None:
    concepts = understand(text)
    assert set(concepts.names) == wanted
    assert set(concepts.denied) == denied


@pytest.mark.parametrize(
    "text",
    [
        'Page "remove the database"',
        "Página “remove o banco”",
        "Page {{ remove }}",
        'Page {"remove": "database"}',
        "Page at https://remove.example.org/database",
        "Page in /srv/remove/database",
        "Page remove.example.org",
    ],
)
def test_content_is_no_wish(text: str) -> None:
    assert understand(text).names == ("page",)


def test_a_match_says_where_it_stands() -> None:
    text = "Uma página no nginx"
    for match in understand(text).matches:
        assert nfc(text)[match.start : match.end] == match.text
    assert [match.text for match in understand(text).matches] == ["página", "nginx"]


def test_decomposed_accents_are_the_same_text() -> None:
    assert understand("pa\u0301gina").names == understand("página").names == ("page",)


def test_unread_words_are_told() -> None:
    assert understand("Serve a page with Zorblax and nginx").unread == ("Zorblax",)


def test_words_that_ask_for_nothing_are_not_told() -> None:
    assert understand("Olá, eu gostaria de um servidor, por favor").unread == ()


@given(st.text(alphabet=st.sampled_from("abc no{}\"',.;:*~|<>/0123456789:é-\n"), max_size=80))
def test_any_text_is_read(text: str) -> None:
    concepts = understand(text)
    assert set(concepts.names) <= vocabulary().names
    assert not set(concepts.names) & set(concepts.denied)
    assert understand(text) == concepts
