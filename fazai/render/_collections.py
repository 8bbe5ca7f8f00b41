"""The collections whose modules rendered playbooks may use, with the versions that will do.

Each range holds the version that PyPI's `ansible` 12 carries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

BUILTIN: Final = "ansible.builtin"
RANGES: Final[Mapping[str, str]] = {
    "ansible.posix": ">=2.0.0,<3.0.0",
    "community.crypto": ">=3.0.0,<4.0.0",
    "community.docker": ">=4.0.0,<5.0.0",
    "community.general": ">=11.0.0,<12.0.0",
    "community.mysql": ">=3.10.0,<4.0.0",
    "community.postgresql": ">=4.0.0,<5.0.0",
    "containers.podman": ">=1.16.0,<2.0.0",
}
ANY_VERSION: Final = "*"


def collections_of(modules: Iterable[str]) -> dict[str, str]:
    """The collections beyond ansible.builtin that these modules (by full name) come from, with their ranges."""
    names = {".".join(module.split(".")[:2]) for module in modules} - {BUILTIN}
    return {name: RANGES.get(name, ANY_VERSION) for name in sorted(names)}


def requirements(collections: Mapping[str, str]) -> dict[str, list[dict[str, str]]]:
    """The content of a requirements.yml."""
    return {"collections": [{"name": name, "version": version} for name, version in collections.items()]}
