"""The plan's hash says what will be done, and nothing else; its risks are judged on the values it has."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from fazai.plan import Origin, Plan, Source, Use
from fazai.toolspec import Danger, RiskLevel, ToolSpec
from tests import strategies

GOLDEN = "b1c64edd70d3349e8d428f55b764ebdfea65b76aa798a446bf742d7fd0fe6be5"


def toolspec(**fields: Any) -> ToolSpec:
    data: dict[str, Any] = {"name": "site", "title": {"en": "A site"}, "steps": [{"package": {"names": ["nginx"]}}]}
    return ToolSpec.model_validate(data | fields)


def use(spec: ToolSpec, **inputs: Any) -> Use:
    return Use(toolspec=spec, inputs=inputs, origin=Origin(source=Source.CATALOG, name=spec.name))


def plan(*uses: Use) -> Plan:
    return Plan.model_validate({"goal": {"name": "g", "goal": "Serve a page", "hosts": "web"}, "uses": uses})


SITE = toolspec(
    inputs={"port": {"type": "int", "default": 80}, "content": {"required": True}},
    steps=[
        {"package": {"names": ["nginx"]}},
        {"file": {"path": "/srv/index.html", "content": "{{ content }}", "mode": "0644"}},
    ],
)


def test_the_hash_of_a_plan_stays_what_it_is() -> None:
    assert plan(use(SITE, port=8081, content="Olá")).hash == GOLDEN


def test_the_order_of_keys_does_not_matter() -> None:
    one, other = plan(use(SITE, port=80, content="x")), plan(use(SITE, content="x", port=80))
    assert one.hash == other.hash


@pytest.mark.parametrize("inputs", [{"port": 81, "content": "x"}, {"port": 80, "content": "X"}, {"content": "x"}])
def test_another_input_is_another_plan(inputs: dict[str, Any]) -> None:
    assert plan(use(SITE, **inputs)).hash != plan(use(SITE, port=80, content="x")).hash


def test_another_step_is_another_plan() -> None:
    other = SITE.model_copy(update={"steps": SITE.steps[:1]})
    assert plan(use(other, port=80, content="x")).hash != plan(use(SITE, port=80, content="x")).hash


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.plans)
def test_a_plan_that_was_stored_has_the_same_hash(one: Plan) -> None:
    stored = json.loads(one.model_dump_json(by_alias=True))
    assert Plan.model_validate(stored).hash == one.hash
    assert Plan.model_validate_json(one.canonical_bytes()).hash == one.hash


class TestRisks:
    def test_they_are_judged_on_values(self) -> None:
        spec = toolspec(
            inputs={"path": {}}, steps=[{"template": {"path": "{{ path }}", "source": "x.j2"}}], templates={"x.j2": ""}
        )
        assert plan(use(spec, path="/srv/x")).risk_level() is RiskLevel.LOW
        assert plan(use(spec, path="/etc/ssh/sshd_config")).risks()[0].danger is Danger.LOCK_OUT

    def test_every_item_of_a_repeated_step_counts(self) -> None:
        step = {"directory": {"path": "{{ item }}", "mode": "0755", "for_each": "{{ paths }}"}}
        spec = toolspec(inputs={"paths": {"type": "list"}}, steps=[step])
        assert plan(use(spec, paths=["/srv/a", "/srv/b"])).risk_level() is RiskLevel.LOW
        assert plan(use(spec, paths=["/srv/a", "/etc"])).risk_level() is RiskLevel.HIGH

    def test_a_list_that_only_a_host_knows_is_judged_as_it_is_written(self) -> None:
        step = {"directory": {"path": "/srv/{{ item }}", "state": "absent", "for_each": "{{ [hostname] }}"}}
        assert plan(use(toolspec(steps=[step]))).risks()[0].danger is Danger.DATA_LOSS

    def test_handlers_count(self) -> None:
        spec = toolspec(handlers={"restart net": {"service": {"name": "networking", "state": "restarted"}}})
        assert plan(use(spec)).risks()[0].danger is Danger.LOCK_OUT


class TestMisfits:
    """An expression's value must have the form that its field asks for."""

    @pytest.mark.parametrize(
        ("step", "value", "message"),
        [
            ({"cron": {"name": "x", "job": "{{ v }}"}}, "a\n* * * * * evil", "must be a single line"),
            ({"line": {"path": "/etc/x", "line": "a={{ v }}"}}, "1\nb=2", "must be a single line"),
            ({"file": {"path": "/srv/{{ v }}", "content": "", "mode": "0644"}}, "../etc/passwd", "must not climb"),
            ({"file": {"path": "{{ v }}", "content": "", "mode": "0644"}}, "etc/passwd", "must be an absolute path"),
            ({"user": {"name": "{{ v }}"}}, "a:b", "must be a user or group name"),
            ({"service": {"name": "{{ v }}", "state": "started"}}, "a' ; reboot", "must be a systemd unit name"),
            ({"package": {"names": ["{{ v }}"]}}, "-o x", "must be a package name"),
            ({"timer": {"name": "x", "on_calendar": "{{ v }}", "argv": ["/x"]}}, "daily\nUnit=y", "a time of systemd.time"),
            (
                {"timer": {"name": "x", "on_calendar": "daily", "argv": ["/x", "{{ v }}"]}},
                '" "b',
                "put such a command into a script",
            ),
            ({"timer": {"name": "x", "on_calendar": "daily", "argv": ["/x"], "description": "{{ v }}"}}, "%h", "mean something"),
            ({"command": {"argv": ["{{ v }}", "-c", "id"], "changed_when": False}}, "sh", "a shell is not allowed"),
            ({"command": {"argv": ["env", "sh", "{{ v }}", "id"], "changed_when": False}}, "-c", "a shell is not allowed"),
            ({"block": {"path": "/etc/x", "label": "l", "block": "{{ v }}"}}, "a\n# END l\nb", "holds its own mark"),
            ({"group": {"name": "g", "gid": "{{ v }}"}}, "many", "valid integer"),
        ],
    )
    def test_a_value_that_does_not_fit_is_found(self, step: dict[str, Any], value: str, message: str) -> None:
        kind = next(iter(step))
        spec = toolspec(inputs={"v": {}}, steps=[step])
        found = use(spec, v=value).misfits()
        assert found
        assert found[0][0][:3] == ("steps", 0, kind)
        assert message in found[0][1]

    @pytest.mark.parametrize(
        ("step", "value"),
        [
            ({"cron": {"name": "x", "job": "/bin/true {{ v }}", "minute": "{{ v }}"}}, 5),
            ({"group": {"name": "g", "gid": "{{ v }}"}}, 5),
            ({"file": {"path": "/srv/x", "content": "{{ v }}", "mode": "0644"}}, "a\nb {{ x }}"),
            ({"module": {"name": "a.b.c", "args": {"ports": "{{ v }}"}}}, [1, 2]),
            ({"refuse": {"message": "no", "when": "v == 1"}}, 2),
        ],
    )
    def test_a_value_that_fits_is_not(self, step: dict[str, Any], value: Any) -> None:
        assert use(toolspec(inputs={"v": {}}, steps=[step]), v=value).misfits() == ()

    def test_every_item_is_looked_at(self) -> None:
        step = {"user": {"name": "{{ item.name }}", "for_each": "{{ people }}"}}
        spec = toolspec(inputs={"people": {"type": "list"}}, steps=[step])
        assert use(spec, people=[{"name": "ana"}, {"name": "Bob:x"}]).misfits()

    def test_a_secret_is_not_looked_at(self) -> None:
        step = {"user": {"name": "ana", "password": "{{ item.hash }}", "for_each": "{{ people }}"}}
        person = {"name": {}, "hash": {"secret": True}}
        spec = toolspec(inputs={"people": {"type": "list", "elements": "dict", "options": person}}, steps=[step])
        one = use(spec, people=[{"name": "ana", "hash": "env:ANA"}])
        assert one.misfits() == ()
        assert one.secrets() == ("env:ANA",)
