from __future__ import annotations

import json
import random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fazai.diagnostic import FindingsStopPlan
from fazai.plan import Plan
from fazai.render import Rendered, render, render_role
from tests.render.plans import (
    CACHE,
    FILES,
    GOLDEN,
    HOSTILE,
    OLD_UNITS,
    STATIC_SITE,
    nginx_site,
    plan,
    secrets,
    toolspec,
    twice,
    use,
)
from tests.render.test_yaml import read


def shuffled(value: Any, order: random.Random) -> Any:
    """The same data with the keys of every mapping in another order."""
    match value:
        case dict():
            items = [(key, shuffled(item, order)) for key, item in value.items()]
            order.shuffle(items)
            return dict(items)
        case list():
            return [shuffled(item, order) for item in value]
        case _:
            return value


def tasks_in(rendered: Rendered, path: str) -> dict[str, dict[str, Any]]:
    return {task["name"]: task for task in read(rendered.files[path])}


PLANS = {name: make() for name, make in GOLDEN.items()}
RENDERED = {name: render(made) for name, made in PLANS.items()}


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(sorted(PLANS)), st.integers(0, 2**32))
def test_the_same_plan_has_the_same_bytes_in_whatever_order_it_was_written(name: str, seed: int) -> None:
    order = random.Random(seed)
    data = json.loads(PLANS[name].canonical_bytes())
    other = Plan.model_validate(shuffled(data, order))
    assert other.hash == PLANS[name].hash
    assert list(render(other).files.items()) == list(RENDERED[name].files.items())


@pytest.mark.parametrize("name", PLANS)
def test_each_place_is_the_line_where_a_task_begins(name: str) -> None:
    rendered = render(PLANS[name])
    places = [place for check in rendered.checks for place in check.places] + [task.place for task in rendered.tasks]
    assert places
    for place in places:
        path, _, line = place.rpartition(":")
        assert rendered.files[path].splitlines()[int(line) - 1].lstrip().startswith("- name: ")


@pytest.mark.parametrize("name", PLANS)
def test_input_values_arrive_in_the_play_as_they_are(name: str) -> None:
    given_plan, rendered = PLANS[name], render(PLANS[name])
    roles = read(rendered.files[rendered.playbook])[0]["roles"]
    for one, role in zip(given_plan.uses, roles, strict=True):
        open_inputs = {key: value for key, value in one.inputs.items() if key not in one.toolspec.secret_inputs()}
        values = {key: role["vars"][f"{role['role']}_{key}"] for key in open_inputs}
        assert values == json.loads(json.dumps(open_inputs))


def test_a_role_depends_on_its_toolspec_alone() -> None:
    alone, together = render(nginx_site()), render(twice())
    for path, text in render_role(toolspec(STATIC_SITE)).items():
        assert alone.files[path] == together.files[path] == text


def test_a_play_is_named_after_its_toolspecs_and_never_after_the_goal() -> None:
    rendered = render(plan(use(STATIC_SITE, content="x"), goal=f"Do {HOSTILE}"))
    play = read(rendered.files[rendered.playbook])[0]
    assert play["name"] == "Static web page with nginx"
    assert HOSTILE not in json.dumps(play)


def test_become_is_said_once_where_all_agree_and_by_role_where_they_differ() -> None:
    one = read(render(nginx_site()).files["playbooks/nginx-site.yml"])[0]
    assert one["become"] is True
    assert "become" not in one["roles"][0]
    both = render(plan(use(STATIC_SITE, content="x"), use(FILES, files=[])))
    play = read(both.files[both.playbook])[0]
    assert "become" not in play
    assert [role["become"] for role in play["roles"]] == [True, False]


