"""What only the real store can suffer: damage, other processes, a full disk, a place to be slow."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fazai.diagnostic import FazaiError, Severity, UsageError
from fazai.kb import ChromaStore
from tests.kb.support import entry

pytestmark = pytest.mark.io

PAGE = "Serve the static page hello with nginx on port 8081"


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    """A knowledge base with three entries."""
    store = asking_chroma(tmp_path / "kb")
    for number in range(3):
        store.add(entry(f"{PAGE} {number}", number))
    return tmp_path / "kb"


def asking_chroma(directory: Path) -> ChromaStore:
    return ChromaStore(directory, exact_up_to=-1)


def summaries(store: ChromaStore) -> list[str]:
    return [finding.summary for finding in store.findings()]


def python(code: str, *arguments: str, cwd: Path | None = None, **environment: str) -> str:
    """What a process of its own prints."""
    path = os.pathsep.join(filter(None, [*sys.path]))
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": path, **environment},
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def damage_database(index: Path) -> None:
    (index / "chroma.sqlite3").write_bytes(b"garbage" * 1000)


def empty_database(index: Path) -> None:
    (index / "chroma.sqlite3").write_bytes(b"")


def tear_database(index: Path) -> None:
    whole = (index / "chroma.sqlite3").read_bytes()
    (index / "chroma.sqlite3").write_bytes(whole[: len(whole) // 2])


def lose_database(index: Path) -> None:
    (index / "chroma.sqlite3").unlink()


def put_a_file_in_its_place(index: Path) -> None:
    index.rename(index.with_name("old"))
    index.write_text("not a directory")


@pytest.mark.parametrize("damage", [damage_database, tear_database])
def test_a_damaged_index_is_made_again_with_a_note_and_nothing_is_lost(kb: Path, damage: Callable[[Path], None]) -> None:
    damage(kb / "index")
    store = asking_chroma(kb)
    assert len(store.search(PAGE)) == 3
    assert summaries(store) == ["The index was made again"]
    assert store.findings()[0].severity is Severity.NOTE
    again = asking_chroma(kb)
    assert len(again.search(PAGE)) == 3
    assert again.findings() == ()


@pytest.mark.parametrize("lose", [lose_database, empty_database])
def test_a_lost_index_is_made_again(kb: Path, lose: Callable[[Path], None]) -> None:
    lose(kb / "index")
    store = asking_chroma(kb)
    assert len(store.search(PAGE)) == 3
    assert len(store.all()) == 3


def test_an_index_that_cannot_be_made_does_not_stop_a_search(kb: Path) -> None:
    put_a_file_in_its_place(kb / "index")
    store = asking_chroma(kb)
    assert len(store.search(PAGE)) == 3
    assert summaries(store)[-1] == "The index cannot be used"
    store.add(entry(f"{PAGE} more", 9))
    assert len(store.search(PAGE)) == 4


def test_an_index_that_is_older_than_the_files_is_brought_in_step(kb: Path) -> None:
    quiet = ChromaStore(kb)
    removed, changed = quiet.all()[:2]
    (kb / "entries" / f"{removed.id}.json").unlink()
    (kb / "entries" / f"{changed.id}.json").write_text(
        changed.model_copy(update={"goal_text": "A Redis cache"}).model_dump_json(by_alias=True)
    )
    store = asking_chroma(kb)
    assert {hit.entry.goal_text for hit in store.search("Redis cache", ("nginx", "page"))} >= {"A Redis cache"}
    assert removed.id not in {hit.entry.id for hit in store.search(PAGE)}
    assert store.findings() == ()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": 1}', "\x00" * 10])
@pytest.mark.parametrize("exact_up_to", [-1, 100], ids=["chroma", "files"])
def test_a_damaged_entry_is_a_finding_and_the_others_still_work(kb: Path, text: str, exact_up_to: int) -> None:
    lost = ChromaStore(kb).all()[0]
    (kb / "entries" / f"{lost.id}.json").write_text(text)
    store = ChromaStore(kb, exact_up_to=exact_up_to)
    assert len(store.all()) == 2
    assert len(store.search(PAGE)) == 2
    (finding,) = store.findings()
    assert finding.summary == "An entry cannot be read"
    assert finding.where is not None
    assert finding.where.file == str(kb / "entries" / f"{lost.id}.json")
    with pytest.raises(FazaiError, match="An entry cannot be read"):
        store.get(lost.id)


def test_an_entry_under_another_name_is_not_trusted(kb: Path) -> None:
    first, second = ChromaStore(kb).all()[:2]
    (kb / "entries" / f"{first.id}.json").rename(kb / "entries" / f"{second.id}.json")
    store = ChromaStore(kb)
    assert len(store.all()) == 1
    assert summaries(store) == ["An entry cannot be read"]


def test_what_a_killed_writer_left_is_not_trusted_and_is_cleared(kb: Path) -> None:
    half = kb / "entries" / ".abcdef.99999.half"
    half.write_text("{")
    store = asking_chroma(kb)
    assert len(store.all()) == 3
    store.add(entry(PAGE, 9))
    assert not half.exists()
    assert len(store.all()) == 4


def test_on_a_full_disk_nothing_half_written_is_kept(kb: Path) -> None:
    added = entry(PAGE, 9)
    # A limit on the size of files fails where a full disk does: in the middle of a write.
    code = """
