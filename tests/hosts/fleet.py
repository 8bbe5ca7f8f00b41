"""Hosts that were made together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.hosts.host import Connection, Host
from tests.hosts.podman import Podman
from tests.hosts.settings import write_whole


@dataclass(frozen=True, kw_only=True)
class Fleet:
    run: str
    """The value of the label that all its containers and its network bear."""
    network: str
    gateway: str
    """The address under which the hosts reach this machine."""
    members: Mapping[str, Host]
    folder: Path
    """Keys and inventories; removed with the hosts."""
    podman: Podman

    def __iter__(self) -> Iterator[Host]:
        return iter(self.members.values())

    def __getitem__(self, name: str) -> Host:
        return self.members[name]

    def __len__(self) -> int:
        return len(self.members)

    @property
    def environment(self) -> dict[str, str]:
        """What to add to the environment of a program that uses the podman connection."""
        return self.podman.environment

    def inventory_lines(self, connection: Connection = "podman") -> list[str]:
        return [host.inventory_line(connection) for host in self]

    def write_inventory(self, connection: Connection = "podman", path: Path | None = None) -> Path:
        """An INI inventory of all hosts, ungrouped; by default in the fleet's own folder."""
        path = path or self.folder / f"inventory-{connection}.ini"
        write_whole(path, "".join(f"{line}\n" for line in self.inventory_lines(connection)))
        return path
