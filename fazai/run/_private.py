"""A directory for one run, in memory where the system offers that: results pass through it before secrets are cut off."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def _in_memory() -> str | None:
    """The user's own tmpfs, or the shared one; None leaves the choice to `tempfile`."""
    candidates = (os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm")  # noqa: S108 -- a fresh 0700 directory is made in it
    return next((path for path in candidates if path and os.access(path, os.W_OK | os.X_OK) and Path(path).is_dir()), None)


@contextmanager
def private_directory() -> Iterator[Path]:
    """A fresh directory with mode 0700, removed at the end, whatever is in it."""
    path = Path(tempfile.mkdtemp(prefix="fazai-run-", dir=_in_memory()))
    try:
        (path / "tmp").mkdir(mode=0o700)
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
