"""Toolspecs read from directories: the catalog that ships with FazAI, and a project's own.

A directory holds `<name>/toolspec.yml` and its templates, `<name>/templates/*.j2`. `Shelf.load()` looks at names only; a
toolspec is read and judged when it is asked for. Every mistake is a finding with its file and line. Start reading in
`shelf.py`.
"""

from fazai.shelf.shelf import Shelf, builtin_directory

__all__ = ["Shelf", "builtin_directory"]
