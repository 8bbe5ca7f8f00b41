"""The image of a host: built at most once a week, kept as a compressed file outside the clone."""

import datetime
import fcntl
import hashlib
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.hosts.errors import Unavailable
from tests.hosts.machine import last_line
from tests.hosts.podman import Podman
from tests.hosts.settings import cache

SCRIPT = Path(__file__).with_name("build-image.sh")
SOURCES = Path(__file__).with_name("apt-sources.sh")
SUITE = "bookworm"
REPOSITORY = "localhost/fazai-target"
FORGOTTEN_AFTER = 21 * 24 * 3600  # seconds without use


def ensure(podman: Podman) -> str:
    """Make sure the image is here; return its name. Also moves `localhost/fazai-target:bookworm` to it."""
    name = f"{REPOSITORY}:{key()}"
    with _alone():
        if podman("image", "exists", name, check=False).returncode != 0:
            _import(podman, _archive(), name)
        podman("tag", name, f"{REPOSITORY}:{SUITE}")
    return name


def key() -> str:
    """Names an image by everything it is made from; the week is there for security updates."""
    parts = [SUITE.encode(), datetime.datetime.now(datetime.UTC).strftime("%G-W%V").encode()]
    parts += [file.read_bytes() for file in (SCRIPT, *_sources())]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]


def _sources() -> list[Path]:
    found = subprocess.run([str(SOURCES), SUITE], check=True, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return [Path(line) for line in found.stdout.splitlines()]


def _archive() -> Path:
    """The compressed root file system, built when it is not in the cache."""
    archive = cache() / f"target-{key()}.tar.zst"
    if archive.exists():
        archive.touch()
        return archive
    tar = archive.with_suffix("")
    fresh = archive.with_suffix(".new")
    try:
        _run([str(SCRIPT), SUITE, str(tar)], doing="building the image")
        _run(["zstd", "-q", "-f", "-3", str(tar), "-o", str(fresh)], doing="compressing the image")
        fresh.replace(archive)
    finally:
        tar.unlink(missing_ok=True)
        fresh.unlink(missing_ok=True)
    _forget_old()
    return archive


def _import(podman: Podman, archive: Path, name: str) -> None:
    changes = ['CMD ["/lib/systemd/systemd"]', "STOPSIGNAL SIGRTMIN+3", "ENV LANG=C.UTF-8"]
    tar = archive.with_suffix("")
    try:
        _run(["zstd", "-q", "-d", "-f", str(archive), "-o", str(tar)], doing="unpacking the image")
        podman("import", "-q", *(f"--change={change}" for change in changes), str(tar), name, timeout=600)
    finally:
        tar.unlink(missing_ok=True)


def _forget_old() -> None:
    limit = time.time() - FORGOTTEN_AFTER
    for file in cache().glob("target-*.tar.zst"):
        if file.stat().st_mtime < limit:
            file.unlink(missing_ok=True)


def _run(command: list[str], *, doing: str) -> None:
    done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace")
    if done.returncode != 0:
        raise Unavailable(f"{doing} failed: {last_line(done.stderr or done.stdout)}")


@contextmanager
def _alone() -> Iterator[None]:
    """Two test runs that start together build one image, not two."""
    with (cache() / "image.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
