"""The contract of `Store`, for each that keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fazai.diagnostic import FazaiError, UsageError
from fazai.kb import ChromaStore, MemoryStore, Store
from fazai.outcome import EntryStatus, Level
from tests.kb.support import entry, use

PAGE = "Serve the static page hello with nginx on port 8081"
REDIS = "A Redis cache that asks for a password"


class StoreContract:
    """What every store does. `store` is empty."""

    def test_an_entry_comes_back_as_it_was_added(self, store: Store) -> None:
        added = entry("Página “olá” ✓", versions={"ansible-core": "2.19.0"}, given=("port",))
        store.add(added)
        assert store.get(added.id) == added
        assert store.all() == [added]

    def test_an_entry_with_the_same_id_takes_the_place_of_the_old_one(self, store: Store) -> None:
        store.add(entry(PAGE))
        store.add(entry(REDIS))
        assert [one.goal_text for one in store.all()] == [REDIS]
        assert [hit.entry.goal_text for hit in store.search(REDIS)] == [REDIS]

    def test_all_are_listed_newest_first_and_by_status(self, store: Store) -> None:
        for number in (2, 0, 1):
            store.add(entry(f"goal {number}", number, verified=number != 1))
        assert [one.goal_text for one in store.all()] == ["goal 2", "goal 1", "goal 0"]
        assert [one.goal_text for one in store.all(EntryStatus.FAILED)] == ["goal 1"]
        assert len(store.all(EntryStatus.VERIFIED)) == 2

    def test_the_likest_entry_is_found_first(self, store: Store) -> None:
        store.add(entry(REDIS, 0, title="Redis", concepts=("redis", "password")))
        store.add(entry(PAGE, 1))
        hits = store.search("Publish a static page bye with nginx at port 9090", ("nginx", "page"))
        assert hits[0].entry.goal_text == PAGE
        assert 0.5 < hits[0].score <= 1.0

    def test_a_verified_entry_is_found_before_a_likelier_failed_one(self, store: Store) -> None:
        store.add(entry(PAGE, 0, verified=False))
        store.add(entry("Static page with nginx", 1, verified=True))
        found = store.search(PAGE, ("nginx", "page"))
        assert [hit.entry.status for hit in found] == [EntryStatus.VERIFIED, EntryStatus.FAILED]
        assert found[0].score < found[1].score

    def test_what_has_nothing_in_common_is_not_found(self, store: Store) -> None:
        store.add(entry(PAGE))
        assert store.search("wireguard") == []
        assert store.search("") == []

    def test_no_more_than_the_limit_are_found(self, store: Store) -> None:
        for number in range(4):
            store.add(entry(PAGE, number, verified=number < 3))
        assert len(store.search(PAGE, limit=2)) == 2
        assert len(store.search(PAGE, limit=4)) == 4
        assert store.search(PAGE, limit=0) == []

    def test_an_id_may_be_shortened_where_one_alone_begins_so(self, store: Store) -> None:
        store.add(entry(PAGE, id="abcdef01"))
        store.add(entry(PAGE, 1, id="abcd9999"))
        assert store.get("abcde").id == "abcdef01"
        with pytest.raises(UsageError, match="Several entries begin so"):
            store.get("abcd")

    @pytest.mark.parametrize("asked", ["abcdef02", "abc", "", "../secrets", "/etc/passwd"])
    def test_an_unknown_id_is_an_error(self, store: Store, asked: str) -> None:
        store.add(entry(PAGE, id="abcdef01"))
        with pytest.raises(UsageError, match="No such entry"):
            store.get(asked)

    def test_an_unknown_id_is_answered_with_the_nearest(self, store: Store) -> None:
        store.add(entry(PAGE, id="abcdef01"))
        with pytest.raises(UsageError, match='Did you mean "abcdef01"'):
            store.get("abcdef02")

    def test_a_removed_entry_is_gone(self, store: Store) -> None:
        store.add(entry(PAGE, id="abcdef01"))
        store.add(entry(REDIS, 1))
        store.remove("abcdef01")
        assert [one.goal_text for one in store.all()] == [REDIS]
        assert PAGE not in [hit.entry.goal_text for hit in store.search(PAGE)]

    @pytest.mark.parametrize("asked", ["abcde", "abcdef02", "../abcdef01"])
    def test_only_a_whole_id_is_removed(self, store: Store, asked: str) -> None:
        store.add(entry(PAGE, id="abcdef01"))
        with pytest.raises(UsageError):
            store.remove(asked)
        assert len(store.all()) == 1

    def test_an_entry_with_a_secret_is_refused_and_nothing_is_kept(self, store: Store) -> None:
        with pytest.raises(FazaiError, match="A secret stands in the entry") as refused:
            store.add(entry(PAGE, uses=(use(password="hunter2-canary"),)))
        assert "hunter2" not in str(refused.value)
        assert store.all() == []

    def test_an_entry_is_not_verified_without_proof(self, store: Store) -> None:
        with pytest.raises(FazaiError, match="verified without proof"):
            store.add(entry(PAGE, level=Level.IDEMPOTENT))
        assert store.all() == []

    def test_an_empty_store_finds_nothing(self, store: Store) -> None:
        assert store.search(PAGE) == []
        assert store.all() == []
        assert store.findings() == ()


class TestMemory(StoreContract):
    @pytest.fixture
    def store(self) -> Store:
        return MemoryStore()


@pytest.mark.io
class TestFiles(StoreContract):
    """Few entries: each is looked at."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Store:
        return ChromaStore(tmp_path / "kb")


@pytest.mark.io
class TestChroma(StoreContract):
    """Many entries: Chroma is asked."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        chroma = ChromaStore(tmp_path / "kb", exact_up_to=-1)
        yield chroma
        assert chroma.findings() == (), "Chroma itself must have answered"


@pytest.mark.io
@pytest.mark.parametrize("exact_up_to", [-1, 1000])
def test_chroma_and_the_stand_in_give_the_same_scores(tmp_path: Path, exact_up_to: int) -> None:
    texts = [
        f"{verb} {thing} on port {port}"
        for verb in ("Serve", "Instala")
        for thing in ("nginx", "um banco")
        for port in (80, 8081)
    ]
    entries = [entry(text, number, verified=number % 3 > 0) for number, text in enumerate(texts)]
    chroma, memory = ChromaStore(tmp_path, exact_up_to=exact_up_to), MemoryStore(*entries)
    for one in entries:
        chroma.add(one)
    for text in (*texts, PAGE):
        ours = [(hit.entry.id, round(hit.score, 4)) for hit in chroma.search(text, ("nginx",), limit=8)]
        theirs = [(hit.entry.id, round(hit.score, 4)) for hit in memory.search(text, ("nginx",), limit=8)]
        assert sorted(ours) == sorted(theirs)
        assert [score for _, score in ours] == [score for _, score in theirs]
