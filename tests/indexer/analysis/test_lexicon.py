"""Making and opening a lexicon, of two dictionaries small enough to be made in no time."""

from __future__ import annotations

import multiprocessing
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.analysis.dictionaries import DictionaryError, Sources, read_overrides
from indexer.analysis.lexicon import (
    Lexicon,
    LexiconDamaged,
    LexiconError,
    LexiconMissing,
    ensure,
)

SPAWN = multiprocessing.get_context("spawn")
DIC = "3\nbil/D\nskola/E\nÅlsta/A\n"
AFF = """\
SFX A Y 1
SFX A 0 s .
SFX D Y 1
SFX D 0 en .
SFX E Y 1
SFX E 0 n .
"""


def few_pairs() -> tuple[tuple[str, str], ...]:
    return (("böcker", "bok"), ("bilen", "bil"), ("skall", "skola"))


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    folder = tmp_path / "dictionaries"
    folder.mkdir()
    dic, aff = folder / "sv_SE.dic", folder / "sv_SE.aff"
    dic.write_text(DIC, "utf-8")
    aff.write_text(AFF, "utf-8")
    return Sources(dic, aff, few_pairs, "skall = ska  # why\nsku = ska", "small 1")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def tables(cache: Path) -> list[str]:
    return sorted(path.name for path in cache.iterdir() if path.is_dir())


def is_good(cache: Path, sources: Sources) -> bool:
    return Lexicon.open(cache, sources).lemmas("böcker") == ("bok",)


def make(cache: Path, sources: Sources, steps: list[int]) -> Path:
    return ensure(cache, lambda _what, done, _total: steps.append(done), sources)


def test_a_lexicon_gives_the_lemmas_of_both_dictionaries_and_the_overrides(
    cache: Path, sources: Sources
) -> None:
    ensure(cache, sources=sources)
    lexicon = Lexicon.open(cache, sources)
    assert lexicon.lemmas("böcker") == ("bok",)
    assert lexicon.lemmas("skolan") == ("skola",)
    assert lexicon.lemmas("ålstas") == ("ålsta",)
    assert lexicon.lemmas("skall") == ("ska",)
    assert lexicon.lemmas("sku") == ("ska",)
    assert lexicon.lemmas("cykel") == ()
    assert "skola" in lexicon
    assert "skol" not in lexicon


def test_progress_rises_to_the_end(cache: Path, sources: Sources) -> None:
    steps: list[int] = []
    make(cache, sources, steps)
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == (0, 100)


def test_a_lexicon_that_is_there_is_not_made_again(cache: Path, sources: Sources) -> None:
    folder = ensure(cache, sources=sources)
    before = (folder / "lemmas.marisa").stat().st_ino
    steps: list[int] = []
    assert make(cache, sources, steps) == folder
    assert steps == []
    assert (folder / "lemmas.marisa").stat().st_ino == before


def test_a_lexicon_that_is_there_needs_no_right_to_write(cache: Path, sources: Sources) -> None:
    folder = ensure(cache, sources=sources)
    (cache / "lexicon.lock").unlink()
    ensure(cache, sources=sources)
    assert [path.name for path in cache.iterdir()] == [folder.name]


def test_other_versions_have_a_folder_of_their_own(cache: Path, sources: Sources) -> None:
    newer = replace(sources, version="small 2")
    with pytest.raises(LexiconMissing):
        Lexicon.open(cache, newer)
    assert ensure(cache, sources=newer) != ensure(cache, sources=sources)
    assert len(tables(cache)) == 2
    assert is_good(cache, sources)
    assert is_good(cache, newer)


@pytest.mark.parametrize("kept", [0, 1, 1000, None])
def test_a_cut_off_table_is_refused_and_made_anew(
    cache: Path, sources: Sources, kept: int | None
) -> None:
    folder = ensure(cache, sources=sources)
    table = folder / "lemmas.marisa"
    table.write_bytes(table.read_bytes()[: kept if kept is not None else -1])
    with pytest.raises(LexiconDamaged, match="damaged; run `protokoll reindex`"):
        Lexicon.open(cache, sources)
    ensure(cache, sources=sources)
    assert is_good(cache, sources)
    assert tables(cache) == [folder.name]


def test_a_table_with_a_wrong_byte_is_refused(cache: Path, sources: Sources) -> None:
    table = ensure(cache, sources=sources) / "lemmas.marisa"
    content = bytearray(table.read_bytes())
    content[len(content) // 2] ^= 1
    table.write_bytes(content)
    with pytest.raises(LexiconDamaged):
        Lexicon.open(cache, sources)


@pytest.mark.parametrize("manifest", [None, b"", b"{}", b'{"size": 1'])
def test_a_folder_without_a_whole_manifest_is_refused(
    cache: Path, sources: Sources, manifest: bytes | None
) -> None:
    path = ensure(cache, sources=sources) / "manifest.json"
    path.unlink()
    if manifest is not None:
        path.write_bytes(manifest)
    with pytest.raises(LexiconDamaged):
        Lexicon.open(cache, sources)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, sources: Sources) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LexiconError, match="file/cache: the lexicon cannot be made"):
        ensure(tmp_path / "file" / "cache", sources=sources)


def make_and_count(cache: Path, sources: Sources, made: Path) -> None:
    steps: list[int] = []
    make(cache, sources, steps)
    (made / str(os.getpid())).write_text(str(len(steps)))


def test_processes_at_once_make_one_lexicon(cache: Path, sources: Sources, tmp_path: Path) -> None:
    made = tmp_path / "made"
    made.mkdir()
    processes = [
        SPAWN.Process(target=make_and_count, args=(cache, sources, made)) for _ in range(3)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert len([path for path in made.iterdir() if path.read_text() != "0"]) == 1
    assert is_good(cache, sources)
    assert len(tables(cache)) == 1


def make_and_die(cache: Path, sources: Sources, at: int) -> None:
    def progress(_what: str, done: int, _total: int) -> None:
        if done >= at:
            os.kill(os.getpid(), signal.SIGKILL)

    ensure(cache, progress, sources)


@pytest.mark.parametrize("at", [0, 40, 70, 95])
def test_a_killed_run_leaves_nothing_that_is_taken_for_a_lexicon(
    cache: Path, sources: Sources, at: int
) -> None:
    process = SPAWN.Process(target=make_and_die, args=(cache, sources, at))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert len(tables(cache)) == 1  # what it had begun
    with pytest.raises(LexiconMissing):
        Lexicon.open(cache, sources)
    folder = ensure(cache, sources=sources)
    assert is_good(cache, sources)
    assert tables(cache) == [folder.name]


@pytest.mark.parametrize("line", ["ska", "= ska", "ska =", "ska = ska, "])
def test_an_override_that_says_nothing_is_named_by_its_line(line: str) -> None:
    with pytest.raises(DictionaryError, match=r"lemmas\.txt, line 2"):
        read_overrides(f"# comment\n{line}  # why\n")


def test_overrides_are_words_with_their_lemmas() -> None:
    assert read_overrides("# c\n\nVAR = vara, var # why\n") == {"var": ("var", "vara")}
