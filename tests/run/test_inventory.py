from __future__ import annotations

from pathlib import Path

import pytest

from fazai.diagnostic import UsageError
from fazai.run import inventory_findings
from fazai.run.inventory import is_host_list, require_inventory


@pytest.mark.parametrize(
    ("source", "is_list"), [("localhost,", True), ("a,b", True), ("/etc/hosts.yml", False), ("localhost", False)]
)
def test_a_comma_makes_a_list_of_hosts(source: str, is_list: bool) -> None:
    assert is_host_list(source) is is_list


@pytest.mark.io
def test_every_missing_source_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        require_inventory(["localhost,", str(tmp_path / "a"), str(tmp_path), str(tmp_path / "b")])
    assert [finding.where.file for finding in caught.value.findings if finding.where] == [
        str(tmp_path / "a"),
        str(tmp_path / "b"),
    ]


@pytest.mark.io
def test_an_executable_in_an_inventory_directory_is_warned_of(tmp_path: Path) -> None:
    (tmp_path / "hosts.yml").write_text("all:\n")
    script = tmp_path / "deploy.sh"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    (finding,) = inventory_findings([str(tmp_path), "localhost,", str(tmp_path / "hosts.yml")])
    assert finding.where is not None
    assert finding.where.file == str(script)
    assert "chmod -x" in finding.remedy
