"""The archive becomes a search index: in full, by changes, and never half."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from indexer.archive import Archive
from indexer.config import Settings, default_cache
from indexer.engines.base import FACETS, Attribute, Engine, Everything, Field, Search, Term, Word
from indexer.engines.generations import (
    ABOUT,
    BUILDING,
    CURRENT,
    About,
    Generation,
    current_number,
    engine_module,
    load,
    require,
)
from indexer.errors import IndexFault, IndexMismatch, IndexMissing
from indexer.reindex import IndexReport, reindex
from tests.indexer.conftest import House, protokoll_html

ENGINES = ("tantivy", "whoosh")


@pytest.fixture(params=ENGINES)
def indexed_house(house: House, request: pytest.FixtureRequest) -> House:
    """A house whose index is made by each engine in turn."""
    house.settings = replace(house.settings, engine=request.param, cache=default_cache())
    return house


def made(house: House, *, full: bool = False) -> IndexReport:
    house.ingest()
    return reindex(house.settings, full=full)


def published(settings: Settings) -> Generation:
    return load(settings.index_path, current_number(settings.index_path))


def opened(settings: Settings) -> Engine:
    generation = published(settings)
    return engine_module(settings.engine).open_index(generation.folder)


def having(engine: Engine, word: str) -> list[int]:
    return list(engine.numbers(Word((Term(Field.TEXT_EXACT, word),))))


def everything(engine: Engine) -> tuple[list[int], object]:
    """All passages and all counts: what must be the same however an index was made."""
    counted = engine.search(Search(Everything(), limit=1, facets=FACETS))
    return list(engine.numbers(Everything())), dict(counted.facets)


def test_a_passage_is_found_by_a_word_of_it(indexed_house: House) -> None:
    indexed_house.write("a.html", protokoll_html("2021-05-25", "Kajen rustas upp.", "Bron målas."))
    report = made(indexed_house)
    assert report.full
    assert report.generation == 1
    engine = opened(indexed_house.settings)
    assert len(having(engine, "kajen")) == 1
    assert having(engine, "kanalen") == []


def test_a_passage_is_found_by_number_title_and_dnr_of_its_paragraf(indexed_house: House) -> None:
    indexed_house.write("a.html", protokoll_html("2021-05-25", "Kajen rustas upp."))
    made(indexed_house)
    engine = opened(indexed_house.settings)
    for word in ("1", "ärende"):
        assert list(engine.numbers(Word((Term(Field.TITLE_EXACT, word),))))


def test_an_archive_that_has_not_changed_gives_no_new_generation(indexed_house: House) -> None:
    indexed_house.write("a.html", protokoll_html("2021-05-25"))
    first = made(indexed_house)
    again = made(indexed_house)
    assert (again.generation, again.full, again.added, again.removed) == (1, False, 0, 0)
    assert again.passages == first.passages


def test_changes_give_what_making_it_anew_gives(indexed_house: House) -> None:
    for day in range(10, 20):
        indexed_house.write(f"{day}.html", protokoll_html(f"2021-05-{day}", "Kajen", f"Bro {day}"))
    made(indexed_house)
    indexed_house.write("12.html", protokoll_html("2021-05-12", "Kanalen", "Bro 12", "Torget"))
    indexed_house.write("25.html", protokoll_html("2022-06-25", "Hamnen", body="Socialnämnden"))
    (indexed_house.root / "14.html").unlink()
    indexed_house.ingest(vanish_after_runs=1)
    changed = reindex(indexed_house.settings)
    assert (changed.full, changed.added, changed.removed) == (False, 2, 2)
    by_changes = everything(opened(indexed_house.settings))
    assert len(having(opened(indexed_house.settings), "kanalen")) == 1
    anew = reindex(indexed_house.settings, full=True)
    assert anew.full
    assert everything(opened(indexed_house.settings)) == by_changes
    assert anew.passages == changed.passages == len(by_changes[0])


def test_many_changes_make_it_anew(indexed_house: House) -> None:
    for day in (10, 11):
        indexed_house.write(f"{day}.html", protokoll_html(f"2021-05-{day}"))
    made(indexed_house)
    for day in (10, 11):
        indexed_house.write(f"{day}.html", protokoll_html(f"2021-05-{day}", "Annat."))
    assert made(indexed_house).full


def test_an_empty_archive_gives_an_empty_index(indexed_house: House) -> None:
    assert reindex(indexed_house.settings).passages == 0
    engine = opened(indexed_house.settings)
    assert list(engine.numbers(Everything())) == []
    assert engine.search(Search(Everything(), facets=FACETS)).total == 0


def test_a_build_that_fails_leaves_the_published_one(indexed_house: House) -> None:
    indexed_house.write("a.html", protokoll_html("2021-05-25", "Kajen"))
    made(indexed_house)
    indexed_house.write("b.html", protokoll_html("2021-06-25", "Kanalen"))
    indexed_house.ingest()

    def fail(what: str, done: int, total: int) -> None:
        if what == "Indexing" and done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reindex(indexed_house.settings, fail, full=True)
    assert current_number(indexed_house.settings.index_path) == 1
    engine = opened(indexed_house.settings)
    assert len(having(engine, "kajen")) == 1
    after = reindex(indexed_house.settings)
    assert len(having(opened(indexed_house.settings), "kanalen")) == 1
    assert after.generation == 2


def test_what_a_dead_build_left_behind_is_cleared_away(indexed_house: House) -> None:
    left = indexed_house.settings.index_path / BUILDING
    left.mkdir(parents=True)
    (left / "meta.json").write_text("rubbish")
    indexed_house.write("a.html", protokoll_html("2021-05-25"))
    made(indexed_house)
    assert not left.exists()


def test_the_generation_before_is_kept_and_older_ones_go(indexed_house: House) -> None:
    index = indexed_house.settings.index_path
    for count in range(1, 5):
        indexed_house.write(f"{count}.html", protokoll_html(f"2021-05-0{count}"))
        made(indexed_house)
    assert sorted(path.name for path in index.iterdir()) == ["000003", "000004", CURRENT]


def test_an_open_index_answers_when_its_generation_is_gone(indexed_house: House) -> None:
    indexed_house.write("0.html", protokoll_html("2021-05-25", "Kajen"))
    made(indexed_house)
    engine = opened(indexed_house.settings)
    for count in range(1, 4):
        indexed_house.write(f"{count}.html", protokoll_html(f"2021-06-0{count}"))
        made(indexed_house)
    assert not (indexed_house.settings.index_path / "000001").exists()
    assert len(having(engine, "kajen")) == 1
    assert engine.search(Search(Everything(), facets=(Attribute.YEAR,))).facets == {
        Attribute.YEAR: (("2021", len(list(engine.numbers(Everything())))),)
    }


def test_an_archive_made_anew_is_not_taken_for_the_old_one(indexed_house: House) -> None:
    """Keys and runs begin at 1 again, but the stamps are of what the protokoll say."""
    indexed_house.write("a.html", protokoll_html("2021-05-25", "Kajen"))
    made(indexed_house)
    other = replace(indexed_house.settings, home=indexed_house.settings.home / "other")
    other.home.mkdir()
    with Archive.open(other.archive_path) as archive:
        house = House(indexed_house.root, other, archive)
        house.write("a.html", protokoll_html("2021-05-25", "Kanalen"))
        house.ingest()
    for path in indexed_house.settings.home.glob("archive.sqlite*"):
        path.unlink()
    other.archive_path.rename(indexed_house.settings.archive_path)
    reindex(indexed_house.settings)
    engine = opened(indexed_house.settings)
    assert (len(having(engine, "kanalen")), having(engine, "kajen")) == (1, [])


# --- what cannot be read ---------------------------------------------------------------------


@pytest.fixture
def generation(house: House) -> Generation:
    house.settings = replace(house.settings, cache=default_cache())
    house.write("a.html", protokoll_html("2021-05-25"))
    made(house)
    return published(house.settings)


def rewritten(generation: Generation, **changes: object) -> Generation:
    """The generation with other words about it."""
    about = replace(generation.about, **changes)  # type: ignore[arg-type]  # fields by name
    (generation.folder / ABOUT).write_bytes(msgspec.json.encode(about))
    return load(generation.folder.parent, generation.number)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"engine": "whoosh"}, "engine whoosh, the setting is tantivy"),
        ({"schema": 999}, "schema 999"),
        ({"analyzer": "0"}, "another analysis of Swedish"),
    ],
)
def test_an_index_of_another_kind_is_refused_by_name(
    generation: Generation, changes: dict[str, object], said: str
) -> None:
    other = rewritten(generation, **changes)
    with pytest.raises(IndexMismatch, match=said) as caught:
        require(other, engine="tantivy", analyzer=generation.about.analyzer)
    assert "protokoll reindex" in str(caught.value)


def test_an_index_of_another_engine_is_made_anew(generation: Generation, house: House) -> None:
    rewritten(generation, engine="whoosh")
    report = reindex(house.settings)
    assert (report.generation, report.full) == (2, True)


def test_no_index_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="protokoll reindex"):
        current_number(tmp_path / "index")


@pytest.mark.parametrize("content", [b"", b"abc", b"\xff", b"-1", "\u0661".encode()])
def test_a_damaged_current_is_said_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / CURRENT).write_bytes(content)
    with pytest.raises(IndexFault, match="protokoll reindex"):
        current_number(tmp_path)


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff"])
def test_a_damaged_generation_is_said_so(generation: Generation, content: bytes) -> None:
    (generation.folder / ABOUT).write_bytes(content)
    with pytest.raises(IndexFault, match="damaged"):
        load(generation.folder.parent, generation.number)


def test_a_generation_tells_what_it_was_made_of(generation: Generation, house: House) -> None:
    about: About = generation.about
    (passages,) = house.archive.connection.execute("SELECT count(*) FROM passages").fetchone()
    assert about.passages == passages
    assert set(about.stamps) == {1}
