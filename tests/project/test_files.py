"""Files are there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazai.project import write_atomically

pytestmark = pytest.mark.io


def test_a_file_has_its_content_and_mode(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", "text", mode=0o600)
    assert (tmp_path / "a").read_text() == "text"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600


def test_a_full_disk_leaves_the_old_content_and_no_debris(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    write_atomically(path, "old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("fazai.project.files.os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, "new")
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]
