"""The knowledge base: what was proved, and what failed, behind a `Store`.

The truth is one JSON file for each entry, written whole or not at all. `ChromaStore` keeps an index of them in embedded
Chroma, which can be thrown away and made again at any time; `MemoryStore` is its stand-in. Both keep the contract of `Store`,
held by one suite of tests. chromadb is imported nowhere else, and only when the index is used: it costs more than a second.
Start in `store.py`.
"""

from fazai.kb.chroma_store import ChromaStore
from fazai.kb.embedding import likeness
from fazai.kb.judge import entry_id, judge, scrub_check
from fazai.kb.memory_store import MemoryStore
from fazai.kb.store import Hit, Store

__all__ = ["ChromaStore", "Hit", "MemoryStore", "Store", "entry_id", "judge", "likeness", "scrub_check"]
