"""Whoosh as a store of posting lists, and nothing more of it.

Its query classes are left alone: they miscount, drop hits that score 0 and refuse spans. A Whoosh
index holds pickles, and so is code: only an index that we have built ourselves may be opened.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import fields, formats
from whoosh.analysis import IDAnalyzer
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader, TermNotFound

from indexer.engines.base import Field, Terms

COMPRESSION = 1  # of zlib; 3, the default, takes a third longer for a tenth less
LOCKS = ("MAIN_WRITELOCK",)
_NUMBER = "number"

Keys = NDArray[np.int64]
"""Where a term stands, ascending: the passage in the upper 32 bits, the position in the lower."""

POSITION_BITS = 32


class PackedPositions(formats.Format):  # type: ignore[misc]  # Whoosh has no type information
    """Positions as 32-bit numbers in a row, where Whoosh's own format has a pickle each."""

    def encode(self, positions: list[int]) -> bytes:
        return struct.pack(f"<{len(positions)}I", *positions)


class TermField(fields.FieldType):  # type: ignore[misc]  # as above
    """Takes {term: its positions}, ascending. Whoosh need not keep lengths: we do."""

    analyzer = IDAnalyzer()
    indexed = True
    scorable = stored = unique = spelling = False
    column_type = vector = None
    multitoken_query = "default"

    def __init__(self) -> None:
        self.format = PackedPositions()

    def index(
        self, value: Mapping[str, list[int]], **_: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, positions in value.items():
            yield term.encode(), len(positions), 1.0, self.format.encode(positions)

    def to_bytes(self, value: bytes) -> bytes:
        return value

    def from_bytes(self, value: bytes) -> bytes:
        return value


def _schema() -> Any:
    return fields.Schema(number=fields.STORED(), **{str(field): TermField() for field in Field})


def _codec() -> Any:
    codec = W3Codec(compression=COMPRESSION)
    codec.length_stats = False  # else it would look up a length that is not there for each posting
    return codec


# --- writing ---------------------------------------------------------------------------------


class PostingsWriter:
    def __init__(self, folder: Path, *, anew: bool) -> None:
        storage = FileStorage(str(folder))
        index = FileIndex.create(storage, _schema()) if anew else FileIndex(storage)
        self._writer = index.writer(codec=_codec())

    def delete(self, document: int) -> None:
        self._writer.delete_document(document)

    def add(self, number: int, terms: Mapping[Field, Terms]) -> None:
        positions = {str(field): _positions(terms_of) for field, terms_of in terms.items()}
        self._writer.add_document(number=number, **positions)

    def commit(self) -> None:
        self._writer.commit(mergetype=merge_small)

    def cancel(self) -> None:
        self._writer.cancel()


def _positions(terms: Terms) -> dict[str, list[int]]:
    positions: dict[str, list[int]] = {}
    for position, at in enumerate(terms):
        for term in at:
            positions.setdefault(term, []).append(position)
    return positions


def merge_small(writer: Any, segments: list[Any]) -> list[Any]:
    """Merges segments no larger than what is written anyway, and those that are half deleted.

    So their number stays logarithmic, and a night's few protokoll do not rewrite the whole index.
    """
    size, kept = writer.doc_count(), []
    for segment in sorted(segments, key=_live):
        live = _live(segment)
        if live > max(size, segment.deleted_count()):
            kept.append(segment)
        elif live:
            size += live
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
    return kept


def _live(segment: Any) -> int:
    return int(segment.doc_count_all() - segment.deleted_count())


# --- reading ---------------------------------------------------------------------------------


class PostingsReader:
    """Reads one state of an index. For one thread at a time; Whoosh's readers bear no more."""

    def __init__(self, folder: Path) -> None:
        self._reader = FileIndex(FileStorage(str(folder), readonly=True)).reader()
        self._leaves = self._reader.leaf_readers() if self._reader.doc_count_all() else []
        self._deleted = [np.array(sorted(leaf.deleted_docs_set)) for leaf, _ in self._leaves]
        self.documents = int(self._reader.doc_count_all())

    def close(self) -> None:
        self._reader.close()

    def numbers(self) -> Iterator[tuple[int, int]]:
        """(document, number of its passage) for all that are not deleted."""
        for leaf, base in self._leaves:
            for document, stored in leaf.iter_docs():
                yield base + document, stored[_NUMBER]

    def keys(self, field: Field, term: str) -> Keys:
        """Where the term stands, with documents for passages."""
        documents: list[int] = []
        places: list[bytes] = []
        for leaf, base in self._leaves:
            try:
                matcher = leaf.postings(str(field), term.encode())
            except TermNotFound:
                continue
            while matcher.is_active():
                documents.append(base + matcher.id())
                places.append(matcher.value())
                matcher.next()
        times = np.array([len(place) // 4 for place in places], dtype=np.int64)
        positions = np.frombuffer(b"".join(places), dtype="<u4").astype(np.int64)
        return np.repeat(np.array(documents, dtype=np.int64), times) << POSITION_BITS | positions

    def words(self, field: Field, prefix: str) -> Iterator[tuple[str, int]]:
        """The terms that begin so and in how many passages they are, once for each segment."""
        start = prefix.encode()
        for (leaf, _), deleted in zip(self._leaves, self._deleted, strict=True):
            for (name, term), info in leaf.iter_from(str(field), start):
                if name != field or not term.startswith(start):
                    break
                yield term.decode(), _frequency(leaf, field, term, info, deleted)


def _frequency(leaf: Any, field: Field, term: bytes, info: Any, deleted: NDArray[Any]) -> int:
    """Whoosh counts the deleted, too; so do we count ourselves where one may be among them."""
    first, beyond = np.searchsorted(deleted, (info.min_id(), info.max_id() + 1))
    if first == beyond:
        return int(info.doc_frequency())
    return sum(1 for _ in leaf.postings(str(field), term).all_ids())
