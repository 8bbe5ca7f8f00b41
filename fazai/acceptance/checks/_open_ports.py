"""Which ports of this host a stranger may open, by the ruleset that the kernel has.

Runs on a host, as a program of its own, with Python 3.8 or later and the program nft; it is sent there as it stands here, and
nothing of the project imports it. It follows a new packet through every chain of the input hook. What firewalld writes is plain
nftables; what iptables and ufw write may hold extensions that nft cannot read, so iptables is asked as well. What it cannot
read it takes to be open. It prints {"default": "deny" or "accept", "open": ["22/tcp"]}; "any" is every port, to
somebody at least.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

ANY = "any"
BOTH = frozenset({"tcp", "udp"})
# Of a group of hosts, of this link alone, of everybody here: no stranger reaches a service by these.
NEARBY = ("224.", "239.", "255.255.255.255", "ff", "fe80:")


class Way:
    """What is known of the packets that reach a place in a rule."""

    def __init__(self) -> None:
        self.protocols = BOTH
        self.ports: list[Any] | None = None
        self.narrow = False

    @property
    def is_wide(self) -> bool:
        """Whether every new packet comes here."""
        return self.ports is None and not self.narrow and self.protocols == BOTH

    def named(self) -> set[str]:
        """The ports that the rule names, with their protocols."""
        return {f"{port}/{protocol}" for port in self.ports or [] for protocol in self.protocols}

    def let_in(self, accepted: set[str]) -> set[str]:
        """The part of `accepted` that packets of this way can be."""
        if self.ports is not None:
            return self.named() if ANY in accepted else accepted & self.named()
        return {port for port in accepted if self.protocols and (port == ANY or port.rpartition("/")[2] in self.protocols)}


class Ruleset:
    """Chains, rules and sets by family, table and name."""

    def __init__(self, listing: dict[str, Any]) -> None:
        self.chains: dict[Any, dict[str, Any]] = {}
        self.rules: dict[Any, list[Any]] = {}
        self.sets: dict[Any, list[Any]] = {}
        for entry in listing["nftables"]:
            for kind, value in entry.items():
                if kind == "chain":
                    self.chains[value["family"], value["table"], value["name"]] = value
                elif kind == "rule":
                    self.rules.setdefault((value["family"], value["table"], value["chain"]), []).append(value["expr"])
                elif kind in ("set", "map"):
                    self.sets[value["family"], value["table"], value["name"]] = value.get("elem", [])

    def hooked(self, families: tuple[str, ...]) -> list[Any]:
        """Chains of these families that see packets for this host."""
        return [
            key
            for key, chain in self.chains.items()
            if chain.get("hook") == "input" and chain.get("type") == "filter" and key[0] in families
        ]

    def judge(self, key: Any) -> tuple[set[str], bool]:
        """What a hooked chain lets in, and whether it stops the rest."""
        accepted, fate = self.walk(key, frozenset())
        policy = self.chains[key].get("policy", "accept")
        return accepted, fate == "drop" or (fate == "end" and policy == "drop")

    def walk(self, key: Any, seen: frozenset[Any]) -> tuple[set[str], str]:
        """What a chain lets in on the way, and what becomes of the rest: accept, drop or end."""
        accepted: set[str] = set()
        some_return = False
        for expressions in self.rules.get(key, []) if key not in seen else []:
            ports, fate = self.rule(key, expressions, seen | {key})
            accepted |= ports
            if fate == "return?":
                some_return = True
            elif fate == "leave":
                return accepted, "end"
            elif fate != "end":
                return accepted, "end" if fate == "drop" and some_return else fate
        return accepted, "end"

    def rule(self, key: Any, expressions: list[Any], seen: frozenset[Any]) -> tuple[set[str], str]:
        """The same for one rule; besides, `leave` where its chain ends, `return?` where it ends for some packets."""
        way = Way()
        for expression in expressions:
            kind, value = next(iter(expression.items()))
            if kind == "match":
                if not self.follow(key, value, way):
                    return set(), "end"
            elif kind in ("limit", "xt", "ct count"):
                way.narrow = True
            elif kind == "vmap":
                return self.each(key, value, way, seen), "end"
            elif kind in ("accept", "queue"):
                return way.let_in({ANY}), "accept" if way.is_wide else "end"
            elif kind in ("drop", "reject"):
                return set(), "drop" if way.is_wide else "end"
            elif kind == "return":
                return set(), "leave" if way.is_wide else "return?"
            elif kind in ("jump", "goto"):
                return self.enter(kind, (key[0], key[1], value["target"]), way, seen)
        return set(), "end"

    def enter(self, kind: str, target: Any, way: Way, seen: frozenset[Any]) -> tuple[set[str], str]:
        """Another chain, from which a goto does not come back."""
        accepted, fate = self.walk(target, seen)
        if fate == "accept":
            accepted.add(ANY)
        if not way.is_wide:
            return way.let_in(accepted), "end"
        return accepted, "leave" if kind == "goto" and fate == "end" else fate

    def follow(self, key: Any, match: dict[str, Any], way: Way) -> bool:
        """Narrow `way` by a condition; False where no new packet of a stranger meets it."""
        left, negated = match["left"], match["op"] == "!="
        values = self.values(key, match["right"])
        kind, field = next(iter(left.items())) if isinstance(left, dict) else ("", {})
        about = field.get("key", "") if isinstance(field, dict) else ""
        if kind == "ct" and about in ("state", "status"):
            is_new = any(one in ("new", "untracked") for one in values)
            return is_new is not negated
        if kind == "meta" and about in ("iif", "iifname"):
            way.narrow = way.narrow or not (values == ["lo"] and negated)
            return values != ["lo"] or negated
        if kind == "meta" and about in ("nfproto", "protocol"):
            return True
        if kind == "meta" and about == "l4proto" and not negated:
            way.protocols &= {str(one) for one in values}
            return True
        if kind == "fib":
            way.narrow = True
            return "local" in values or negated
        if kind == "payload" and isinstance(field, dict) and not negated:
            return self.follow_payload(field, values, way)
        way.narrow = True
        return True

    @staticmethod
    def follow_payload(field: dict[str, Any], values: list[Any], way: Way) -> bool:
        protocol, name = str(field.get("protocol")), field.get("field")
        if protocol in BOTH:
            way.protocols &= {protocol}
        if name == "dport":
            way.ports = values
        elif name == "sport":
            return False  # an answer to what this host asked, as of DHCP
        elif name in ("protocol", "nexthdr"):
            way.protocols &= {str(one) for one in values}
        elif protocol in ("icmp", "icmpv6", "igmp"):
            way.protocols = frozenset()
        elif name == "daddr" and all(str(one).startswith(NEARBY) for one in values):
            return False
        else:
            way.narrow = True
        return True

    def values(self, key: Any, right: Any) -> list[Any]:
        """The right side of a condition as plain texts and numbers; a range is `1000-2000`."""
        if isinstance(right, dict):
            kind, value = next(iter(right.items()))
            if kind == "range":
                return ["-".join(str(end) for end in value)]
            inner = {"set": lambda: value, "prefix": lambda: value["addr"], "elem": lambda: value["val"]}.get(kind)
            return self.values(key, inner()) if inner else [json.dumps(right)]
        if isinstance(right, list):
            return [plain for one in right for plain in self.values(key, one)]
        if isinstance(right, str) and right.startswith("@"):
            return self.values(key, self.sets.get((key[0], key[1], right[1:]), []))
        return [right]

    def each(self, key: Any, vmap: dict[str, Any], way: Way, seen: frozenset[Any]) -> set[str]:
        """What the pairs of a verdict map let in: each is a rule of its own."""
        data = vmap["data"]
        pairs = data["set"] if isinstance(data, dict) else self.sets.get((key[0], key[1], str(data).lstrip("@")), [])
        accepted: set[str] = set()
        for wanted, verdict in pairs:
            condition = {"match": {"op": "==", "left": vmap["key"], "right": wanted}}
            accepted |= way.let_in(self.rule(key, [condition, verdict], seen)[0])
        return accepted


def in_nft_words(saved: str, family: str) -> list[dict[str, Any]]:
    """What iptables-save prints of the table filter, as nft would list it if it knew the extensions of iptables."""
    entries: list[dict[str, Any]] = []
    for line in saved.splitlines():
        if line.startswith(":"):
            name, policy = line[1:].split()[:2]
            hooked = {"type": "filter", "hook": name.lower(), "policy": policy.lower()} if policy != "-" else {}
            entries.append({"chain": {"family": family, "table": "filter", "name": name, **hooked}})
        elif line.startswith("-A "):
            words = shlex.split(line)
            expressions = list(expressions_of(words[2:]))
            entries.append({"rule": {"family": family, "table": "filter", "chain": words[1], "expr": expressions}})
    return entries


def expressions_of(words: list[str]) -> Iterator[dict[str, Any]]:
    """One rule of iptables, its target last as it stands there."""
    operator = "=="
    for word, value in zip(words, [*words[1:], ""]):  # noqa: B905 -- Python 3.8 on the host does not know strict=
        if word == "!":
            operator = "!="
            continue
        if word in SAYS:
            left, right = SAYS[word](value)
            yield {"match": {"op": operator, "left": left, "right": right}}
        elif word in ("-j", "-g"):
            kind = value.lower() if value in ("ACCEPT", "DROP", "REJECT", "RETURN", "QUEUE") else "jump"
            yield {"goto" if word == "-g" else kind: {"target": value}}
        elif word.startswith("-") and word not in ("-m", "--comment"):
            yield {"limit": None}
        if word.startswith("-"):
            operator = "=="


def port_set(text: str) -> dict[str, Any]:
    """`80,1000:2000` as a set of nft."""
    return {"set": [{"range": part.split(":")} if ":" in part else part for part in text.split(",")]}


def payload(field: str) -> dict[str, Any]:
    return {"payload": {"protocol": "th" if field.endswith("port") else "ip", "field": field}}


SAYS: dict[str, Callable[[str], tuple[dict[str, Any], Any]]] = {
    "-p": lambda value: ({"meta": {"key": "l4proto"}}, value),
    "-i": lambda value: ({"meta": {"key": "iifname"}}, value),
    "-s": lambda value: (payload("saddr"), value),
    "-d": lambda value: (payload("daddr"), value),
    "--sport": lambda value: (payload("sport"), value),
    "--sports": lambda value: (payload("sport"), value),
    "--dport": lambda value: (payload("dport"), port_set(value)),
    "--dports": lambda value: (payload("dport"), port_set(value)),
    "--ctstate": lambda value: ({"ct": {"key": "state"}}, {"set": value.lower().split(",")}),
    "--state": lambda value: ({"ct": {"key": "state"}}, {"set": value.lower().split(",")}),
    "--dst-type": lambda value: ({"fib": {}}, value.lower()),
}


def with_iptables(listing: dict[str, Any], saved: dict[str, str]) -> dict[str, Any]:
    """The listing, its tables of iptables replaced by what iptables itself says of them; `saved` is by family."""
    entries = [
        entry
        for entry in listing["nftables"]
        for value in entry.values()
        if not (value.get("family") in saved and of_iptables(entry))
    ]
    return {"nftables": [*entries, *(one for family, text in saved.items() for one in in_nft_words(text, family))]}


def of_iptables(entry: dict[str, Any]) -> bool:
    value: dict[str, Any] = next(iter(entry.values()))
    return "filter" in (value.get("table"), value.get("name") if "table" in entry else None)


def has_extensions(listing: dict[str, Any], family: str) -> bool:
    """Whether the table filter of this family holds what nft itself cannot read."""
    rules = (entry["rule"] for entry in listing["nftables"] if "rule" in entry)
    return any(
        "xt" in expression
        for rule in rules
        if (rule["family"], rule["table"]) == (family, "filter")
        for expression in rule["expr"]
    )


def open_ports(listing: dict[str, Any], families: tuple[str, ...]) -> dict[str, Any]:
    """What all hooked chains together let in: a packet must pass every one of them."""
    rules = Ruleset(listing)
    opened: set[str] | None = None
    for accepted, stops in (rules.judge(key) for key in rules.hooked(families)):
        if stops:
            opened = accepted if opened is None else of_both(opened, accepted)
    return {"default": "accept", "open": [ANY]} if opened is None else {"default": "deny", "open": sorted(opened)}


def of_both(one: set[str], other: set[str]) -> set[str]:
    """What passes two chains."""
    if ANY in one:
        return one | other if ANY in other else other
    return one if ANY in other else one & other


def of_host(listing: dict[str, Any], has_ipv6: bool) -> dict[str, Any]:  # noqa: FBT001 -- the one option of a program of one page
    """IPv4 and IPv6 together: what one of them lets in is open."""
    four = open_ports(listing, ("ip", "inet"))
    six = open_ports(listing, ("ip6", "inet")) if has_ipv6 else four
    deny = four["default"] == six["default"] == "deny"
    return {"default": "deny" if deny else "accept", "open": sorted({*four["open"], *six["open"]})}


def output_of(program: str, *arguments: str) -> str:
    """What a program of the system prints. Ends this one when it is not there or fails."""
    path = shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if path is None:
        sys.exit(f"the program {program} is not installed, so the kernel's ruleset cannot be read")
    done = subprocess.run([path, *arguments], capture_output=True, check=False)  # noqa: S603 -- fixed commands
    if done.returncode != 0:
        sys.exit(done.stderr.decode(errors="replace"))
    return done.stdout.decode()


def main() -> None:
    """Read the kernel's ruleset and print what it lets in."""
    listing = json.loads(output_of("nft", "-j", "list", "ruleset"))
    programs = {"ip": "iptables-save", "ip6": "ip6tables-save"}
    saved = {
        family: output_of(program, "-t", "filter") for family, program in programs.items() if has_extensions(listing, family)
    }
    try:
        with open("/proc/net/if_inet6") as addresses:  # noqa: PTH123
            has_ipv6 = bool(addresses.read().strip())
    except FileNotFoundError:
        has_ipv6 = False
    print(json.dumps(of_host(with_iptables(listing, saved), has_ipv6)))


if __name__ == "__main__":
    main()
