"""A project that others, faults or people's own files got into."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from fazai.diagnostic import UsageError
from fazai.flow import World, make_plan
from fazai.flow._requirements import merged
from fazai.flow.find import read_goal
from fazai.project import Journal, private_directory
from fazai.shelf import Shelf
from tests.flow.conftest import goal_of

NEEDED = '---\ncollections:\n  - name: ansible.posix\n    version: ">=2.0.0"\n'
ADDED = {"name": "ansible.posix", "version": ">=2.0.0"}

MERGED = {
    "empty": "",
    "a comment alone": "# mine\n",
    "an empty list": "roles:\n  - name: geerling.nginx\ncollections:\n",
    "roles after collections": "collections:\n  - name: a.b\nroles:\n  - name: geerling.nginx\n",
    "a list without indentation": "collections:\n- name: a.b\n  version: '1.0'\n# the end\n\nroles: []\n",
    "names alone": "collections:\n    - a.b\n",
    "sources without a name": "collections:\n  - source: https://example.net/x.git\n    type: git\n",
    "line ends of another system": "collections:\r\n  - name: a.b\r\n",
    "no line end": "collections:\n  - name: a.b",
}
KEPT = {
    "the old form": "- src: geerling.nginx\n",
    "a list in brackets": "collections: [a.b]\n",
    "not YAML": "collections: [\n",
    "text for a list": "collections: a.b\n",
    "a document's end": "collections:\n  - name: a.b\n...\n",
}


@pytest.mark.parametrize("case", MERGED)
def test_what_a_plan_needs_is_added_to_what_stands_there(case: str) -> None:
    there = MERGED[case]
    old = yaml.safe_load(there) or {}
    text = merged(there, NEEDED)
    assert text is not None
    assert yaml.safe_load(text) == {**old, "collections": [*(old.get("collections") or []), ADDED]}
    assert set(there.split()) <= set(text.split())
    assert merged(text, NEEDED) == text


@pytest.mark.parametrize("case", KEPT)
def test_a_file_that_cannot_be_added_to_is_left_alone(case: str) -> None:
    text = merged(KEPT[case], NEEDED)
    assert text is None or yaml.safe_load(text)["collections"][-1] == ADDED


@pytest.mark.io
def test_somebodys_requirements_survive_a_plan_that_cannot_add_to_them(world: World) -> None:
    path = world.project.root / "requirements.yml"
    path.write_text(KEPT["the old form"])
    (world.project.root / "toolspecs" / "note" / "toolspec.yml").write_text(
        "name: note\ntitle: {en: Note}\ninputs: {text: {type: str}}\n"
        "steps: [{authorized_key: {user: root, keys: ssh-ed25519 AAAAC3Nz}}]\n"
    )
    found = make_plan(replace(world, shelf=Shelf.load(world.project.root / "toolspecs")), goal_of()).findings
    assert path.read_text() == KEPT["the old form"]
    assert any("kept as it is" in finding.summary and "ansible.posix" in finding.detail for finding in found)


@pytest.mark.io
@pytest.mark.parametrize(("mode", "trusted"), [(0o700, True), (0o755, True), (0o775, False), (0o777, False)])
def test_a_directory_that_others_may_write_in_is_not_trusted(mode: int, trusted: bool, tmp_path: Path) -> None:
    state = tmp_path / ".fazai"
    state.mkdir()
    state.chmod(mode)
    if trusted:
        assert private_directory(state).stat().st_mode & 0o777 == 0o700
    else:
        with pytest.raises(UsageError, match="other users may write in it"):
            private_directory(state)


@pytest.mark.io
def test_a_link_in_place_of_our_directory_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".fazai").symlink_to("elsewhere")
    with pytest.raises(UsageError, match="it is a link"):
        private_directory(tmp_path / ".fazai")


@pytest.mark.io
@pytest.mark.parametrize("junk", [b"null\n", b"[1]\n", b'{"seq": 1}\n', b'{"torn', b"\xff\xfe\n"])
def test_a_journal_with_junk_in_it_is_written_on_and_says_so(junk: bytes, tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.write("first", who="an\udcffa")
    with journal.path.open("ab") as file:
        file.write(junk)
    journal.write("second")
    assert [line["kind"] for line in journal.read() if "kind" in line] == ["first", "second"]
    assert (journal.broken_at() is not None) == (b"seq" in junk)


@pytest.mark.io
def test_a_file_that_never_ends_is_not_read_to_its_end() -> None:
    with pytest.raises(UsageError, match="File too large"):
        read_goal(Path("/dev/zero"))


@pytest.mark.io
def test_a_goal_from_another_system_is_read(tmp_path: Path) -> None:
    path = tmp_path / "goal.yaml"
    path.write_bytes("\ufeffname: note\r\ngoal: |\r\n  Deixe um bilhete\r\n  à mão\r\nhosts: web\r\n".encode())
    assert read_goal(path).goal == "Deixe um bilhete\nà mão\n"
