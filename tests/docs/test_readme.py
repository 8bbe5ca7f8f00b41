"""The first page: its catalog is the catalog, its links lead somewhere, and its preview is what real hosts give."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

from fazai.shelf import Shelf
from tests.docs.pages import ROOT, File, Reader
from tests.hosts import Engine, Fleet

pytestmark = pytest.mark.io

README = ROOT / "README.md"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("playbooks/*.md")])
HASH = re.compile(r"Plan nginx-site  ([0-9a-f]{12})")


@pytest.mark.parametrize(("name", "language"), [("README.md", "en"), ("README.pt-BR.md", "pt")])
def test_the_table_of_the_catalog_is_the_catalog(name: str, language: str) -> None:
    shelf = Shelf.builtin()
    rows = [f"| `{each}` | {getattr(shelf.get(each).title, language)} |" for each in shelf.names()]
    shown = re.findall(r"^\| `.+$", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert shown == rows


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_to_files_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if "://" not in target and not (page.parent / target).exists()] == []


@pytest.mark.hosts
@pytest.mark.slow
def test_what_the_first_page_shows_of_hosts_is_what_hosts_give(host_engine: Engine, tmp_path: Path) -> None:
    """The hash is that of the plan today: a new version of a toolspec may change it without making the page untrue."""
    page = README.read_text(encoding="utf-8")
    reader = Reader(tmp_path)
    assert reader.follow(page) == []
    with host_engine.hosts(["web1", "web2"]) as fleet:
        reader.write(File("inventory/hosts.yml", inventory(fleet)))
        _code, printed = reader.run("fazai plan goals/nginx-site.yaml")
        (now,), (shown, *_) = HASH.findall(printed), HASH.findall(page)
        assert "\n\n".join(reader.follow(page.replace(shown, now), on_hosts=True)) == ""


def inventory(fleet: Fleet) -> str:
    """The inventory of the page with hosts that are there, over ssh as a person would."""
    lines = [shlex.split(host.inventory_line("ssh")) for host in fleet]
    hosts = {name: dict(each.split("=", 1) for each in variables) for name, *variables in lines}
    return yaml.safe_dump({"web": {"hosts": hosts}})
