"""The table of forms and their lemmas: made once on this machine, then mapped into memory.

It is derived from the dictionaries of simplemma and hunspell-sv, whose licences differ from ours;
so it lies in a cache folder of the user and is never shipped. A folder is named for all it
depends on: other versions, another folder.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

import marisa_trie
import msgspec

from indexer.analysis.dictionaries import Sources, digest, installed, read_overrides
from indexer.analysis.hunspell import inflections, read_suffixes
from indexer.analysis.lemmas import Lexicons, Rules
from indexer.errors import IndexerError

ANALYSIS_VERSION = 1  # raise it when a word gives other terms, or the table has another format

TABLE = "lemmas.marisa"
MANIFEST = "manifest.json"
UNFINISHED = "unfinished-lexicon-"
CHUNK = 1 << 20  # bytes read at a time
FINISHED = 100  # progress is told in hundredths

Update = Callable[[str, int, int], None]


class LexiconError(IndexerError):
    """The lexicon cannot be made or read."""


class LexiconMissing(LexiconError):
    exit_code = 2


class LexiconDamaged(LexiconError):
    pass


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a whole table looks like."""

    size: int
    crc32: int


class Lexicon:
    """Lemma sets by form, read from the mapped file: a few pages of memory, shared by processes."""

    def __init__(self, table: Path) -> None:
        self._trie = marisa_trie.BytesTrie().mmap(str(table))

    @classmethod
    def open(cls, cache: Path, sources: Sources) -> Lexicon:
        """Raises LexiconMissing or LexiconDamaged."""
        folder = folder_in(cache, sources)
        if not folder.is_dir():
            raise LexiconMissing(
                f"{folder}: no lexicon for these versions yet; run `protokoll reindex`"
            )
        check(folder)
        return cls(folder / TABLE)

    def lemmas(self, form: str) -> tuple[str, ...]:
        """Sorted; empty for a form that is in no dictionary."""
        found = self._trie.get(form)
        if not found:
            return ()
        return tuple(_edited(form, script) for script in found[0].decode().split(" "))

    def __contains__(self, form: str) -> bool:
        return bool(self._trie.get(form))


def version(sources: Sources) -> str:
    """Names everything that the terms of a word depend on."""
    return (
        f"analysis {ANALYSIS_VERSION} PyStemmer {metadata.version('PyStemmer')} {sources.version}"
    )


def folder_in(cache: Path, sources: Sources) -> Path:
    """Where the lexicon of these versions lies, or will lie."""
    key = f"{version(sources)} marisa-trie {metadata.version('marisa-trie')}"
    return cache / f"lexicon-{digest(key.encode())}"


def check(folder: Path) -> None:
    """Raises LexiconDamaged unless the table is the one that was finished here.

    A cut-off file would not be refused by marisa-trie: it would answer wrongly or crash.
    """
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
        whole = _manifest(folder / TABLE) == manifest
    except (OSError, msgspec.DecodeError) as error:
        raise LexiconDamaged(_damaged(folder)) from error
    if not whole:
        raise LexiconDamaged(_damaged(folder))


def _damaged(folder: Path) -> str:
    return f"{folder}: the lexicon is damaged; run `protokoll reindex`, which makes it anew"


def _manifest(table: Path) -> Manifest:
    """Read, not mapped, so that the pages do not count as this process's memory."""
    size = crc = 0
    with table.open("rb") as file:
        while chunk := file.read(CHUNK):
            size, crc = size + len(chunk), zlib.crc32(chunk, crc)
    return Manifest(size, crc)


def _silent(_what: str, _done: int, _total: int) -> None:
    pass


def ensure(cache: Path, progress: Update = _silent, sources: Sources | None = None) -> Path:
    """The folder of the lexicon, which is made first where it is missing or damaged.

    Without ``sources`` it is made of what is installed.

    Safe against a second process (it waits, then finds the lexicon) and against being killed (the
    folder gets its name last). Takes about 25 s and 650 MB of memory.
    """
    sources = sources or installed()
    folder = folder_in(cache, sources)
    if not _is_good(folder):
        try:
            cache.mkdir(parents=True, exist_ok=True)
            with _alone(cache):
                if not _is_good(folder):
                    _make(cache, folder, sources, progress)
        except OSError as error:
            raise LexiconError(f"{cache}: the lexicon cannot be made: {error.strerror}") from error
    return folder


def _is_good(folder: Path) -> bool:
    try:
        check(folder)
    except LexiconDamaged:
        return False
    return True


@contextmanager
def _alone(cache: Path) -> Iterator[None]:
    """Waits for whoever is making a lexicon here; the kernel frees the lock of the dead."""
    descriptor = os.open(cache / "lexicon.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _make(cache: Path, folder: Path, sources: Sources, progress: Update) -> None:
    _clear_up(cache)
    unfinished = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=cache))
    unfinished.chmod(0o755)  # mkdtemp's 0700 would keep the web process out
    try:
        _write_table(unfinished / TABLE, sources, progress)
        progress("Lexicon", 95, FINISHED)
        (unfinished / MANIFEST).write_bytes(msgspec.json.encode(_manifest(unfinished / TABLE)))
        for path in (unfinished / TABLE, unfinished / MANIFEST, unfinished):
            _sync(path)
        if folder.exists():  # damaged; whoever has it mapped keeps it
            folder.rename(cache / f"{UNFINISHED}{folder.name}")
        unfinished.rename(folder)
        _sync(cache)
    finally:
        _clear_up(cache)
    progress("Lexicon", FINISHED, FINISHED)


def _clear_up(cache: Path) -> None:
    """Removes what killed runs left. We hold the lock, so no one is at work there."""
    for left_over in cache.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left_over)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_table(path: Path, sources: Sources, progress: Update) -> None:
    overrides = read_overrides(sources.overrides)
    lexicons = Lexicons()
    progress("Lexicon", 0, FINISHED)
    lexicons.add_dictionary(sources.lemma_pairs())
    dic = sources.dic.read_text("utf-8").splitlines()
    suffixes = read_suffixes(sources.aff.read_text("utf-8"))
    lexicons.add_paradigms(inflections(_told(dic, progress, 20, 60), suffixes))
    rules = Rules(lexicons, overrides)
    forms = tuple(dict.fromkeys((*lexicons.forms(), *overrides)))
    entries = ((f, _scripts(f, rules.lemmas(f))) for f in _told(forms, progress, 60, 85))
    path.write_bytes(marisa_trie.BytesTrie(entries).tobytes())


def _told(items: Sequence[str], progress: Update, low: int, high: int) -> Iterator[str]:
    """The items, telling progress from ``low`` to ``high`` hundredths on the way."""
    told = low
    for number, item in enumerate(items):
        reached = low + number * (high - low) // len(items)
        if reached > told:
            told = reached
            progress("Lexicon", told, FINISHED)
        yield item


def _scripts(form: str, lemmas: tuple[str, ...]) -> bytes:
    """Lemmas as edits of the form, which repeat and so pack well: nämnden -> nämnd is "2".

    An edit is one character that counts those to cut off the end ("0" for none, and on in Unicode's
    order), then what to put there; edits are parted by blanks.
    """
    return " ".join([_edit(form, lemma) for lemma in lemmas]).encode()


def _edit(form: str, lemma: str) -> str:
    kept = len(lemma)
    while not form.startswith(lemma[:kept]):
        kept -= 1
    return chr(ord("0") + len(form) - kept) + lemma[kept:]


def _edited(form: str, script: str) -> str:
    return form[: len(form) - (ord(script[0]) - ord("0"))] + script[1:]
