"""The import graph is the picture of docs/architecture.md: rows import from rows below, rooms do not know each other."""

from __future__ import annotations

import ast
import graphlib
from pathlib import Path

import pytest

import fazai

HOUSE = Path(fazai.__file__).parent
GROUND = [
    "diagnostic", "document", "expression", "text", "task", "acceptance", "toolspec", "goal", "action", "plan", "outcome",
]  # fmt: skip
ROOMS = ["recall", "shelf", "render", "check", "policy", "memory", "run", "kb", "project"]
STORY = ["flow"]
DOORS = ["cli"]
DATA = ["catalog"]
ROW = {
    **{name: i for i, name in enumerate(GROUND)},
    **dict.fromkeys(ROOMS, 100),
    **dict.fromkeys(STORY, 200),
    **dict.fromkeys(DOORS, 300),
}


def imports_of(package: str) -> set[str]:
    """Every package of ours that `package` imports, at the top of a file or inside a function."""
    found: set[str] = set()
    for path in (HOUSE / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path}: imports name their whole path"
                names = [node.module or ""]
                if node.module == "fazai":
                    names = [f"fazai.{alias.name}" for alias in node.names]
            found |= {parts[1] for parts in (name.split(".") for name in names) if parts[0] == "fazai" and len(parts) > 1}
    return found - {package, "__version__"}


@pytest.mark.parametrize("package", sorted(ROW))
def test_a_package_imports_only_from_the_rows_below(package: str) -> None:
    above = {name for name in imports_of(package) if ROW.get(name, -1) >= ROW[package]}
    assert not above, f"{package} must not import {sorted(above)}"


def test_every_package_stands_in_the_picture() -> None:
    there = {path.name for path in HOUSE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert there == set(ROW) | set(DATA)


def test_the_picture_names_every_package() -> None:
    picture = (HOUSE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert [name for name in (*ROW, *DATA) if f"{name}/" not in picture] == []


def test_the_catalog_holds_no_code() -> None:
    code = [path for path in (HOUSE / "catalog").rglob("*.py") if path.name != "__init__.py"]
    assert code == []
    assert (HOUSE / "catalog" / "__init__.py").read_text(encoding="utf-8").count("import") == 0


@pytest.mark.parametrize(("library", "home"), [("chromadb", "kb"), ("ansible_runner", "run"), ("rich", "cli")])
def test_a_heavy_library_has_one_home(library: str, home: str) -> None:
    users = {
        path.relative_to(HOUSE).parts[0]
        for path in HOUSE.rglob("*.py")
        if f"import {library}" in path.read_text(encoding="utf-8") or f"from {library}" in path.read_text(encoding="utf-8")
    }
    assert users <= {home}


def module_graph() -> dict[str, set[str]]:
    """Every module of ours with those it names in an import; `from package import submodule` names the submodule."""
    files = {".".join(("fazai", *path.relative_to(HOUSE).with_suffix("").parts)): path for path in HOUSE.rglob("*.py")}
    modules = {name.removesuffix(".__init__"): path for name, path in files.items()}
    graph: dict[str, set[str]] = {}
    for name, path in modules.items():
        found: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                named = {f"{node.module}.{alias.name}" for alias in node.names}
                found |= (named & set(modules)) or {node.module}
        graph[name] = (found & set(modules)) - {name}
    return graph


def test_no_module_is_in_an_import_circle() -> None:
    graphlib.TopologicalSorter(module_graph()).prepare()
