from __future__ import annotations

import json
from pathlib import Path

import pytest

from fazai.check import collection_paths, missing_collections

pytestmark = pytest.mark.io


def install(root: Path, name: str, version: str | None) -> Path:
    directory = root / "ansible_collections" / name.replace(".", "/")
    directory.mkdir(parents=True)
    if version is not None:
        (directory / "MANIFEST.json").write_text(json.dumps({"collection_info": {"version": version}}))
    return root


@pytest.mark.parametrize(
    ("have", "wanted", "summary"),
    [
        ("11.2.0", "*", None),
        ("11.2.0", "", None),
        ("11.2.0", ">=10.0.0,<12.0.0", None),
        ("11.2.0", "11.2.0", None),
        ("11.2.0-beta.1", ">=11.1.0", None),
        ("11.2.0", "11.2.1", "A collection has the wrong version"),
        ("9.0.0", ">=10.0.0", "A collection has the wrong version"),
        (None, ">=10.0.0", "A collection has the wrong version"),
        (None, "*", None),
        ("not a version", ">=1", "A collection has the wrong version"),
        ("1.0.0", ">=x", "The version of a collection cannot be told"),
    ],
)
def test_the_version_must_fit(tmp_path: Path, have: str | None, wanted: str, summary: str | None) -> None:
    install(tmp_path, "community.general", have)
    found = missing_collections({"community.general": wanted}, [tmp_path])
    assert [finding.summary for finding in found] == ([summary] if summary else [])


def test_a_missing_collection_says_how_to_get_it(tmp_path: Path) -> None:
    (finding,) = missing_collections({"community.general": ">=10.0.0"}, [tmp_path])
    assert finding.summary == "A collection is missing"
    assert "ansible-galaxy collection install -r requirements.yml" in finding.remedy
    assert "pip install 'fazai[collections]'" in finding.remedy


def test_the_first_one_found_counts(tmp_path: Path) -> None:
    old, new = install(tmp_path / "old", "a.b", "1.0.0"), install(tmp_path / "new", "a.b", "2.0.0")
    assert missing_collections({"a.b": ">=2"}, [new, old]) == []
    assert len(missing_collections({"a.b": ">=2"}, [old, new])) == 1


def test_a_collection_that_is_being_written_counts(tmp_path: Path) -> None:
    directory = install(tmp_path, "a.b", None) / "ansible_collections" / "a" / "b"
    (directory / "galaxy.yml").write_text("version: 1.2.3\n")
    assert missing_collections({"a.b": "1.2.3"}, [tmp_path / "ansible_collections"]) == []


def test_a_broken_manifest_has_no_version(tmp_path: Path) -> None:
    directory = install(tmp_path, "a.b", None) / "ansible_collections" / "a" / "b"
    (directory / "MANIFEST.json").write_text("{broken")
    (finding,) = missing_collections({"a.b": "1.2.3"}, [tmp_path])
    assert "of no known version" in finding.detail


def test_configured_paths_come_before_the_environment() -> None:
    paths = collection_paths({"ANSIBLE_COLLECTIONS_PATH": "/one:/two"})
    assert paths[:2] == (Path("/one"), Path("/two"))
    assert any(path.name == "site-packages" for path in paths[2:])


def test_what_pip_installed_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(missing_collections({"nobody.nowhere": "*"})) == 1
    monkeypatch.syspath_prepend(install(tmp_path, "nobody.nowhere", "1.0.0"))
    assert missing_collections({"nobody.nowhere": "*"}) == []
