"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import secrets
import shlex
import stat
from pathlib import Path

from fazai.diagnostic import Finding, UsageError, Where


def write_atomically(path: Path, content: str | bytes, mode: int = 0o644) -> None:
    """Write `path` so that a reader, or a machine that lost power, sees the old content or the new, never half.

    Raises `OSError` (a full disk, no permission) with the old content still in place.
    """
    data = content.encode() if isinstance(content, str) else content
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_directory(path.parent)


def sync_directory(path: Path) -> None:
    """Make the names in a directory survive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def private_directory(path: Path) -> Path:
    """The directory, made with its parents where it is missing, readable by its owner alone.

    Raises `UsageError` for what somebody else may have put there: a link, another user's directory, one that others may write in.
    One that others may only read is closed.
    """
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    status = path.lstat()
    if not stat.S_ISDIR(status.st_mode):
        raise _not_ours(path, "it is a link", "Remove it, or put what it leads to in its place.")
    if status.st_uid != os.geteuid() and os.geteuid() != 0:
        raise _not_ours(path, "it belongs to another user", "Work as that user, or in a project of your own.")
    if status.st_mode & 0o022:
        remedy = f"If nobody else wrote in it: chmod -R go-rwx {shlex.quote(str(path))}; else remove it and plan again."
        raise _not_ours(path, "other users may write in it", remedy)
    if status.st_mode & 0o077:
        path.chmod(0o700)
    return path


def _not_ours(path: Path, why: str, remedy: str) -> UsageError:
    return UsageError(
        Finding(
            summary="A directory that FazAI trusts is not its own",
            detail=f"Plans and approvals lie in it, and {why}.",
            where=Where(file=str(path)),
            remedy=remedy,
        )
    )