@pytest.mark.parametrize(("become", "said"), [(True, [True, True, None]), (False, [None, None, None])])
def test_checks_become_root_only_where_the_steps_do(become: bool, said: list[bool | None]) -> None:
    check = {"file": {"path": "/srv/x"}}
    spec = {**FILES, "become": become, "accept": [check]}
    rendered = render(plan(use(spec, files=[]), accept=[check], keep=[check]))
    assert rendered.keep_playbook is not None
    assert [play.get("become") for play in read(rendered.files[rendered.verify_playbook])] == said
    assert read(rendered.files[rendered.keep_playbook])[0].get("become") == said[0]


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (
            "env:REDIS_PASSWORD",
            "{{ lookup('ansible.builtin.env', 'REDIS_PASSWORD',"
            " default=undef(hint='set the environment variable REDIS_PASSWORD')) }}",
        ),
        ("file:~/secrets/redis", "{{ lookup('ansible.builtin.file', '~/secrets/redis') }}"),
        ("vault:redis_password", "{{ redis_password }}"),
    ],
)
def test_a_secret_is_a_lookup_and_every_task_that_could_show_it_is_silent(reference: str, expected: str) -> None:
    rendered = render(plan(use(CACHE, password=reference)))
    assert read(rendered.files[rendered.playbook])[0]["roles"][0]["vars"]["cache_password"] == expected
    task = tasks_in(rendered, "roles/cache/tasks/main.yml")["Configure /etc/redis/fazai.conf"]
    assert task["no_log"] is True
    assert task["diff"] is False
    assert {task.title for task in rendered.tasks if task.hidden} == {"Configure /etc/redis/fazai.conf"}


def test_a_secret_in_a_variable_of_the_roles_own_name_is_not_defined_by_itself() -> None:
    rendered = render(plan(use(CACHE, password="vault:cache_password")))
    assert "cache_password" not in read(rendered.files[rendered.playbook])[0]["roles"][0]["vars"]


@pytest.mark.parametrize(
    ("reference", "summary"),
    [
        ("secrets-agent:redis", "This source of secrets is not available"),
        ("file:secrets/redis", "A file with a secret needs its full path"),
    ],
)
def test_a_secret_that_cannot_be_read_stops_the_plan(reference: str, summary: str) -> None:
    with pytest.raises(FindingsStopPlan) as stopped:
        render(plan(use(CACHE, password=reference)))
    assert [finding.summary for finding in stopped.value.findings] == [summary]


def test_two_toolspecs_of_one_name_stop_the_plan() -> None:
    other = {**STATIC_SITE, "title": {"en": "Another"}}
    with pytest.raises(FindingsStopPlan, match="Two toolspecs have one name"):
        render(plan(use(STATIC_SITE, content="x"), use(other, content="x")))


def test_a_toolspec_whose_text_leaves_the_subset_stops_the_plan_even_when_it_was_never_judged() -> None:
    bad = {**FILES, "steps": [{"file": {"path": "/srv/x", "content": HOSTILE, "mode": "0644"}}]}
    with pytest.raises(FindingsStopPlan, match="leaves the checked subset"):
        render(plan(use(bad, files=[])))
    with pytest.raises(FindingsStopPlan, match="leaves the checked subset"):
        render_role(toolspec(bad))


def test_a_check_of_a_goal_that_leaves_the_subset_stops_the_plan() -> None:
    with pytest.raises(FindingsStopPlan, match="leaves the checked subset"):
        render(plan(use(STATIC_SITE, content="x"), accept=[{"port": {"number": 80, "address": HOSTILE}}]))


def test_a_task_waits_for_tasks_of_other_roles_too() -> None:
    rendered = render(twice())
    start = next(task for task in rendered.tasks if task.title == "Start redis-server")
    assert {place.split("/")[1] for place in start.after} == {"static_site", "cache"}
    assert start.after[0].startswith("roles/cache/")


def test_a_handler_runs_last_and_its_task_is_notified_by_role_and_name() -> None:
    rendered = render(twice())
    assert [task.handler for task in rendered.tasks] == sorted(task.handler for task in rendered.tasks)
    assert tasks_in(rendered, "roles/static_site/tasks/main.yml")["Configure /etc/nginx/conf.d/site.conf"]["notify"] == [
        "static_site : Reload nginx"
    ]


def test_a_handler_that_depends_on_an_input_is_another_one_for_each_use() -> None:
    data = {
        **STATIC_SITE,
        "handlers": {"reload nginx": {"service": {"name": "nginx", "state": "reloaded", "when": "port > 1024"}}},
    }
    rendered = render(plan(use(data, content="x")))
    (handler,) = read(rendered.files["roles/static_site/handlers/main.yml"])
    assert handler["name"] == "Reload nginx for {{ static_site_port }}"
    assert handler["listen"] == "static_site : Reload nginx"


