"""Toolspecs from directories."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fazai.diagnostic import InvalidFile, Severity, UsageError
from fazai.shelf import Shelf, builtin_directory

pytestmark = pytest.mark.io

SITE = """\
name: my_site
title: {en: My page}
inputs:
  port: {type: int, default: 80}
steps:
  - package: {names: [nginx]}
  - template: {path: /etc/nginx/conf.d/my.conf, source: my.conf.j2, mode: "0644"}
"""
PAGE = "listen {{ port }};\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A project's directory with one toolspec."""
    return put(tmp_path / "toolspecs", "my_site", SITE, {"my.conf.j2": PAGE})


def put(directory: Path, name: str, text: str, templates: dict[str, str] | None = None) -> Path:
    """Write a toolspec; the directory it lies in."""
    (directory / name).mkdir(parents=True)
    (directory / name / "toolspec.yml").write_text(text, encoding="utf-8")
    for file, body in (templates or {}).items():
        (directory / name / "templates").mkdir(exist_ok=True)
        (directory / name / "templates" / file).write_text(body, encoding="utf-8")
    return directory


def places_of(error: InvalidFile) -> list[str]:
    return [f"{Path(finding.where.file or '').name}:{finding.where.line}" for finding in error.findings if finding.where]


def test_a_toolspec_brings_its_templates(own: Path) -> None:
    spec = Shelf.load(own).get("my_site")
    assert spec.templates == {"my.conf.j2": PAGE}
    assert spec.inputs["port"].default == 80


def test_the_builtin_catalog_is_on_every_shelf(own: Path) -> None:
    shelf = Shelf.load(own)
    assert shelf.names() == tuple(sorted({*Shelf.builtin().names(), "my_site"}))
    assert shelf.place("my_site") == own / "my_site"


def test_a_directory_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert Shelf.load(tmp_path / "none").names() == Shelf.builtin().names()
    assert Shelf.load(tmp_path / "none").findings == ()


def test_names_are_listed_without_reading_a_file(tmp_path: Path) -> None:
    put(tmp_path, "broken", "name: [")
    assert "broken" in Shelf.load(tmp_path).names()


def test_an_unknown_name_is_answered_with_the_nearest(own: Path) -> None:
    with pytest.raises(UsageError, match='Did you mean "my_site"'):
        Shelf.load(own).get("my_sight")


@pytest.mark.parametrize("name", ["../my_site", "/etc", "", "my_site/templates"])
def test_a_name_is_never_a_path(own: Path, name: str) -> None:
    with pytest.raises(UsageError, match="No such toolspec"):
        Shelf.load(own).get(name)


def test_every_mistake_of_a_file_is_told_with_its_line(tmp_path: Path) -> None:
    put(tmp_path, "my_site", SITE.replace("type: int", "type: integer").replace("names: [nginx]", "nams: [nginx]"))
    with pytest.raises(InvalidFile) as caught:
        Shelf.load(tmp_path).get("my_site")
    assert places_of(caught.value) == ["toolspec.yml:4", "toolspec.yml:6"]


def test_a_mistake_in_a_template_is_told_at_the_template(tmp_path: Path) -> None:
    put(tmp_path, "my_site", SITE, {"my.conf.j2": "listen {{ lookup('pipe', 'id') }};"})
    with pytest.raises(InvalidFile, match="leaves the checked subset") as caught:
        Shelf.load(tmp_path).get("my_site")
    assert [finding.where.file for finding in caught.value.findings if finding.where] == [
        str(tmp_path / "my_site" / "templates" / "my.conf.j2")
    ]


def test_a_missing_template_is_told_at_the_step(tmp_path: Path) -> None:
    put(tmp_path, "my_site", SITE)
    with pytest.raises(InvalidFile, match=r'No template "my\.conf\.j2"') as caught:
        Shelf.load(tmp_path).get("my_site")
    assert places_of(caught.value) == ["toolspec.yml:7"]


def test_a_template_that_stands_twice_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "my_site", SITE + 'templates: {my.conf.j2: "x"}\n', {"my.conf.j2": PAGE})
    with pytest.raises(InvalidFile, match="A template stands twice") as caught:
        Shelf.load(tmp_path).get("my_site")
    assert places_of(caught.value) == ["toolspec.yml:8"]


