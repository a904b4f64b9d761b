"""What engines do to files: nothing to those of others, and nothing where they only read."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import tantivy

from indexer.engines.base import FACETS, Engine, EngineModule, Everything, Search
from tests.engines.cases import SEARCHES
from tests.engines.oracle import Oracle
from tests.engines.passages import first_edition, protokoll_passages
from tests.engines.states import (
    MODULES,
    Change,
    after,
    changed,
    link_files,
    made,
    night,
    passages_in,
)

ROOT = Path(__file__).parent.parent.parent
NOBODY = 65534
SMALL = first_edition(20)
SOME = [search for name, search in SEARCHES.items() if not name.startswith("odd")][::5]


@pytest.fixture(params=MODULES)
def module(request: pytest.FixtureRequest) -> EngineModule:
    return MODULES[request.param]


@pytest.fixture
def source(module: EngineModule, tmp_path: Path) -> Path:
    return made(module, tmp_path / "source", passages_in(SMALL))


def fingerprint(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Of each file content, time of change and inode."""
    stats = {file: file.stat() for file in folder.iterdir()}
    return {f.name: (f.read_bytes(), s.st_mtime_ns, s.st_ino) for f, s in stats.items()}


def answers(engine: Engine) -> list[object]:
    return [(engine.search(s), list(engine.numbers(s.query, s.filters))) for s in SOME]


def test_changing_hard_links_leaves_their_source_as_it_was(
    module: EngineModule, source: Path, tmp_path: Path
) -> None:
    before, opened = fingerprint(source), module.open_index(source)
    said = answers(opened)
    changes = night(SMALL, 0)
    target = changed(module, tmp_path / "target", source, changes)
    assert fingerprint(source) == before
    assert answers(opened) == said
    assert answers(module.open_index(source)) == said
    now = module.open_index(target)
    oracle = Oracle(passages_in(after(SMALL, changes)))
    assert list(now.numbers(Everything())) == list(oracle.numbers(Everything()))
    assert answers(now) != said


def halfway() -> Iterator[Change]:
    yield from night(SMALL, 0)
    raise RuntimeError("halfway")


def test_a_build_that_raises_leaves_the_source_of_its_links_as_it_was(
    module: EngineModule, source: Path, tmp_path: Path
) -> None:
    before = fingerprint(source)
    with pytest.raises(RuntimeError, match="halfway"):
        changed(module, tmp_path / "target", source, halfway())
    assert fingerprint(source) == before
    assert list(module.open_index(source).numbers(Everything()))


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.engines.passages import first_edition, protokoll_passages
from tests.engines.states import MODULES
with MODULES[sys.argv[1]].build(Path(sys.argv[2]), anew=False) as builder:
    for key in first_edition(20):
        builder.remove(key)
    for passage in protokoll_passages(999):
        builder.add(passage)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("name", MODULES)