def test_a_role_for_one_family_has_no_tasks_for_the_other_and_no_conditions_on_it() -> None:
    rendered = render_role(toolspec({**CACHE, "platforms": ["debian"]}))
    tasks = read(rendered["roles/cache/tasks/main.yml"])
    assert tasks[0]["ansible.builtin.assert"]["that"] == ["ansible_facts['os_family'] in ['Debian']"]
    assert not any("when" in task for task in tasks)
    assert [next(key for key in task if "." in key) for task in tasks[1:]] == [
        "ansible.builtin.apt",
        "ansible.builtin.template",
        "ansible.builtin.service",
    ]


def test_facts_beyond_the_least_are_gathered_only_where_they_are_named() -> None:
    data = {**STATIC_SITE, "templates": {"site.conf.j2": "listen {{ default_ipv4 }}:{{ port }};\n"}}
    rendered = render(plan(use(data, content="x")))
    assert rendered.gathers == ("min", "network")
    assert read(rendered.files[rendered.playbook])[0]["gather_subset"] == ["min", "network"]
    assert rendered.files["roles/static_site/templates/site.conf.j2"] == (
        "listen {{ ansible_facts['default_ipv4']['address'] }}:{{ static_site_port }};\n"
    )
    assert render(nginx_site()).gathers == ("min",)


def test_no_secret_reference_stands_in_a_role_or_a_check() -> None:
    rendered = render(secrets())
    holding = [path for path, text in rendered.files.items() if "REDIS_PASSWORD" in text]
    assert holding == [rendered.playbook]


def test_every_yaml_file_is_one_readable_document() -> None:
    for made in PLANS.values():
        for path, text in render(made).files.items():
            if path.endswith(".yml"):
                assert text.startswith("---\n")
                assert text.endswith("\n")
                assert len(list(yaml.compose_all(text, Loader=yaml.SafeLoader))) == 1


def test_a_check_that_cannot_be_run_fails_rather_than_pass_unseen() -> None:
    rendered = RENDERED["checks"]
    smtp = next(check for check in rendered.checks if check.check.kind == "smtp")
    assert smtp.places == ()
    tasks = read(rendered.files[rendered.verify_playbook])[0]["tasks"]
    assert "ansible.builtin.fail" in tasks[smtp.index]["block"][0]


def test_a_check_that_names_a_secret_is_silent() -> None:
    rendered = RENDERED["checks"]
    check = rendered.checks[8]
    assert (check.use, check.title) == (0, "Command check of a secret")
    play = read(rendered.files[rendered.verify_playbook])[1]
    task = play["tasks"][0]["block"][0]
    assert task["no_log"] is True
    assert task["name"] == play["tasks"][0]["name"] == "Command check 9"
    assert list(play["vars"]) == ["cache_password"]


def test_checks_are_numbered_through_and_lie_with_their_owner() -> None:
    rendered = RENDERED["checks"]
    accept = [check for check in rendered.checks if check.group == "accept"]
    assert [check.index for check in accept] == list(range(9))
    assert [check.use for check in accept] == [None] * 8 + [0]
    assert [check.index for check in rendered.checks if check.group == "keep"] == [0, 1]


def test_a_unit_is_started_after_its_file_is_there() -> None:
    unit = {"systemd_unit": {"name": "x.service", "content": "[Service]\nExecStart=/bin/true\n", "running": "started"}}
    rendered = render(plan(use({"name": "unit", "title": {"en": "A unit"}, "steps": [unit]})))
    _assertion, write, start = rendered.tasks
    assert write.after == ()
    assert start.after == (write.place,)
    assert read(rendered.files["roles/unit/tasks/main.yml"])[2]["ignore_errors"] == "{{ ansible_check_mode }}"


def test_tasks_that_hang_together_are_repeated_together() -> None:
    files = render_role(toolspec(OLD_UNITS))
    include = read(files["roles/old_units/tasks/main.yml"])[1]
    item = "old_units_systemd_unit_1_item"
    assert include["ansible.builtin.include_tasks"] == "systemd_unit_1.yml"
    assert include["loop"] == "{{ old_units_units }}"
    assert include["loop_control"] == {"loop_var": item, "label": f"{{{{ {item} }}}}"}
    stop, remove, _reload = read(files["roles/old_units/tasks/systemd_unit_1.yml"])
    assert stop["register"] == "old_units_systemd_unit_1_result"
    assert remove["ansible.builtin.file"]["path"] == f"/etc/systemd/system/{{{{ {item} }}}}.service"
    assert remove["when"] == [f"{item} != 'x'"]
    assert not any("loop" in task for task in (stop, remove))
