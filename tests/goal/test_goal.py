"""What a goal may say, and the sample goals as people write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazai.diagnostic import InvalidFile
from fazai.document import build, parse
from fazai.goal import Goal

HEAD = {"name": "x", "goal": "abc", "hosts": "all"}
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").rglob("goals/*.y*ml"))


def goal(**fields: object) -> Goal:
    return Goal.model_validate(HEAD | fields)


def refused(text: str) -> str:
    with pytest.raises(InvalidFile) as caught:
        build(Goal, parse(text, "g"))
    return str(caught.value)


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_an_example_can_be_read(path: Path) -> None:
    assert build(Goal, parse(path.read_text(encoding="utf-8"), path.name)).goal


SAMPLE = """
name: sample
goal: Configura o Ollama
hosts: db
inputs: {at: 12:30, content: "{{ lookup('pipe', 'id') }}"}
accept:
  - service: {name: postgresql, state: started, enabled: true}
  - http: {url: "http://localhost/", status: 301, follow: false, header: {X-Frame-Options: DENY}}
  - command: {argv: [sudo, -u, postgres, psql, -tAc, "select 1"], stdout_contains: agents}
  - file: {path_glob: "/etc/postgresql/*/main/pg_hba.conf", contains: "192.168.15.0/24"}
  - port: {number: 6379, address: "{{ default_ipv4 }}", state: closed}
  - firewall: {open: [22/tcp, 80/tcp], default: deny}
  - opnsense: {item: firewall.alias, match: {name: x}, contains: {content: 203.0.113.0/24}}
  - opnsense: {settings: ids.general, equals: {enabled: true, interfaces: [wan]}}
  - smtp: {port: 25, from: a@example.org, to: b@example.net, body: GTUBE, expect: rejected}
  - package: {name: nginx}
keep:
  - ansible: {ping: true}
  - opnsense: {api_reachable: true}
"""


def test_every_kind_of_check_stands_in_a_goal() -> None:
    read = build(Goal, parse(SAMPLE, "g"))
    assert [check.kind for check in (*read.accept, *read.keep)] == [
        "service", "http", "command", "file", "port", "firewall", "opnsense", "opnsense", "smtp", "package",
        "ansible", "opnsense",
    ]  # fmt: skip
    assert read.inputs["at"] == "12:30"
    assert read.inputs["content"].startswith("{{")


@pytest.mark.parametrize(
    "pattern", ["all", "web", "web:db:!old", "~web[0-9]+", "web[1:3]", "192.168.15.2", "a,b", "*.example.org"]
)
def test_a_pattern_of_hosts(pattern: str) -> None:
    assert goal(hosts=pattern).hosts == pattern


@pytest.mark.parametrize("pattern", ["{{ x }}", "@file", "", "a b", "a\nb", "all;id", "-i", "a'b", "x" * 501])
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="hosts"):
        goal(hosts=pattern)


@pytest.mark.parametrize("path", ["/etc/hosts", "../x", "a/../../b", "a,b", "", "a\nb"])
def test_an_inventory_stays_within_the_project(path: str) -> None:
    with pytest.raises(ValueError, match="inventory"):
        goal(inventory=path)


def test_a_toolspec_may_be_used_by_its_bare_name() -> None:
    assert goal(use=["static_site"]).use[0].name == "static_site"


def test_a_check_may_name_facts_alone() -> None:
    text = "name: x\ngoal: abc\nhosts: all\naccept:\n  - port: {number: 1, address: '%s'}\n"
    assert build(Goal, parse(text % "{{ default_ipv4 }}", "g"))
    assert '"port" is not an input, a fact' in refused(text % "{{ port }}")
    assert "a call is not allowed" in refused(text.replace("'%s'", "\"{{ lookup('pipe', 'id') }}\""))


def test_the_words_of_a_goal_are_never_judged_as_an_expression() -> None:
    assert build(Goal, parse('name: x\ngoal: "{{ lookup(1) }} {% x"\nhosts: all\n', "g")).goal == "{{ lookup(1) }} {% x"
