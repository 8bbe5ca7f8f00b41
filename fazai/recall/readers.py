"""Readers of values by form: a port stands beside the word port, a network is written as one, a time looks like a time."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from fazai.recall.words import ADDRESS, PATH, URL, blanked, fold, without_content, without_names
from fazai.toolspec.inputs import Form


@dataclass(frozen=True)
class Found:
    """Values in the order of the text. `doubtful`: the text says something near them that may mean the opposite."""

    values: tuple[Any, ...] = ()
    doubtful: bool = False


# Before a value, within its clause: it may be one that is not wanted.
_DENIED = re.compile(
    r"\b(not|never|without|except|besides|other than|unless|close[sd]?|closing|block(s|ed|ing)?|den(y|ies|ied)|drop(s|ped)?"
    r"|nao|nunca|sem|exceto|alem|menos|salvo|fech(a|ar|e|ando|ad[ao]s?)|bloque(ia|iar|ie|io|ando|ad[ao]s?)|neg(a|ar|ue|ad[ao]))\b"
)
# "everything except 22" is a wish for 22.
_ALL_BUT = re.compile(
    r"\b(everything|all|any|anything|every|each|nothing|none|no|cada|qualquer|as|tudo|tod[ao]s|nada|nenhuma?)\b"
    r".*\b(except|but|besides|other than|exceto|menos|salvo|alem)\b"
)
_DENIED_AFTER = re.compile(
    r"\s*(is |are |must be |stays? |remains? |esta |fica |deve ficar )?(closed|blocked|denied|fechad[ao]s?|bloquead[ao]s?)\b"
)


def _plain(text: str) -> str:
    """Without what is quoted or braced, folded, each character at its place as far as folding keeps places."""
    return "".join(fold(c)[:1] or " " for c in without_content(text))


def _is_doubtful(text: str, start: int, end: int) -> bool:
    """Whether the words around a value, within its clause, may turn its meaning."""
    before = re.split(r"[.;:!?]\s|\n\s*\n|[()]", text[max(0, start - 120) : start])[-1]
    if _DENIED_AFTER.match(text, end):
        return True
    denials = list(_DENIED.finditer(before))
    if not denials:
        return False
    all_but = _ALL_BUT.search(before)
    return all_but is None or all_but.end() < denials[-1].start()


_NUMBER: Final = r"\d{1,5}(?:\s?/\s?(?:tcp|udp)\b)?(?![\d.]*\d)(?:\s*\([^)]*\))?"
_BETWEEN: Final = r"(?:\s*,\s*(?:and|e|or|ou)?\s*|\s*[/&+]\s*|\s+(?:and|e|or|ou|plus|mais)\s+)"
_BUT: Final = r"(?:except|but|exceto|menos|salvo)\b(?:\s+(?:for|a|as|the))?"
_PORT_WORD: Final = rf"\b(?P<word>ports?|portas?)\s*(?:tcp\b|numbers?\b|numeros?\b|are\b|sao\b|is\b|=|:|{_BUT}\s*)*\s*"
_PORTS = re.compile(rf"{_PORT_WORD}(?P<run>{_NUMBER}(?:{_BETWEEN}{_NUMBER})*)")
_PORT = re.compile(r"(?<![\w.])(\d{1,5})(?!\d)(?:\s?/\s?(tcp|udp)\b)?")
_PROTOCOL = re.compile(r"(?<![\w./])(\d{1,5})\s?/\s?(tcp|udp)\b")
_RANGE = re.compile(r"\s*(?:[-–]|\bto\b|\bthrough\b|\ba\b|\bate\b)\s*\d")  # noqa: RUF001 -- a dash people type


def ports(text: str) -> Found:
    """Numbers after the word port: one after "port", a list after "ports"; and `8080/tcp` anywhere. None that is UDP."""
    found, doubtful = _ports(text)
    return Found(tuple(number for number, _ in found), doubtful or any(protocol == "udp" for _, protocol in found))


def port_protocols(text: str) -> Found:
    """The same as text, with `/udp` where the text says so; TCP goes without saying."""
    found, doubtful = _ports(text)
    return Found(tuple(f"{number}/udp" if protocol == "udp" else str(number) for number, protocol in found), doubtful)


def _ports(text: str) -> tuple[list[tuple[int, str]], bool]:
    """Numbers with their protocol, in the order of the text, and whether they are doubtful."""
    plain = blanked(_plain(text), URL, ADDRESS)
    found: dict[int, tuple[int, str]] = {}
    # "UDP ports 53 and 123": which of the numbers of the text that goes for is not sure.
    doubtful = re.search(r"(?<!/)(?<!/ )\budp\b", plain) is not None
    for match in _PORTS.finditer(plain):
        bare = re.sub(r"\([^)]*\)", lambda note: " " * len(note.group()), match["run"])
        numbers = list(_PORT.finditer(bare))
        start = match.start("run")
        several = match["word"].endswith("s") or re.search(_BUT, plain[match.start() : start])
        taken = numbers if several else numbers[:1]
        end = start + taken[-1].end()
        found |= {start + one.start(): (int(one[1]), one[2] or "tcp") for one in taken}
        doubtful |= bool(_RANGE.match(plain, end)) or _is_doubtful(plain, start, end)
    for match in _PROTOCOL.finditer(plain):
        found[match.start()] = (int(match[1]), match[2])
        doubtful |= _is_doubtful(plain, match.start(), match.end())
    return [found[place] for place in sorted(found)], doubtful


def networks(text: str) -> Found:
    """CIDR, as in 192.168.15.0/24."""
    return _addresses(text, with_prefix=True)


def addresses(text: str) -> Found:
    """A single IP address."""
    return _addresses(text, with_prefix=False)


def _addresses(text: str, *, with_prefix: bool) -> Found:
    plain = blanked(_plain(text), URL)
    values: list[str] = []
    doubtful = False
    for match in ADDRESS.finditer(plain):
        word = match.group()
        if ("/" in word) is with_prefix and _is_address(word):
            values.append(word)
            doubtful |= _is_doubtful(plain, match.start(), match.end())
    return Found(tuple(values), doubtful)


def _is_address(word: str) -> bool:
    try:
        ipaddress.ip_interface(word)
    except ValueError:
        return False
    return True


def urls(text: str) -> Found:
    """http and https."""
    found = (match.group().rstrip(".,;:!?)") for match in URL.finditer(without_content(text)))
    return Found(tuple(url for url in found if url.lower().startswith(("http://", "https://"))))


_TIME = re.compile(r"(?<![\d:.h])([01]?\d|2[0-3])(?::|h)([0-5]\d)(?:\s?(am|pm)\b)?(?![\d:])")
_BARE_TIME = re.compile(r"\b(?:at|as)\s+([01]?\d|2[0-3])\s?(h\b(?!\d)|hs\b|horas\b|am\b|pm\b)")
_DURATION = re.compile(r"\b(every|each|cada|for|por|after|apos|depois de)\s+$")


def times(text: str) -> Found:
    """A time of day: 02:30, 2h30, "at 2 am", "às 3h". As 02:30."""
    plain = blanked(_plain(text), URL, PATH)
    values: list[tuple[int, str]] = []
    doubtful = False
    for match in _TIME.finditer(plain):
        values.append((match.start(), _clock(int(match[1]), int(match[2]), match[3])))
        doubtful |= bool(_DURATION.search(plain[: match.start()]))
    values += [(match.start(), _clock(int(match[1]), 0, match[2])) for match in _BARE_TIME.finditer(plain)]
    return Found(tuple(value for _, value in sorted(values)), doubtful)


def _clock(hour: int, minute: int, half: str | None) -> str:
    if half in {"am", "pm"} and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02d}:{minute:02d}"


_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_HOSTNAME = re.compile(rf"(?<![\w.@/-]){_LABEL}(?:\.{_LABEL})*\.[a-z]{{2,24}}(?![\w@/-]|\.\w)")
_FILE = re.compile(
    r".*\.(conf|cfg|ini|ya?ml|json|toml|xml|html?|css|js|ts|py|sh|rb|php|sql|gz|xz|bz2|zst|zip|tar|tgz|txt|md|log|pem|key|crt|csr"
    r"|service|timer|socket|mount|deb|rpm|iso|img|csv|bak|db|cpp)"
)


def hostnames(text: str) -> Found:
    """A dotted name that is no file: agents.example.org."""
    bare = without_names(without_content(text))
    found = [match for match in _HOSTNAME.finditer(bare) if not _FILE.fullmatch(match.group())]
    plain = _plain(text)
    return Found(tuple(m.group() for m in found), any(_is_doubtful(plain, m.start(), m.end()) for m in found))


_HOST_PORT = re.compile(
    rf"(?<![\w@/:.-])(?:\[{_LABEL}(?:\.{_LABEL})*\](?::[1-9]\d{{0,4}})?|{_LABEL}(?:\.{_LABEL})*\.[a-z]{{2,24}}:[1-9]\d{{0,4}})(?![\w@/-])"
)


def hosts_with_port(text: str) -> Found:
    """[smtp.example.net]:587, smtp.example.net:587; a name without brackets and port may be any name."""
    return Found(tuple(match.group() for match in _HOST_PORT.finditer(blanked(without_content(text), URL))))


_SIZE = re.compile(r"(?<![\w.])(\d+)\s?([kmgt]i?b)\b")


def sizes(text: str) -> Found:
    """256mb, 2 GB: as one word in small letters."""
    return Found(tuple(f"{m[1]}{m[2]}" for m in _SIZE.finditer(_plain(text))))


FORMS: Final[Mapping[Form, Callable[[str], Found]]] = {
    Form.PORT: ports,
    Form.PORT_PROTOCOL: port_protocols,
    Form.HOST_PORT: hosts_with_port,
    Form.NETWORK: networks,
    Form.ADDRESS: addresses,
    Form.URL: urls,
    Form.TIME: times,
    Form.HOSTNAME: hostnames,
    Form.SIZE: sizes,
}

_KEEP: Final = (
    r"(?:keep\w*|kept|retain\w*|retention|stored?|for|last|older than"
    r"|guard\w*|mant\w+|conserv\w+|retencao|reter|por|ultim[ao]s|mais de)"
)
_DAYS: Final = (
    rf"\b{_KEEP}\b[^\d.;]{{0,25}}?(?P<n>\d{{1,4}})\s?(?P<unit>days?|dias?|weeks?|semanas?)\b",
    r"\b(?P<n>\d{1,4})\s?(?P<unit>days?|dias?|weeks?|semanas?) (?:of |de )?(?:retention|retencao)\b",
)
_A_SECOND: Final = (
    r"\b(?P<n>\d{1,6})\s?(?:requests?|requisicoes|pedidos|reqs?)\s?(?:per|a|each|por|/)\s?(?:second|segundo|s)\b",
    r"\b(?P<n>\d{1,6})\s?r(?:ps|/s)\b",
)
_BURST: Final = (r"\b(?:bursts?|rajadas?)\s(?:of |de )?(?:up to |ate )?(?P<n>\d{1,6})\b",)
# Whole numbers have no form of their own: these inputs, by name, are read by these words.
COUNTS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("keep_days", "retention_days", "days"), _DAYS),
    **dict.fromkeys(("requests_per_second", "rate_per_second", "rate", "rate_limit"), _A_SECOND),
    "burst": _BURST,
}
_DAYS_IN: Final = {"d": 1, "w": 7, "s": 7}


def read_count(text: str, name: str) -> Found:
    """The number that stands with the words of this input; weeks count as seven days."""
    plain = _plain(text)
    found = (m for pattern in COUNTS[name] for m in re.finditer(pattern, plain))
    return Found(tuple(int(m["n"]) * _DAYS_IN.get((m.groupdict().get("unit") or "d")[0], 1) for m in found))


# Words before a path that say whose it is; other inputs are introduced by their own name.
_BEFORE_PATHS: Final[Mapping[str, str]] = {
    "directory": r"into|in|to|under|at|directory|folder|em|para|no|na|sob|diretorio|pasta",
    "root": r"root|from|in|under|raiz|em|de",
}


def read_path(text: str, name: str) -> Found:
    """An absolute path after one of the input's words."""
    clean = without_content(text)
    before = _BEFORE_PATHS.get(name, re.escape(name.replace("_", " ")))
    introduced = re.compile(rf"\b(?:{before})(?:\s+(?:the|o|a|directory|folder|diretorio|pasta))*\s*:?\s+$")
    return Found(tuple(_paths(clean, introduced)))


def _paths(clean: str, introduced: re.Pattern[str]) -> Iterator[str]:
    plain = _plain(clean)
    for match in PATH.finditer(blanked(clean, URL)):
        if match.group().startswith("/") and introduced.search(plain[: match.start()]):
            yield match.group().rstrip(".").rstrip("/") or "/"
