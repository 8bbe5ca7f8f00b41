from __future__ import annotations

from pathlib import Path

import pytest

from fazai.render import render
from fazai.render._molecule import groups_of, host_name
from tests.render.ansible_runs import run
from tests.render.plans import nginx_site
from tests.render.test_yaml import read

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("pattern", "groups"),
    [
        ("web", ("web",)),
        ("all", ()),
        ("web:db", ("web", "db")),
        ("web,db", ("web", "db")),
        ("web:&prod:!staging", ("web", "prod")),
        ("web[0:2]", ("web",)),
        ("*", ()),
        ("~web.*", ()),
    ],
)
def test_the_disposable_host_is_in_the_groups_that_the_goal_names(pattern: str, groups: tuple[str, ...]) -> None:
    assert groups_of(pattern) == groups


def test_a_long_goal_still_gives_a_host_name() -> None:
    name = host_name("a_" * 31)
    assert len(name) <= 63
    assert "_" not in name
    assert not name.endswith("-")


def test_the_scenario_tries_the_real_playbook() -> None:
    files = render(nginx_site()).files
    assert (
        read(files["molecule/nginx-site/converge.yml"])[0]["ansible.builtin.import_playbook"] == "../../playbooks/nginx-site.yml"
    )
    settings = read(files["molecule/nginx-site/molecule.yml"])
    assert settings["platforms"] == [
        {"name": "fazai-nginx-site", "image": "${FAZAI_MOLECULE_IMAGE:-localhost/fazai-target:bookworm}", "groups": ["web"]}
    ]


@pytest.mark.hosts
@pytest.mark.slow
def test_the_scenario_of_the_repository_passes_from_its_root(host_engine: object, tmp_path: Path) -> None:
    done = run(ROOT, "molecule", "test", "-s", "nginx-site", env={"ANSIBLE_HOME": str(tmp_path)})
    assert done.returncode == 0, done.stdout + done.stderr
