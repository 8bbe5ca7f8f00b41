"""What the small program reads from rulesets as the kernel lists them.

The listings under `rulesets/` are what `nft -j list ruleset` printed after loading the `.nft` file beside each, in a network
namespace of its own; `iptables.json` and `iptables.save` are what nft and iptables-save said of one ruleset, written with
iptables as ufw does.
"""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from fazai.acceptance.checks import _open_ports
from fazai.acceptance.checks._open_ports import has_extensions, of_host, with_iptables
from fazai.acceptance.checks.firewall import program
from fazai.expression import looks_like_jinja

FOLDER = Path(__file__).parent / "rulesets"


def listing(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize(
    ("name", "default", "opened"),
    [
        ("minimal", "deny", ["22/tcp", "443/tcp", "80/tcp"]),
        ("nothing", "accept", ["any"]),
        ("accepts_rest", "accept", ["any"]),
        ("reject_at_end", "deny", ["53/udp", "8000-8010/tcp"]),
        ("named_set", "deny", ["161/udp", "22/tcp", "443/tcp", "9000-9010/tcp"]),
        ("verdict_map", "deny", ["22/tcp", "80/tcp"]),
        ("two_chains", "deny", ["22/tcp"]),
        ("trusts_interface", "deny", ["22/tcp", "any"]),
        ("firewalld", "deny", ["22/tcp", "9090/tcp"]),
    ],
)
def test_what_a_ruleset_lets_in(name: str, default: str, opened: list[str]) -> None:
    assert of_host(listing(name), has_ipv6=True) == {"default": default, "open": opened}


def test_a_family_that_is_forgotten_is_open() -> None:
    assert of_host(listing("only_ipv4"), has_ipv6=True)["default"] == "accept"
    assert of_host(listing("only_ipv4"), has_ipv6=False) == {"default": "deny", "open": ["22/tcp"]}


def test_what_nft_cannot_read_is_open() -> None:
    assert "any" in of_host(listing("iptables"), has_ipv6=True)["open"]


def test_iptables_is_asked_where_nft_cannot_read() -> None:
    told = listing("iptables")
    assert has_extensions(told, "ip")
    assert not has_extensions(listing("minimal"), "ip")
    saved = (FOLDER / "iptables.save").read_text(encoding="utf-8")
    both = with_iptables(told, {"ip": saved, "ip6": saved})
    assert of_host(both, has_ipv6=True) == {"default": "deny", "open": ["22/tcp", "443/tcp", "80/tcp"]}


def test_tables_beside_those_of_iptables_still_count() -> None:
    saved = (FOLDER / "iptables.save").read_text(encoding="utf-8")
    both = {"nftables": [*listing("iptables")["nftables"], *listing("named_set")["nftables"]]}
    assert of_host(with_iptables(both, {"ip": saved, "ip6": saved}), has_ipv6=True)["open"] == ["22/tcp", "443/tcp"]


def test_the_program_is_fit_to_be_sent() -> None:
    """It is read by Python 3.8, uses the standard library alone, and Ansible finds nothing to template in it."""
    text = program()
    tree = ast.parse(text, feature_version=(3, 8))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported <= {"json", "os", "shlex", "shutil", "subprocess", "sys"}
    assert not looks_like_jinja(text)
    assert _open_ports.__doc__ is not None
