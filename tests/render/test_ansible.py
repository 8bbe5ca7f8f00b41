"""Ansible's own word on what is rendered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fazai.render import render
from tests.render.ansible_runs import play_here, run, write
from tests.render.plans import CACHE, GOLDEN, HOSTILE, STATIC_SITE, hostile, plan, use

pytestmark = pytest.mark.io

TYPES: dict[str, Any] = {
    "text": "str",
    "lines": "str",
    "where": "path",
    "number": "int",
    "ratio": "float",
    "flag": "bool",
    "items": "list",
    "table": "dict",
}


@pytest.mark.parametrize("name", GOLDEN)
def test_ansible_reads_the_playbooks(name: str, tmp_path: Path) -> None:
    rendered = render(GOLDEN[name]())
    write(rendered, tmp_path)
    books = [rendered.playbook, rendered.verify_playbook, *filter(None, [rendered.keep_playbook])]
    done = run(tmp_path, "ansible-playbook", "-i", "localhost,", "--syntax-check", *books)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", GOLDEN)
def test_ansible_lint_finds_nothing_in_its_strictest_profile(name: str, tmp_path: Path) -> None:
    write(render(GOLDEN[name]()), tmp_path)
    (tmp_path / ".ansible-lint").write_text("---\nprofile: production\noffline: true\n")
    (tmp_path / ".git").mkdir()
    done = run(tmp_path, "ansible-lint", "--offline", "--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 failure(s), 0 warning(s)" in done.stderr


def test_nothing_that_a_value_says_is_evaluated(tmp_path: Path) -> None:
    """Each value goes into a file of its own, as it is for texts and as JSON for the rest, through `copy` and `template`."""
    inputs = dict(hostile().uses[0].inputs)
    canary = tmp_path / "CANARY"
    inputs = json.loads(json.dumps(inputs).replace("CANARY", str(canary)))
    out = tmp_path / "out"
    out.mkdir()
    bodies = {
        name: f"{{{{ {name} }}}}" if kind in {"str", "path"} else f"{{{{ {name} | to_json }}}}" for name, kind in TYPES.items()
    }
    data = {
        "name": "verbatim",
        "title": {"en": "Values as they are"},
        "become": False,
        "inputs": {name: {"type": kind, **({"elements": "str"} if kind == "list" else {})} for name, kind in TYPES.items()},
        "steps": [
            *({"file": {"path": f"{out}/{name}.copy", "content": body, "mode": "0644"}} for name, body in bodies.items()),
            *(
                {"template": {"path": f"{out}/{name}.template", "source": f"{name}.j2", "owner": None, "group": None}}
                for name in bodies
            ),
            {"file": {"path": f"{out}/{{{{ item }}}}", "content": "{{ item }}", "mode": "0644", "for_each": "{{ items }}"}},
        ],
        "templates": {f"{name}.j2": body for name, body in bodies.items()},
    }
    inputs["items"] = [item.replace("/", "_") for item in inputs["items"] if item]
    rendered = render(plan(use(data, **inputs), hosts="localhost", goal=f"Do {HOSTILE}"))
    write(rendered, tmp_path)
    done = play_here(tmp_path, rendered.playbook)
    assert done.returncode == 0, done.stdout + done.stderr
    for name, kind in TYPES.items():
        for way in ("copy", "template"):
            written = (out / f"{name}.{way}").read_text()
            assert (written if kind in {"str", "path"} else json.loads(written)) == inputs[name], (name, way)
    assert all((out / item).read_text() == item for item in inputs["items"])
    assert not canary.exists()
    assert not list(tmp_path.rglob("CANARY"))


def test_a_secret_reaches_its_file_and_nothing_else(tmp_path: Path) -> None:
    secret = "s3cr3t-{{ 7 * 7 }}-canary"
    data = {
        **CACHE,
        "become": False,
        "steps": [
            {
                "template": {
                    "path": f"{tmp_path}/redis.conf",
                    "source": "redis.conf.j2",
                    "mode": "0600",
                    "owner": None,
                    "group": None,
                }
            }
        ],
        "handlers": {},
    }
    rendered = render(plan(use(data, password="env:TEST_PASSWORD"), hosts="localhost"))
    write(rendered, tmp_path)
    for argv in (["--check", "--diff", "-vvv"], ["--diff", "-vvv"]):
        done = play_here(tmp_path, rendered.playbook, *argv, env={"TEST_PASSWORD": secret})
        assert done.returncode == 0, done.stdout
        assert "canary" not in done.stdout + done.stderr
    assert (tmp_path / "redis.conf").read_text() == f"requirepass {secret}\nmaxmemory 256mb\n"
    missing = play_here(tmp_path, rendered.playbook)
    assert missing.returncode != 0
    assert "set the environment variable TEST_PASSWORD" in missing.stdout + missing.stderr


def test_every_check_is_run_and_those_that_do_not_hold_are_named(tmp_path: Path) -> None:
    checks = [{"port": {"number": 1}}, {"port": {"number": 1, "state": "closed"}}]
    data = {**STATIC_SITE, "accept": [{"port": {"number": "{{ port }}", "state": "closed"}}]}
    rendered = render(plan(use(data, content="x", port=2), hosts="localhost", accept=checks))
    write(rendered, tmp_path)
    done = play_here(tmp_path, rendered.verify_playbook)
    assert done.returncode != 0
    assert "These checks do not hold: 1" in done.stdout
    assert all(
        f"TASK [Port {text}]" in done.stdout
        for text in ("1 is open on 127.0.0.1", "1 is closed on 127.0.0.1", "2 is closed on 127.0.0.1")
    )


def test_both_uses_of_a_toolspec_run_with_their_own_values(tmp_path: Path) -> None:
    data = {
        "name": "note",
        "title": {"en": "A note"},
        "become": False,
        "inputs": {"path": {"type": "path", "required": True}, "text": {"type": "str", "required": True}},
        "steps": [{"file": {"path": "{{ path }}", "content": "{{ text }}", "mode": "0644", "notify": "tell"}}],
        "handlers": {"tell": {"file": {"path": "{{ path }}.told", "content": "told of {{ text }}", "mode": "0644"}}},
    }
    uses = [use(data, path=f"{tmp_path}/{name}", text=name) for name in ("one", "two")]
    rendered = render(plan(*uses, hosts="localhost"))
    write(rendered, tmp_path)
    done = play_here(tmp_path, rendered.playbook)
    assert done.returncode == 0, done.stdout
    assert [(tmp_path / name).read_text() for name in ("one", "two")] == ["one", "two"]
    assert [(tmp_path / f"{name}.told").read_text() for name in ("one", "two")] == ["told of one", "told of two"]


def test_ansible_names_the_places_that_the_renderer_told(tmp_path: Path) -> None:
    rendered = render(plan(GOLDEN["loops"]().uses[0], hosts="localhost"))
    write(rendered, tmp_path)
    done = play_here(tmp_path, rendered.playbook, "--check", "-vv")
    told = [line.split("task path: ")[1] for line in done.stdout.splitlines() if line.startswith("task path: ")]
    assert {f"{tmp_path}/{task.place}" for task in rendered.tasks} <= set(told)
