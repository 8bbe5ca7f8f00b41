"""A project is found, its settings are judged, and a goal's inventory may not act."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazai.diagnostic import InvalidFile, UsageError
from fazai.project import Project

pytestmark = pytest.mark.io


def test_a_project_is_found_from_within(tmp_path: Path) -> None:
    (tmp_path / "fazai.yml").write_text("forks: 3\n")
    (tmp_path / "goals").mkdir()
    project = Project.find(tmp_path / "goals")
    assert project.root == tmp_path
    assert project.settings.forks == 3


def test_a_directory_without_settings_has_the_defaults(tmp_path: Path) -> None:
    project = Project.find(tmp_path)
    assert not project.given
    assert project.settings.policy.auto_approve == "never"


def test_every_mistake_in_the_settings_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "fazai.yml").write_text("forks: 0\npolicy:\n  auto_aprove: low\n")
    with pytest.raises(InvalidFile) as caught:
        Project.find(tmp_path)
    assert [finding.where.line for finding in caught.value.findings if finding.where] == [1, 3]
    assert "auto_approve" in str(caught.value)


def test_the_state_directory_is_private(tmp_path: Path) -> None:
    assert Project.find(tmp_path).state.stat().st_mode & 0o777 == 0o700


def test_a_missing_inventory_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="fazai init"):
        Project.find(tmp_path).inventories()


def test_a_goals_inventory_that_is_a_program_is_refused(tmp_path: Path) -> None:
    script = tmp_path / "hosts.sh"
    script.write_text("#!/bin/sh\ntouch pwned\n")
    script.chmod(0o755)
    with pytest.raises(UsageError, match="executable"):
        Project.find(tmp_path).inventories("hosts.sh")


def test_a_goals_inventory_that_links_out_of_the_project_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "hosts").write_text("web1\n")
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "hosts").symlink_to(tmp_path / "outside" / "hosts")
    with pytest.raises(UsageError, match="outside the project"):
        Project.find(tmp_path / "project").inventories("hosts")
