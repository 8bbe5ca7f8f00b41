"""The real store: entry files, with Chroma as their index."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from fazai.diagnostic import FazaiError, Finding, Severity, Where
from fazai.kb import chroma_index
from fazai.kb.embedding import Sparse, cosine, of_entry, sparse
from fazai.kb.entry_files import EntryFiles
from fazai.kb.judge import judge
from fazai.kb.store import Hit, newest_first, ranked, whole_id
from fazai.outcome import Entry, EntryStatus

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

T = TypeVar("T")
# Up to here a look at every entry is quicker than the import of chromadb, and exact; the scores are the same.
EXACT_UP_TO: Final = 500
_PATIENCE: Final = 30.0  # seconds to wait for another process


class ChromaStore:
    """`<directory>/entries/` and `<directory>/index/`. Several processes may use one directory at once.

    `exact_up_to`: a search among no more entries than this does not open the index.
    """

    def __init__(self, directory: Path, *, exact_up_to: int = EXACT_UP_TO) -> None:
        self._directory = directory
        self._index = directory / "index"
        self._files = EntryFiles(directory / "entries")
        self._exact_up_to = exact_up_to
        self._notes: list[Finding] = []

    def add(self, entry: Entry) -> None:
        """See `Store`. The entry is safe once its file is; an index that cannot be written is made again later."""
        refused = judge(entry)
        if refused:
            raise FazaiError(*refused)
        with self._locked():
            self._files.write(entry)
            self._with_index(_nothing_more)

    def get(self, entry_id: str) -> Entry:
        """See `Store`; no index is opened."""
        found = whole_id(entry_id, self._files.stamps())
        entry = self._files.read(found)
        if entry is None:
            raise FazaiError(*self._files.damaged.values())
        return entry

    def all(self, status: EntryStatus | None = None) -> list[Entry]:
        """See `Store`; no index is opened."""
        return newest_first(self._files.read_all(), status)

    def search(self, text: str, concepts: Sequence[str] = (), limit: int = 5) -> list[Hit]:
        """See `Store`. Among few entries each one is looked at; among many the index is asked."""
        vector = sparse(text, concepts)
        count = len(self._files.stamps())
        if count > self._exact_up_to:
            with self._locked():
                found = self._with_index(lambda collection: self._from_index(collection, vector, limit))
            if found is not None:
                return ranked(found, limit)
        return ranked(
            (Hit(entry=entry, score=min(cosine(vector, of_entry(entry)), 1.0)) for entry in self._files.read_all()), limit
        )

    def remove(self, entry_id: str) -> None:
        """See `Store`."""
        with self._locked():
            there = self._files.stamps()
            if entry_id not in there:
                whole_id(f"{entry_id} ", there)  # raises, with the nearest id
            self._files.remove(entry_id)
            self._with_index(_nothing_more)

    def rebuild(self) -> None:
        """Throw the index away and make it again from the files."""
        with self._locked():
            shutil.rmtree(self._index, ignore_errors=True)
            self._with_index(_nothing_more)

    def findings(self) -> tuple[Finding, ...]:
        """See `Store`."""
        return (*self._notes, *self._files.damaged.values())

    def _from_index(self, collection: Collection, vector: Sparse, limit: int) -> list[Hit]:
        found: list[Hit] = []
        for status in (EntryStatus.VERIFIED, EntryStatus.FAILED):
            for entry_id, score in chroma_index.nearest(collection, vector, status, limit - len(found)):
                entry = self._files.read(entry_id)
                if entry is not None:
                    found.append(Hit(entry=entry, score=min(score, 1.0)))
        return found

    def _with_index(self, work: Callable[[Collection], T]) -> T | None:
        """`work` on the index. One that is damaged is made again; when that fails too, None: the files still answer."""
        for attempt in ("first", "rebuilt"):
            try:
                with chroma_index.opened(self._index, self._files) as collection:
                    return work(collection)
            except (KeyboardInterrupt, SystemExit, GeneratorExit):
                raise
            # Chroma raises errors of many families on a damaged index, a panic of its Rust core (a BaseException) among them.
            except BaseException as error:  # noqa: BLE001
                chroma_index.forget_clients()
                shutil.rmtree(self._index, ignore_errors=True)
                self._note(error, again=attempt == "first")
        return None

    def _note(self, error: BaseException, *, again: bool) -> None:
        self._notes.append(
            Finding(
                severity=Severity.NOTE if again else Severity.WARNING,
                summary="The index was made again" if again else "The index cannot be used",
                detail=f"{type(error).__name__}: {' '.join(str(error).split())[:200]}.",
                where=Where(file=str(self._index)),
                remedy="Nothing is lost: it holds only what the entry files hold."
                + ("" if again else " Searches look at every entry until it can be made."),
            )
        )

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One writer at a time, over all processes; the system frees the lock of one that was killed."""
        for directory in (self._directory, self._files.directory):
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self._directory / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _wait_for(handle, self._directory)
            yield
        finally:
            os.close(handle)


def _nothing_more(_collection: Collection) -> None:
    """An index that is opened is brought in step: there is nothing more to do."""


def _wait_for(handle: int, directory: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise FazaiError(
                    Finding(
                        summary="The knowledge base is in use",
                        detail=f"Another process has held it for {_PATIENCE:.0f} seconds.",
                        where=Where(file=str(directory / "lock")),
                        remedy="Wait for it to end, and try again.",
                    )
                ) from None
            time.sleep(0.05)
        else:
            return
