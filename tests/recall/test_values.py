"""Values read from a text, by their form: cases as a table."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazai.recall import read_values, values_from_text
from fazai.toolspec import Input, InputType, bind
from fazai.toolspec.inputs import Form


def one(form: Form, kind: InputType = InputType.STR, **fields: Any) -> Input:
    return Input(type=kind, form=form, found_in_goal=True, **fields)


def many(form: Form, kind: InputType = InputType.STR) -> Input:
    return Input(type=InputType.LIST, elements=kind, form=form, found_in_goal=True)


UNSURE = object()
NOTHING = None
PORT = {"port": one(Form.PORT, InputType.INT)}
PORTS = {"ports": many(Form.PORT, InputType.INT)}
NETWORKS = {"networks": many(Form.NETWORK)}
DAYS = {"keep_days": Input(type=InputType.INT, found_in_goal=True)}
DIRECTORY = {"directory": one(Form.PLAIN_PATH, InputType.PATH)}
CONTENT = {"content": one(Form.TEXT)}
DATABASE = {"database": one(Form.NAME)}

CASES: list[tuple[dict[str, Input], str, Any]] = [
    (PORTS, "Deixa abertas somente as portas 22, 80 e 443 no firewall do servidor", [22, 80, 443]),
    (PORTS, "ports 22, 80 and 443", [22, 80, 443]),
    (PORTS, "ports 80/443", [80, 443]),
    (PORTS, "8080/tcp and 22/tcp", [8080, 22]),
    (PORTS, "ports 22 (ssh), 80 (http) & 443", [22, 80, 443]),
    (PORTS, "port 22 and port 443", [22, 443]),
    (PORTS, "close every port except 22 and 443", [22, 443]),
    (PORTS, "bloqueia tudo, exceto as portas 22 e 443", [22, 443]),
    (PORTS, "ports 22, 80, 22", [22, 80]),
    (PORTS, "ports 8000-8010", UNSURE),
    (PORTS, "portas 80 a 90", UNSURE),
    (PORTS, "ports 53/udp", UNSURE),
    (PORTS, "all but not port 25", UNSURE),
    (PORTS, "ports 22 and 443; close port 25", UNSURE),
    (PORTS, "ports 22 and 99999", UNSURE),
    (PORTS, "22 users on 3 hosts", NOTHING),
    (PORTS, 'the text "port 80"', NOTHING),
    (PORTS, "http://example.org:8080/ports", NOTHING),
    (PORT, "nginx on port 8081, started at boot", 8081),
    (PORT, "na porta 8081 e 10 pedidos", 8081),
    (PORT, "porta: 9090", 9090),
    (PORT, "port 80 or port 81", UNSURE),
    (PORT, "port 80 closed", UNSURE),
    ({"a": one(Form.PORT, InputType.INT), "b": one(Form.PORT, InputType.INT)}, "port 80", UNSURE),
    ({"ports": many(Form.PORT_PROTOCOL)}, "ports 53/udp, 443 and 22/tcp", ["53/udp", "443", "22"]),
    ({"ports": many(Form.PORT_PROTOCOL)}, "UDP port 53", UNSURE),
    (NETWORKS, "from 192.168.15.0/24 and 10.0.0.0/8", ["192.168.15.0/24", "10.0.0.0/8"]),
    (NETWORKS, "from 2001:db8::/32 only", ["2001:db8::/32"]),
    (NETWORKS, "not from 10.0.0.0/8", UNSURE),
    (NETWORKS, "at 10.0.0.1", NOTHING),
    (NETWORKS, "300.1.1.0/24", NOTHING),
    ({"network": one(Form.NETWORK)}, "10.0.0.0/8 and 10.1.0.0/16", UNSURE),
    ({"address": one(Form.ADDRESS)}, "listens on 10.0.0.1.", "10.0.0.1"),
    ({"address": one(Form.ADDRESS)}, "for http://10.0.0.1/ in 10.0.0.0/8", NOTHING),
    ({"address": one(Form.ADDRESS)}, "at 02:30", NOTHING),
    ({"upstream": one(Form.URL)}, "in front of http://127.0.0.1:8000: redirect", "http://127.0.0.1:8000"),
    ({"upstream": one(Form.URL)}, "see https://example.org/a/b.", "https://example.org/a/b"),
    ({"upstream": one(Form.URL)}, "ftp://example.org", NOTHING),
    ({"at": one(Form.TIME)}, "at 02:30 every day", "02:30"),
    ({"at": one(Form.TIME)}, "às 2h30", "02:30"),
    ({"at": one(Form.TIME)}, "at 2:30 pm", "14:30"),
    ({"at": one(Form.TIME)}, "at 12 am", "00:00"),
    ({"at": one(Form.TIME)}, "às 3h da manhã", "03:00"),
    ({"at": one(Form.TIME)}, "every 2h", NOTHING),
    ({"at": one(Form.TIME)}, "a cada 2h30", UNSURE),
    ({"at": one(Form.TIME)}, "at 02:30 and 14:30", UNSURE),
    ({"at": one(Form.TIME)}, "at 25:00", NOTHING),
    ({"name": one(Form.HOSTNAME)}, "for agents.example.org.", "agents.example.org"),
    ({"name": one(Form.HOSTNAME)}, "nginx.conf and node.js and agents-*.sql.gz", NOTHING),
    ({"name": one(Form.HOSTNAME)}, "mail ana@example.org at https://example.org", NOTHING),
    ({"name": one(Form.HOSTNAME)}, "a.example.org or b.example.org", UNSURE),
    ({"relay": one(Form.HOST_PORT)}, "through [smtp.example.net]:587", "[smtp.example.net]:587"),
    ({"relay": one(Form.HOST_PORT)}, "through smtp.example.net:587", "smtp.example.net:587"),
    ({"relay": one(Form.HOST_PORT)}, "through smtp.example.net", NOTHING),
    ({"memory": one(Form.SIZE)}, "no more than 256 MB", "256mb"),
    (DAYS, "compressed, kept for 7 days", 7),
    (DAYS, "guarda 14 dias", 14),
    (DAYS, "kept for 2 weeks", 14),
    (DAYS, "com retenção de 10 dias", 10),
    (DAYS, "30 days of retention", 30),
    (DAYS, "kept for 7 days, or for 14 days", UNSURE),
    (DAYS, "in 3 days we meet", NOTHING),
    ({"days_left": Input(type=InputType.INT, found_in_goal=True)}, "kept for 7 days", NOTHING),
    ({"rate": Input(type=InputType.INT, found_in_goal=True)}, "10 requests a second per client", 10),
    ({"rate": Input(type=InputType.INT, found_in_goal=True)}, "5 requisições por segundo", 5),
    ({"burst": Input(type=InputType.INT, found_in_goal=True)}, "with a burst of 20", 20),
    ({"burst": Input(type=InputType.INT, found_in_goal=True)}, "com rajada de até 15", 15),
    (DIRECTORY, "into /opt/backups, compressed", "/opt/backups"),
    (DIRECTORY, "na pasta /srv/dumps.", "/srv/dumps"),
    (DIRECTORY, "a burst of 20 on /api/", NOTHING),
    (CONTENT, 'the page "FazAI says hello"', "FazAI says hello"),
    (CONTENT, "uma página que diz “Olá, {{ mundo }}”", "Olá, {{ mundo }}"),
    (CONTENT, "the page 'hi'", "hi"),
    (CONTENT, 'with "a" and "b"', UNSURE),
    (CONTENT, 'page "a" for the database "b"', "a"),
    (CONTENT, 'for the database "b"', NOTHING),
    (CONTENT, "the page hello", NOTHING),
    (DATABASE, 'a database "agents"', "agents"),
    (DATABASE, "um banco de dados chamado loja", "loja"),
    (DATABASE, "the database agents", NOTHING),
    (DATABASE, 'a page "agents"', NOTHING),
    (DATABASE, 'a database "two words"', UNSURE),
    (DATABASE, 'databases "a" and a database "b"', "b"),
]


@pytest.mark.parametrize(("inputs", "text", "value"), CASES, ids=[f"{next(iter(i))}: {t}" for i, t, _ in CASES])
def test_a_value_is_read_by_its_form_where_it_is_sure(inputs: dict[str, Input], text: str, value: Any) -> None:
    reading = read_values(text, inputs)
    if value is UNSURE:
        assert reading.values == {}
        assert reading.unsure
    elif value is NOTHING:
        assert (reading.values, reading.unsure) == ({}, {})
    else:
        assert reading.values == {next(iter(inputs)): value}
        assert reading.unsure == {}


def test_two_names_go_to_the_inputs_whose_words_stand_before_them() -> None:
    inputs = {"database": one(Form.NAME), "owner": one(Form.NAME), "content": one(Form.TEXT)}
    text = 'A page "hi", with a database "agents" owned by "ana"'
    assert values_from_text(text, inputs) == {"database": "agents", "owner": "ana", "content": "hi"}


def test_an_input_that_does_not_ask_for_it_is_not_read() -> None:
    assert values_from_text("port 80", {"port": Input(type=InputType.INT, form=Form.PORT)}) == {}


def test_a_secret_is_never_read() -> None:
    inputs = {"password": Input(secret=True, found_in_goal=True)}
    assert read_values('the password "env:HUNTER2"', inputs) == read_values("", {})


@given(st.text(alphabet=st.sampled_from('ports 0123456789/,.:-ae"{}tcpudpàs\n'), max_size=60))
def test_what_is_read_always_binds(text: str) -> None:
    inputs = {**PORTS, **NETWORKS, **DAYS, **CONTENT, "at": one(Form.TIME), "size": one(Form.SIZE), "host": one(Form.HOSTNAME)}
    assert bind(inputs, values_from_text(text, inputs))[1] == []
