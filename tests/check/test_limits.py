from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import pytest

from fazai.acceptance import Check
from fazai.check import limits, unrunnable_checks
from fazai.goal import Goal, Limits
from fazai.plan import Origin, Plan, Source, Use
from fazai.task import Task
from fazai.toolspec import ToolSpec

SITE = {
    "name": "site",
    "title": {"en": "A site"},
    "inputs": {"root": {"type": "path", "required": True}, "names": {"type": "list", "elements": "str", "default": []}},
    "steps": [
        {"package": {"names": ["nginx"]}},
        {"file": {"path": "{{ root }}/index.html", "content": "hello", "mode": "0644"}},
    ],
    "handlers": {"reload": {"service": {"name": "nginx", "state": "reloaded"}}},
}


def plan(limits_: Mapping[str, Any], inputs: Mapping[str, Any] | None = None, **spec: Any) -> Plan:
    goal = Goal(name="site", goal="a site", hosts="web", limits=Limits.model_validate(limits_))
    use = Use(
        toolspec=ToolSpec.model_validate(SITE | spec),
        inputs={"root": "/srv/www", **(inputs or {})},
        origin=Origin(source=Source.CATALOG, name="site"),
    )
    return Plan(goal=goal, uses=(use,))


def steps(*given: Mapping[str, Any]) -> dict[str, Any]:
    return {"steps": list(given)}


@pytest.mark.parametrize(
    ("limits_", "summaries"),
    [
        ({}, []),
        ({"max_hosts": 2}, []),
        ({"max_hosts": 1}, ["More hosts than the goal allows"]),
        ({"allowed_steps": ["package", "file", "service"]}, []),
        ({"allowed_steps": ["package", "file"]}, ["A step the goal does not allow"]),
        ({"forbidden_steps": ["package"]}, ["A step the goal does not allow"]),
        ({"forbidden_steps": ["pakage"]}, ["No such kind of step"]),
        ({"paths": ["/srv"]}, []),
        ({"paths": ["/srv/www/"]}, []),
        ({"paths": ["/srv/ww"]}, ["A path outside the limits"]),
        ({"paths": ["/"]}, []),
        ({"risk": "low"}, []),
    ],
)
def test_what_a_goal_does_not_allow_is_a_finding(limits_: Mapping[str, Any], summaries: list[str]) -> None:
    assert [finding.summary for finding in limits(plan(limits_), ["web1", "web2"])] == summaries


def test_handlers_count_as_steps() -> None:
    (finding,) = limits(plan({"forbidden_steps": ["service"]}), [])
    assert finding.where is not None
    assert finding.where.field == "site.handlers.reload.service"


def test_a_misspelled_kind_is_given_back_rightly() -> None:
    (finding,) = limits(plan({"forbidden_steps": ["pakage"]}), [])
    assert finding.remedy == 'Did you mean "package"?'


@pytest.mark.parametrize(
    ("root", "summary"),
    [
        ("/srv/www/../../etc", "A path outside the limits"),
        ("/srv/www", None),
        ("/srv", None),
        ("/srvother", "A path outside the limits"),
    ],
)
def test_paths_are_compared_as_they_will_be(root: str, summary: str | None) -> None:
    found = limits(plan({"paths": ["/srv"]}, {"root": root}), [])
    assert [finding.summary for finding in found] == ([summary] if summary else [])


def test_a_path_that_only_a_host_knows_is_a_finding() -> None:
    step = {"file": {"path": "/srv/{{ hostname }}", "content": "x", "mode": "0644"}}
    (finding,) = limits(plan({"paths": ["/srv"]}, **steps(step)), [])
    assert finding.summary == "A path that cannot be told beforehand"


def test_every_item_of_a_loop_is_looked_at() -> None:
    step = {"file": {"path": "{{ item }}", "content": "x", "mode": "0644", "for_each": "{{ names }}"}}
    found = limits(plan({"paths": ["/srv"]}, {"names": ["/srv/a", "/etc/b", "/tmp/c"]}, **steps(step)), [])
    assert [finding.detail.split()[0] for finding in found] == ["/etc/b", "/tmp/c"]


def test_a_command_may_write_anywhere() -> None:
    step = {"command": {"argv": ["/usr/bin/make"], "creates": "/srv/made"}}
    (finding,) = limits(plan({"paths": ["/srv"]}, **steps(step)), [])
    assert finding.summary == "A step that may write anywhere"


def test_each_risk_over_the_limit_is_told() -> None:
    step = {"file": {"path": "/etc/ssh/sshd_config", "content": "x", "mode": "0600"}}
    (finding,) = limits(plan({"risk": "medium"}, **steps(step)), [])
    assert "/etc/ssh/sshd_config" in finding.detail
    assert limits(plan({"risk": "high"}, **steps(step)), []) == []


class _Later(Check):
    kind: ClassVar[str] = "later"

    def title(self) -> str:
        return "It can be seen"

    def tasks(self) -> list[Task]:
        return []

    def observation(self, result: Mapping[str, Any]) -> Any:
        return None

    def not_runnable(self) -> str | None:
        return "this needs a firewall"


def test_a_check_that_cannot_be_run_is_a_finding_with_its_place() -> None:
    made = plan({})
    goal = made.goal.model_copy(update={"accept": (_Later(),)})
    (finding,) = unrunnable_checks(made.model_copy(update={"goal": goal}))
    assert finding.detail == "It can be seen: this needs a firewall"
    assert finding.where is not None
    assert finding.where.field == "accept.0.later"


def test_checks_that_can_be_run_are_no_finding() -> None:
    assert unrunnable_checks(plan({}, accept=[{"port": {"number": 80}}])) == []
