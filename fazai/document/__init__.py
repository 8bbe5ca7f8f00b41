"""YAML text into checked values, with the place of every mistake.

`parse()` reads text into plain data and remembers where each field stands; `build()` makes a pydantic value of it, or
raises `InvalidFile` with a finding for every mistake at once. No file is opened here.
"""

from fazai.document._build import build, findings_of
from fazai.document._keyed import Keyed, Kind, Registry
from fazai.document._parse import Document, parse

__all__ = ["Document", "Keyed", "Kind", "Registry", "build", "findings_of", "parse"]
