"""The synthetic archive that benchmarks run on: always the same, and what it says it is."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from indexer.archive import Archive
from indexer.model import Part, PartKind, Protokoll
from indexer.passages import passages
from tests.bench.archive import SPOKEN, parts, protokoll, store
from tests.bench.vocabulary import NAME_SHARE, SHARES, compound, genitive, read_nouns, vocabulary


@pytest.fixture(scope="module")
def some() -> tuple[Protokoll, ...]:
    return tuple(islice(protokoll(), 12))


def parts_of(one: Protokoll) -> list[Part]:
    return [*one.front, *(part for paragraf in one.paragrafer for part in paragraf.parts)]


def test_the_same_seed_gives_the_same_protokoll_and_another_seed_others(
    some: tuple[Protokoll, ...],
) -> None:
    assert tuple(islice(protokoll(), 12)) == some
    assert next(protokoll(seed=2)) != some[0]


def test_a_small_archive_is_the_beginning_of_a_larger_one(tmp_path: Path) -> None:
    texts = []
    for name, size in (("small", 100), ("large", 200)):
        with Archive.open(tmp_path / name) as archive:
            store(archive, size)
            rows = archive.connection.execute("SELECT text FROM protokoll ORDER BY key").fetchall()
            texts.append([row["text"] for row in rows])
    small, large = texts
    assert len(small) < len(large)
    assert large[: len(small)] == small


def test_what_is_said_to_be_stored_is_stored(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        stored = store(archive, 150)
        (found,) = archive.connection.execute("SELECT count(*) FROM passages").fetchone()
        (served,) = archive.connection.execute(
            "SELECT count(*) FROM protokoll WHERE id IS NOT NULL AND id NOT LIKE '%~%'"
        ).fetchone()
        (characters,) = archive.connection.execute(
            "SELECT sum(length(text)) FROM protokoll"
        ).fetchone()
    assert stored.passages == found >= 150
    assert stored.protokoll == served
    assert stored.characters == characters


def test_every_part_is_one_passage_of_twenty_words_and_more(some: tuple[Protokoll, ...]) -> None:
    for one in some:
        assert len(list(passages(one))) == parts(one) == len(parts_of(one))
        words = [len(part.span.of(one.text).split()) for part in parts_of(one)]
        assert min(words) >= 20
        assert max(words) <= 200


def test_a_protokoll_has_about_60_passages_of_about_80_words(some: tuple[Protokoll, ...]) -> None:
    made = [(one, part) for one in some for part in parts_of(one)]
    assert 50 <= len(made) / len(some) <= 70
    words = sum(len(part.span.of(one.text).split()) for one, part in made)
    assert 70 <= words / len(made) <= 95


def test_spans_point_at_titles_and_labels(some: tuple[Protokoll, ...]) -> None:
    for one in some:
        for number, paragraf in enumerate(one.paragrafer, 1):
            assert paragraf.title
            heading = paragraf.span.of(one.text).partition("\n")[0]
            title = paragraf.title.of(one.text)
            assert heading == f"§ {number} {title} Dnr {paragraf.dnr}"
        for part in parts_of(one):
            if part.label:
                assert part.span.of(one.text).startswith(part.label.of(one.text) + "\n")


def test_lines_cover_the_text_but_for_newlines(some: tuple[Protokoll, ...]) -> None:
    for one in some:
        covered = "".join(line.span.of(one.text) for line in one.lines)
        assert covered == one.text.replace("\n", "")


def test_those_parts_have_speakers_where_somebody_speaks(some: tuple[Protokoll, ...]) -> None:
    for one in some:
        for part in parts_of(one):
            assert bool(part.speakers) == (part.kind in SPOKEN)
    assert {PartKind.BESLUT, PartKind.YRKANDE} <= {p.kind for one in some for p in parts_of(one)}


def test_nouns_are_inflected_and_joined_as_swedish_is() -> None:
    nouns = {noun.forms[0]: noun for noun in read_nouns()}
    assert nouns["skola"].forms == ("skola", "skolan", "skolor", "skolorna")
    assert nouns["bostad"].forms == ("bostad", "bostaden", "bostäder", "bostäderna")
    joined = compound((nouns["verksamhet"], nouns["plan"]))
    assert joined.forms == (
        *("verksamhetsplan", "verksamhetsplanen", "verksamhetsplaner", "verksamhetsplanerna"),
    )
    assert (genitive("skola"), genitive("hus")) == ("skolas", "hus")


def test_the_shares_of_all_words_are_one() -> None:
    words = vocabulary()
    assert sum(SHARES.values()) + NAME_SHARE == pytest.approx(1)
    assert words.sums[-1] == pytest.approx(1)
    assert len(set(words.words)) == len(words.words) > 50_000
