"""The wheel carries all that FazAI needs beside its code, and what is installed from it plans a goal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

pytestmark = [pytest.mark.io, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
NOT_SHIPPED = {"__pycache__"}


def call(*argv: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> str:
    """Run a program; its output. What it said is shown when it fails."""
    done = subprocess.run(
        [str(word) for word in argv], cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built by the backend itself in this environment, from a copy: nothing is fetched, and nothing is left behind here."""
    copy = tmp_path_factory.mktemp("source") / "fazai"
    copy.mkdir()
    for name in ("fazai", "pyproject.toml", "README.md", "LICENSE"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns(*NOT_SHIPPED))
        else:
            shutil.copy(source, copy / name)
    room = tmp_path_factory.mktemp("wheel")
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    return room / call(sys.executable, "-c", build, room, cwd=copy).split()[-1]


def test_the_wheel_has_every_file_of_the_package(wheel: Path) -> None:
    files = [path for path in (ROOT / "fazai").rglob("*") if path.is_file() and not NOT_SHIPPED & set(path.parts)]
    wanted = {str(path.relative_to(ROOT)) for path in files}
    assert sorted(wanted - set(zipfile.ZipFile(wheel).namelist())) == []


def test_the_wheel_has_what_is_not_code(wheel: Path) -> None:
    """By name, so that a file that went missing from the repository as well is missed."""
    names = zipfile.ZipFile(wheel).namelist()
    wanted = [
        "fazai/catalog/static_site/toolspec.yml",
        "fazai/catalog/static_site/templates/static-site.conf.j2",
        "fazai/recall/concepts.yml",
        "fazai/run/_guard.py",
        "fazai/run/plugins/callback/fazai_plain.py",
        "fazai/cli/starter/fazai.yml",
        "fazai/cli/starter/gitignore",
        "fazai/cli/starter/goals/example.yaml",
        "fazai/cli/starter/inventory/hosts.yml",
    ]
    assert [name for name in wanted if name not in names] == []
    assert [name for name in names if name.endswith("licenses/LICENSE")] != []


def test_the_wheel_has_nothing_of_the_repository_beside_the_package(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"fazai"}


def test_what_is_installed_from_the_wheel_plans_a_goal(wheel: Path, tmp_path: Path) -> None:
    """In an environment of its own that sees the dependencies of this one, and not this repository."""
    own = tmp_path / "venv"
    call(sys.executable, "-m", "venv", own, cwd=tmp_path)
    (packages,) = (own / "lib").glob("python*/site-packages")
    call(own / "bin" / "python", "-m", "pip", "install", "--no-deps", "--no-index", "--quiet", wheel, cwd=tmp_path)
    # Dependencies only: a plain path is searched after the environment's own packages, and its .pth files are not read.
    theirs = [path for path in sys.path if path.endswith("site-packages")]
    (packages / "dependencies.pth").write_text("".join(f"{path}\n" for path in theirs))
    # FazAI looks for Ansible's programs beside its own Python, where pip would have put them.
    for program in Path(sys.executable).parent.glob("ansible*"):
        (own / "bin" / program.name).symlink_to(program)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    where = call(own / "bin" / "python", "-c", "import fazai; print(fazai.__file__)", cwd=tmp_path, env=environment)
    assert where.strip() == str(packages / "fazai" / "__init__.py")

    call(own / "bin" / "fazai", "init", "shop", cwd=tmp_path, env=environment)
    shown = call(own / "bin" / "fazai", "plan", "goals/example.yaml", cwd=tmp_path / "shop", env=environment)
    assert "static_site" in shown
    assert (tmp_path / "shop" / "playbooks" / "example.yml").is_file()
