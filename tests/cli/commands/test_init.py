"""`fazai init`."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from fazai.cli.commands.init import SCHEMAS, STARTER
from fazai.goal import Goal, Limits
from fazai.project import PolicySettings, Project, Settings
from tests.cli.conftest import Fazai

pytestmark = pytest.mark.io


def test_what_it_writes_is_valid(fazai: Fazai) -> None:
    assert fazai("init", "shop").code == 0
    said = fazai("-C", "shop", "lint")
    assert (said.code, said.out) == (0, "valid   fazai.yml\nvalid   goals/example.yaml\n")


def test_it_keeps_what_is_there_and_says_so(fazai: Fazai, tmp_path: Path) -> None:
    (tmp_path / "fazai.yml").write_text("forks: 3\n")
    said = fazai("init")
    assert "kept    fazai.yml" in said.out
    assert "written goals/example.yaml" in said.out
    assert (tmp_path / "fazai.yml").read_text() == "forks: 3\n"


def test_it_does_not_write_through_a_dangling_link(fazai: Fazai, tmp_path: Path) -> None:
    (tmp_path / "README.md").symlink_to(tmp_path / "elsewhere")
    assert "kept    README.md" in fazai("init").out
    assert not (tmp_path / "elsewhere").exists()


def test_a_second_time_it_writes_nothing_of_yours(fazai: Fazai, tmp_path: Path) -> None:
    fazai("init")
    said = fazai("init", "--json")
    files = [line for line in map(json.loads, said.out.splitlines()) if line["type"] == "file"]
    assert [line["path"] for line in files] == list(STARTER)
    assert {line["state"] for line in files} == {"kept"}


def test_its_own_files_are_private_and_out_of_git(fazai: Fazai, tmp_path: Path) -> None:
    fazai("init")
    assert stat.S_IMODE((tmp_path / ".fazai").stat().st_mode) == 0o700
    assert ".fazai/" in (tmp_path / ".gitignore").read_text().splitlines()


@pytest.mark.parametrize("path", ["fazai.yml", "goals/example.yaml"])
def test_an_editor_finds_the_schema_that_a_file_names(fazai: Fazai, tmp_path: Path, path: str) -> None:
    fazai("init")
    first = (tmp_path / path).read_text().splitlines()[0]
    schema = (tmp_path / path).parent / first.removeprefix("# yaml-language-server: $schema=")
    assert json.loads(schema.read_text())["$id"].startswith("urn:fazai:schema:")


def test_the_schemas_are_all_written(fazai: Fazai, tmp_path: Path) -> None:
    fazai("init")
    assert {path.stem for path in (tmp_path / ".fazai" / "schema").iterdir()} == set(SCHEMAS)


@pytest.mark.parametrize(
    ("path", "models"),
    [("fazai.yml", (Settings, PolicySettings)), ("goals/example.yaml", (Goal, Limits))],
    ids=["settings", "goal"],
)
def test_every_field_there_is_stands_in_the_example(fazai: Fazai, tmp_path: Path, path: str, models: tuple[type, ...]) -> None:
    fazai("init")
    text = (tmp_path / path).read_text()
    names = [info.alias or name for model in models for name, info in model.model_fields.items()]  # type: ignore[attr-defined]
    assert [name for name in names if f"{name}:" not in text] == []


def test_the_settings_shown_are_the_defaults(fazai: Fazai, tmp_path: Path) -> None:
    fazai("init")
    path = tmp_path / "fazai.yml"
    lines = [line.removeprefix("# ") for line in path.read_text().splitlines() if ": " in line or line.endswith(":")]
    shown = [line for line in lines if line.lstrip().split(":")[0].isidentifier() and "vault" not in line]
    path.write_text("\n".join(shown) + "\n")
    assert Project.find(tmp_path).settings == Settings()


def test_a_directory_that_cannot_be_made_is_an_error(fazai: Fazai, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = fazai("init", "file/shop")
    assert said.code == 2
    assert "error: A directory cannot be made" in said.err