def test_a_build_that_is_killed_leaves_the_source_of_its_links_as_it_was(
    name: str, tmp_path: Path
) -> None:
    source = made(MODULES[name], tmp_path / "source", passages_in(SMALL))
    before = fingerprint(source)
    link_files(source, tmp_path / "target")
    run = [sys.executable, "-c", KILLED, name, str(tmp_path / "target")]
    assert subprocess.run(run, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert fingerprint(source) == before
    again = changed(MODULES[name], tmp_path / "again", source, night(SMALL, 1))
    assert list(MODULES[name].open_index(again).numbers(Everything()))


def test_twelve_nights_leave_few_files_and_right_answers(
    module: EngineModule, source: Path, tmp_path: Path
) -> None:
    edition, latest = SMALL, source
    for number in range(12):
        changes = (
            Change(sorted(SMALL)[number], tuple(protokoll_passages(sorted(SMALL)[number], 7))),
            Change(500 + number, tuple(protokoll_passages(500 + number))),
        )
        edition = after(edition, changes)
        latest = changed(module, tmp_path / f"night-{number}", latest, changes)
    oracle, engine = Oracle(passages_in(edition)), module.open_index(latest)
    for search in SOME:
        asked = Search(search.query, search.filters, facets=FACETS, limit=0)
        assert engine.search(asked) == oracle.search(asked)
    assert sum(file.name.endswith((".seg", ".idx")) for file in latest.iterdir()) < 12


def test_everything_can_be_taken_out(module: EngineModule, source: Path, tmp_path: Path) -> None:
    gone = tuple(Change(key, ()) for key in SMALL)
    empty = changed(module, tmp_path / "empty", source, gone)
    engine = module.open_index(empty)
    assert_empty(engine)
    refilled = changed(
        module, tmp_path / "refilled", empty, (Change(3, tuple(protokoll_passages(3))),)
    )
    numbers = list(module.open_index(refilled).numbers(Everything()))
    assert numbers == [passage.number for passage in protokoll_passages(3)]


def test_an_empty_index_answers(module: EngineModule, tmp_path: Path) -> None:
    assert_empty(module.open_index(made(module, tmp_path / "empty", ())))


def assert_empty(engine: Engine) -> None:
    for search in SEARCHES.values():
        answer = engine.search(Search(search.query, search.filters, facets=FACETS))
        assert (answer.total, answer.hits) == (0, ())
        assert set(answer.facets.values()) == {()}
        assert list(engine.numbers(search.query, search.filters)) == []
    assert engine.expand("", 10).total == 0


def test_a_build_without_changes_keeps_everything(
    module: EngineModule, source: Path, tmp_path: Path
) -> None:
    same = changed(module, tmp_path / "same", source, ())
    assert answers(module.open_index(same)) == answers(module.open_index(source))


def test_no_lock_is_left_behind(source: Path) -> None:
    assert [f.name for f in source.iterdir() if "lock" in f.name.lower() or f.is_dir()] == []


def test_a_lock_left_in_the_source_of_the_links_does_not_stop_a_build(
    module: EngineModule, source: Path, tmp_path: Path
) -> None:
    for name in (".tantivy-writer.lock", ".tantivy-meta.lock", "MAIN_WRITELOCK"):
        (source / name).touch()
    opened = module.open_index(source)
    before = fingerprint(source)
    changed(module, tmp_path / "target", source, night(SMALL, 0))
    assert fingerprint(source) == before
    assert list(opened.numbers(Everything()))


def test_an_open_index_outlives_its_folder(module: EngineModule, source: Path) -> None:
    said = answers(module.open_index(source))
    engine = module.open_index(source)
    shutil.rmtree(source)
    assert answers(engine) == said


def test_opening_writes_nothing(module: EngineModule, source: Path) -> None:
    before, at = fingerprint(source), source.stat().st_mtime_ns
    engine = module.open_index(source)
    answers(engine)
    engine.close()
    assert fingerprint(source) == before
    assert source.stat().st_mtime_ns == at


def test_opening_leaves_nothing_in_the_temporary_folder(
    module: EngineModule, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    engine = module.open_index(source)
    assert list((tmp_path / "temporary").iterdir()) == []
    assert answers(engine)


@contextmanager
def as_nobody() -> Iterator[None]:
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that anybody may read, unlike those of pytest."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_another_user_may_open_what_it_may_not_write(module: EngineModule, public: Path) -> None:
    folder = made(module, public / "index", passages_in(SMALL))
    for file in folder.iterdir():
        file.chmod(file.stat().st_mode & ~0o222)
    folder.chmod(0o555)
    said = answers(module.open_index(folder))
    with as_nobody():
        with pytest.raises(PermissionError):
            (folder / "new").touch()
        assert answers(module.open_index(folder)) == said


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_tantivy_alone_cannot_open_what_it_may_not_write(public: Path) -> None:
    """The reason for the private folder of links. When this fails, they are not needed."""
    folder = made(MODULES["tantivy"], public / "index", passages_in(SMALL))
    folder.chmod(0o555)
    with as_nobody(), pytest.raises(ValueError, match="Lockfile"):
        tantivy.Index.open(str(folder))


def test_eight_threads_may_share_an_engine(module: EngineModule, source: Path) -> None:
    said = answers(module.open_index(source))
    engine = module.open_index(source)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda _: answers(engine), range(8))) == [said] * 8


def test_a_closed_index_says_so(module: EngineModule, source: Path) -> None:
    engine = module.open_index(source)
    engine.close()
    engine.close()
    for ask in (
        lambda: engine.search(Search(Everything())),
        lambda: engine.numbers(Everything()),
        lambda: engine.expand("ba", 3),
    ):
        with pytest.raises(AssertionError, match="closed"):
            ask()