import resource, signal, sys
from pathlib import Path
from fazai.diagnostic import FazaiError
from fazai.kb import ChromaStore
from fazai.outcome import Entry
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
try:
    ChromaStore(Path(sys.argv[1])).add(Entry.model_validate_json(sys.argv[2]))
except FazaiError as error:
    print(error.findings[0].summary)
"""
    assert python(code, str(kb), added.model_dump_json(by_alias=True)) == "An entry cannot be written"
    assert sorted(path.suffix for path in (kb / "entries").iterdir()) == [".json"] * 3
    with pytest.raises(UsageError):
        ChromaStore(kb).get(added.id)


def test_two_processes_write_at_once_and_nothing_is_lost(kb: Path) -> None:
    code = """
import sys
from pathlib import Path
from fazai.kb import ChromaStore
from tests.kb.support import entry
for number in range(int(sys.argv[2]), int(sys.argv[2]) + 5):
    ChromaStore(Path(sys.argv[1])).add(entry(f"Serve page {number} with nginx", number))
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    writers = [
        subprocess.Popen([sys.executable, "-c", code, str(kb), str(start)], env=environment, stderr=subprocess.PIPE)
        for start in (100, 200)
    ]
    for writer in writers:
        _, trouble = writer.communicate(timeout=120)
        assert writer.returncode == 0, trouble.decode()
    store = asking_chroma(kb)
    assert len(store.all()) == 13
    assert len(store.search("Serve page with nginx", limit=50)) == 13
    assert store.findings() == ()


def test_an_open_store_sees_what_another_process_wrote(kb: Path) -> None:
    store = asking_chroma(kb)
    assert len(store.search(PAGE)) == 3
    code = """
import sys
from pathlib import Path
from fazai.kb import ChromaStore
from tests.kb.support import entry
ChromaStore(Path(sys.argv[1])).add(entry("Serve the static page from elsewhere", 50))
"""
    python(code, str(kb))
    assert len(store.search(PAGE)) == 4


def test_reading_does_not_import_chromadb_nor_does_a_search_among_few(kb: Path) -> None:
    code = """
import json, sys
from pathlib import Path
from fazai.kb import ChromaStore
store = ChromaStore(Path(sys.argv[1]))
first = store.all()[0]
store.get(first.id)
found = store.search(first.goal_text)
print(json.dumps([len(found), "chromadb" in sys.modules, "numpy" in sys.modules]))
"""
    assert json.loads(python(code, str(kb))) == [3, False, False]


def test_nothing_is_downloaded_and_nobody_is_told(kb: Path, tmp_path: Path) -> None:
    """Without a home and without a network: any use of a socket beyond this machine is an error."""
    code = """
import socket, sys
from pathlib import Path
def refuse(*_arguments, **_names):
    raise AssertionError("the network is used")
socket.socket.connect = refuse
socket.getaddrinfo = refuse
from fazai.kb import ChromaStore
store = ChromaStore(Path(sys.argv[1]), exact_up_to=-1)
print(len(store.search("static page with nginx")), store.findings())
"""
    home = tmp_path / "home"
    home.mkdir()
    (home / ".env").write_text("ANONYMIZED_TELEMETRY=true\nIS_PERSISTENT=perhaps\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert python(code, str(kb), cwd=elsewhere, HOME=str(home)) == "3 ()"
    assert sorted(path.name for path in home.rglob("*")) == [".env"]
    assert list(elsewhere.iterdir()) == []


def test_everything_it_writes_is_private(kb: Path) -> None:
    assert (kb.stat().st_mode & 0o777, (kb / "entries").stat().st_mode & 0o777) == (0o700, 0o700)
    assert {path.stat().st_mode & 0o777 for path in (kb / "entries").iterdir()} == {0o600}


def test_the_index_holds_no_text_of_an_entry(kb: Path) -> None:
    asking_chroma(kb).add(entry("Serve the page zorblax-canary", 9))
    everything = b"".join(path.read_bytes() for path in (kb / "index").rglob("*") if path.is_file())
    assert b"zorblax" not in everything
    assert b"PAGE_PASSWORD" not in everything


def test_a_search_among_few_is_quick(kb: Path) -> None:
    store = ChromaStore(kb)
    for number in range(10, 60):
        (kb / "entries" / f"e{number}.json").write_text(
            entry(f"{PAGE} {number}", number, id=f"e{number}").model_dump_json(by_alias=True)
        )
    start = time.process_time()
    assert len(store.search(PAGE, limit=100)) == 53
    assert time.process_time() - start < 2


def test_a_store_that_is_not_there_yet_is_empty_and_is_not_made_by_looking(tmp_path: Path) -> None:
    store = asking_chroma(tmp_path / "none")
    assert store.all() == []
    with pytest.raises(UsageError, match="There is none yet"):
        store.get("abcdef")
    assert not (tmp_path / "none").exists()


def test_an_index_can_be_made_again_on_request(kb: Path) -> None:
    store = asking_chroma(kb)
    store.rebuild()
    assert len(store.search(PAGE)) == 3
    assert store.findings() == ()