def test_a_toolspec_is_named_as_its_directory(tmp_path: Path) -> None:
    put(tmp_path, "your_site", SITE, {"my.conf.j2": PAGE})
    with pytest.raises(InvalidFile, match="not named as its directory") as caught:
        Shelf.load(tmp_path).get("your_site")
    assert places_of(caught.value) == ["toolspec.yml:1"]


def test_a_broken_toolspec_does_not_take_the_others_away(own: Path) -> None:
    put(own, "broken", "name: [")
    good, findings = Shelf.load(own).all()
    assert "my_site" in [spec.name for spec in good]
    assert [finding.summary for finding in findings] == ["Not readable as YAML"]


def test_a_later_directory_wins_and_says_so(own: Path, tmp_path: Path) -> None:
    other = put(tmp_path / "other", "my_site", SITE.replace("My page", "Other page"), {"my.conf.j2": PAGE})
    shelf = Shelf.load(own, other)
    assert shelf.get("my_site").title.en == "Other page"
    (finding,) = shelf.findings
    assert finding.severity is Severity.WARNING
    assert finding.summary == "A toolspec is replaced by another of the same name"
    assert str(own / "my_site") in finding.detail
    assert finding.where is not None
    assert finding.where.file == str(other / "my_site" / "toolspec.yml")


@pytest.mark.parametrize(
    ("name", "why"),
    [("My-Site", "its name is not that of a toolspec"), ("empty", "it has no toolspec.yml")],
)
def test_a_directory_that_is_no_toolspec_is_left_out_with_a_remark(own: Path, name: str, why: str) -> None:
    (own / name).mkdir()
    shelf = Shelf.load(own)
    assert name not in shelf.names()
    assert [why in finding.detail for finding in shelf.findings] == [True]


def test_another_ending_is_remarked_with_the_right_one(own: Path) -> None:
    put(own, "other", SITE)
    (own / "other" / "toolspec.yml").rename(own / "other" / "toolspec.yaml")
    assert [finding.remedy for finding in Shelf.load(own).findings] == ["Rename toolspec.yaml to toolspec.yml."]


def test_hidden_directories_and_files_are_nobodys_toolspec(own: Path) -> None:
    (own / ".git").mkdir()
    (own / "__pycache__").mkdir()
    (own / "README.md").write_text("x")
    assert Shelf.load(own).findings == ()


def test_a_linked_toolspec_from_outside_is_left_out(own: Path, tmp_path: Path) -> None:
    outside = put(tmp_path / "outside", "their_site", SITE)
    (own / "their_site").symlink_to(outside / "their_site")
    shelf = Shelf.load(own)
    assert "their_site" not in shelf.names()
    assert ["a link to a place outside" in finding.detail for finding in shelf.findings] == [True]


@pytest.mark.parametrize("linked", ["toolspec.yml", "templates/my.conf.j2", "templates"])
def test_a_link_out_of_a_toolspec_is_refused(own: Path, tmp_path: Path, linked: str) -> None:
    secret = tmp_path / "secret"
    (own / "my_site" / linked).rename(secret)
    (own / "my_site" / linked).symlink_to(secret)
    with pytest.raises(InvalidFile, match="leads out of its directory"):
        Shelf.load(own).get("my_site")


def test_a_pipe_is_not_read(own: Path) -> None:
    os.mkfifo(own / "my_site" / "templates" / "other.j2")
    with pytest.raises(InvalidFile, match="not a regular file"):
        Shelf.load(own).get("my_site")


@pytest.mark.parametrize("data", [b"\xff\xfe", b"# " + b"x" * 1024 * 1024], ids=["not UTF-8", "too large"])
def test_a_file_that_is_no_text_is_a_finding(own: Path, data: bytes) -> None:
    (own / "my_site" / "toolspec.yml").write_bytes(data)
    with pytest.raises(InvalidFile, match="A file cannot be read"):
        Shelf.load(own).get("my_site")


def test_the_builtin_directory_is_the_catalog() -> None:
    assert builtin_directory().name == "catalog"
    assert builtin_directory().is_dir()
    good, findings = Shelf.builtin().all()
    assert findings == ()
    assert len(good) == len(Shelf.builtin().names())
