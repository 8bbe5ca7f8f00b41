"""Chroma as an index over the entries: ids, vectors and two words of metadata. It holds nothing that is not in the files.

Whoever opens it brings it in step with the files first, so an index that another process wrote to, that was lost, or that is
older than the files is never a wrong answer. A client that stays open would not see what another process writes: it is opened
for each use, under the store's lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fazai.kb.embedding import VERSION, Sparse, dense, of_entry
from fazai.kb.entry_files import EntryFiles
from fazai.outcome import EntryStatus

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

_NAME: Final = f"entries-v{VERSION}"
_BATCH: Final = 500


@contextmanager
def opened(directory: Path, files: EntryFiles) -> Iterator[Collection]:
    """The collection, in step with the files. Raises whatever Chroma raises when the index is damaged."""
    import chromadb  # noqa: PLC0415 -- more than a second: only where the index is used
    from chromadb.config import Settings  # noqa: PLC0415

    # No telemetry, and no settings from an .env file that happens to lie where the command was typed.
    client: Any = chromadb.PersistentClient(str(directory), settings=Settings(_env_file=None, anonymized_telemetry=False))
    try:
        collection: Collection = client.get_or_create_collection(
            _NAME,
            embedding_function=None,  # ours are given; Chroma's own would fetch a model
            configuration={"hnsw": {"space": "cosine", "ef_search": 200}},
        )
        _bring_in_step(collection, files)
        yield collection
    finally:
        client.close()


def forget_clients() -> None:
    """Drop what Chroma keeps of a client that failed to open: the next one with the same path would be given it again."""
    from chromadb.api.shared_system_client import SharedSystemClient  # noqa: PLC0415

    SharedSystemClient.clear_system_cache()


def _bring_in_step(collection: Collection, files: EntryFiles) -> None:
    there = files.stamps()
    indexed = _stamps(collection)
    gone = [entry_id for entry_id in indexed if entry_id not in there]
    changed = [entry_id for entry_id, stamp in there.items() if indexed.get(entry_id) != stamp]
    for start in range(0, len(gone), _BATCH):
        collection.delete(ids=gone[start : start + _BATCH])
    for start in range(0, len(changed), _BATCH):
        _put(collection, files, {entry_id: there[entry_id] for entry_id in changed[start : start + _BATCH]})


def _put(collection: Collection, files: EntryFiles, stamps: Mapping[str, str]) -> None:
    entries = [entry for entry_id in stamps if (entry := files.read(entry_id)) is not None]
    unreadable = set(stamps) - {entry.id for entry in entries}
    if unreadable:
        collection.delete(ids=sorted(unreadable))
    if entries:
        collection.upsert(
            ids=[entry.id for entry in entries],
            embeddings=_vectors(of_entry(entry) for entry in entries),
            metadatas=[{"status": entry.status.value, "stamp": stamps[entry.id]} for entry in entries],
        )


def _stamps(collection: Collection) -> dict[str, str]:
    got = collection.get(include=["metadatas"])
    return {entry_id: str(meta["stamp"]) for entry_id, meta in zip(got["ids"], got["metadatas"] or (), strict=True)}


def nearest(collection: Collection, vector: Sparse, status: EntryStatus, limit: int) -> list[tuple[str, float]]:
    """Ids of entries with this status, and how alike they are."""
    if not vector or limit < 1:
        return []
    got = collection.query(
        query_embeddings=_vectors([vector]),
        n_results=limit,
        where={"status": status.value},
        include=["distances"],
    )
    distances = got["distances"] or [[]]
    return [(entry_id, 1.0 - distance) for entry_id, distance in zip(got["ids"][0], distances[0], strict=True)]


def _vectors(vectors: Iterable[Sparse]) -> list[Sequence[float] | Sequence[int]]:
    return [dense(vector) for vector in vectors]
