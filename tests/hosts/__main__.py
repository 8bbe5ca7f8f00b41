"""Hosts to keep around while working: `python -m tests.hosts up|down|list|shell|needs|settings`."""

import argparse
import os
import sys
from collections.abc import Sequence

from tests.hosts import machine, settings
from tests.hosts.engine import Engine
from tests.hosts.errors import HostsError

EXAMPLE = """example:
  python -m tests.hosts up web1 db1
  python -m tests.hosts shell web1
  python -m tests.hosts down
"""


def main(argv: Sequence[str] | None = None) -> int:
    arguments = _parser().parse_args(argv)
    if arguments.command == "needs":
        for package in machine.missing():
            print(package)
        return 0
    if arguments.command == "settings":
        print(settings.write_containers_conf())
        return 0
    try:
        engine = Engine.ready()
        match arguments.command:
            case "up":
                _up(engine, arguments.run, arguments.names)
            case "down":
                engine.down(arguments.run)
            case "list":
                for run, names in engine.runs().items():
                    print(f"{run:10} {' '.join(names)}")
            case "shell":
                _shell(engine, arguments.run, arguments.name)
    except HostsError as trouble:
        print(f"hosts: {trouble}", file=sys.stderr)
        return 1
    return 0


def _up(engine: Engine, run: str, names: Sequence[str]) -> None:
    engine.down(run)
    try:
        fleet = engine.up(run, names)
    except BaseException:
        engine.down(run)
        raise
    ssh, podman = fleet.write_inventory("ssh"), fleet.write_inventory("podman")
    for name, value in fleet.environment.items():
        print(f"export {name}={value}")
    print(f"# ssh:    ansible -i {ssh} all -m ping")
    print(f"# podman: ansible -i {podman} all -m ping")
    for host in fleet:
        print(f"# {host.name} {host.ip} {host.container}")


def _shell(engine: Engine, run: str, name: str) -> None:
    os.environ.update(engine.environment)
    os.execvp("podman", ["podman", "exec", "-ti", f"fazai-{run}-{name}", "bash"])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.hosts",
        description="Disposable hosts for work by hand.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--run", default="dev", help="a name for these hosts (default: dev)")
    commands = parser.add_subparsers(dest="command", required=True)
    up = commands.add_parser("up", help="boot hosts, after removing those of the same run")
    up.add_argument("names", nargs="*", default=["web1", "db1"], metavar="NAME")
    commands.add_parser("down", help="remove the hosts of this run")
    commands.add_parser("list", help="show the hosts of all runs")
    commands.add_parser("needs", help="print the Debian packages that are missing here, one a line")
    commands.add_parser("settings", help="write podman's settings and print the path for CONTAINERS_CONF")
    shell = commands.add_parser("shell", help="a root shell on one host")
    shell.add_argument("name", metavar="NAME")
    return parser


if __name__ == "__main__":
    sys.exit(main())
