import os
from pathlib import Path

import pytest

from indexer.archive import Archive
from indexer.config import Settings
from indexer.errors import SettingsError
from indexer.ingest import ingest
from indexer.status import read_status

from .conftest import House, protokoll_html
from .extract.pdf_pages import paragraph, pdf, picture

MAY = protokoll_html("2031-05-25", "Kommunstyrelsen antar planen.", "Motionen avslås.")
JUNE = protokoll_html("2031-06-15")
MAY_ID = "ekstad/kommunstyrelsen/2031-05-25"
JUNE_ID = "ekstad/kommunstyrelsen/2031-06-15"


def snapshot(house: House) -> tuple[list[str], list[tuple[str, str]], dict[str, str]]:
    return house.ids(), house.passages(), house.outcomes()


def test_every_source_has_an_outcome_and_every_protokoll_its_passages(house: House) -> None:
    house.write("may.html", MAY)
    house.write("sub/june.HTM", JUNE)
    house.write("empty.pdf", "")
    house.write("lie.pdf", "<html><body>Sidan saknas</body></html>")
    house.write("notes.txt", "x")
    report = house.ingest()
    assert house.outcomes() == {
        "may.html": "ok",
        "sub/june.HTM": "ok",
        "empty.pdf": "rejected",
        "lie.pdf": "rejected",
    }
    assert house.ids() == [MAY_ID, JUNE_ID]
    assert {paragraf for _, anchor in house.passages() if (paragraf := anchor.split("-")[0])} >= {
        "p1",
        "p2",
    }
    assert sorted(path for path, _ in report.new_rejects) == ["empty.pdf", "lie.pdf"]
    summary = read_status(house.archive.connection)
    assert sum(summary.outcomes.values()) == 4
    assert summary.ignored == ("notes.txt",)


def test_what_is_stored_reads_back_as_it_was_parsed(house: House) -> None:
    house.write("may.html", MAY)
    house.ingest()
    protokoll = house.archive.protokoll(MAY_ID)
    assert protokoll
    assert [p.number for p in protokoll.paragrafer] == ["1", "2"]
    assert protokoll.dates[0].isoformat() == "2031-05-25"
    assert "Kommunstyrelsen antar planen." in protokoll.text
    assert protokoll.lines


def test_ingesting_twice_is_ingesting_once(house: House) -> None:
    house.write("may.html", MAY)
    house.write("empty.pdf", "")
    house.ingest()
    once = snapshot(house)
    report = house.ingest()
    assert snapshot(house) == once
    assert (report.unchanged, report.outcomes, report.new_rejects) == (2, {}, [])


def test_two_ways_to_the_same_files_give_the_same_archive(house: House, tmp_path: Path) -> None:
    house.write("may.html", MAY)
    house.ingest()
    house.write("june.html", JUNE)
    house.ingest()
    with Archive.open(tmp_path / "other.sqlite") as archive:
        other = House(house.root, house.settings, archive)
        other.ingest()
        assert snapshot(other) == snapshot(house)


def test_a_touched_file_is_not_read_again(house: House) -> None:
    path = house.write("may.html", MAY)
    house.ingest()
    os.utime(path, ns=(1, 1))
    report = house.ingest()
    assert (report.unchanged, report.outcomes) == (1, {})
    assert house.archive.sources(str(house.root))["may.html"].mtime_ns == 1


def test_a_change_that_keeps_size_and_time_is_found_by_rehash_only(house: House) -> None:
    path = house.write("may.html", MAY)
    house.ingest()
    stat = path.stat()
    with path.open("r+b") as stream:  # in place, so that the inode stays too
        stream.write(MAY.replace("antar", "anser").encode())
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert house.ingest().unchanged == 1
    assert house.ingest(rehash=True).outcomes == {"ok": 1}
    protokoll = house.archive.protokoll(MAY_ID)
    assert protokoll
    assert "anser" in protokoll.text


def test_a_changed_file_supersedes_and_the_old_version_is_kept(house: House) -> None:
    house.write("may.html", MAY)
    house.ingest()
    house.write("may.html", MAY.replace("avslås", "bifalls"))
    house.ingest()
    assert house.ids() == [MAY_ID]
    now, then = house.archive.protokoll(MAY_ID), house.archive.protokoll(MAY_ID, 1)
    assert now
    assert then
    assert "bifalls" in now.text
    assert "avslås" in then.text
    assert not any("avslås" in text for text in searchable(house))


def searchable(house: House) -> list[str]:
    rows = house.archive.connection.execute(
        'SELECT substr(text, start + 1, "end" - start) AS said FROM passages'
        " JOIN protokoll ON key = protokoll"
    )
    return [row["said"] for row in rows]


def test_passages_that_did_not_change_keep_their_ids(house: House) -> None:
    house.write("may.html", MAY)
    house.ingest()
    before = {anchor for _, anchor in house.passages() if anchor.startswith("p1-")}
    house.write("may.html", MAY.replace("avslås", "bifalls"))
    house.ingest()
    assert before
    assert before <= {anchor for _, anchor in house.passages()}


def test_a_file_that_turns_unreadable_leaves_its_protokoll(house: House) -> None:
    house.write("may.html", MAY)
    house.ingest()
    house.write("may.html", b"")
    report = house.ingest()
    assert house.outcomes() == {"may.html": "rejected"}
    assert [path for path, _ in report.new_rejects] == ["may.html"]
    assert house.ids() == [MAY_ID]


def test_a_better_reading_changes_the_id_and_the_old_one_leads_to_it(house: House) -> None:
    house.write("may.html", MAY.replace("Ekstads kommun", "Protokoll"))
    house.ingest()
    assert house.ids() == ["okand-kommun/kommunstyrelsen/2031-05-25"]
    house.ingest(municipality="Almby")
    assert house.ids() == ["almby/kommunstyrelsen/2031-05-25"]
    by_old_id = house.archive.protokoll("okand-kommun/kommunstyrelsen/2031-05-25")
    assert by_old_id
    assert by_old_id.municipality == "Almby"


def test_a_file_that_now_holds_another_meeting_does_not_lead_the_old_id_to_it(
    house: House,
) -> None:
    house.write("latest.html", MAY)
    house.ingest()
    house.write("latest.html", JUNE)
    house.ingest()
    assert house.ids() == [JUNE_ID]
    assert house.archive.protokoll(MAY_ID) is None
    may = house.archive.protokoll(JUNE_ID, version=1)
    assert may
    assert may.dates[0].month == 5, "the earlier version of the file is kept"


def test_two_files_of_one_content_are_one_protokoll(house: House) -> None:
    house.write("a.html", MAY)
    house.write("b.html", MAY)
    house.ingest()
    assert house.outcomes() == {"a.html": "ok", "b.html": "duplicate"}
    assert house.ids() == [MAY_ID]
    house.write("c.html", MAY)
    house.ingest()
    assert house.outcomes()["c.html"] == "duplicate"


def test_a_copy_takes_over_when_its_original_goes(house: House) -> None:
    house.write("a.html", MAY)
    house.write("b.html", MAY)
    house.ingest()
    (house.root / "a.html").unlink()
    house.ingest()
    assert house.outcomes()["b.html"] == "ok"
    for _ in range(3):
        house.ingest()
    assert house.ids() == [MAY_ID]


def test_a_renamed_file_keeps_its_id_and_is_no_new_version(house: House) -> None:
    house.write("a.html", MAY)
    house.ingest()
    before = house.passages()
    (house.root / "a.html").rename(house.root / "b.html")
    reports = [house.ingest() for _ in range(4)]
    assert [report.moved for report in reports] == [["b.html"], [], [], []]
    assert [report.missing for report in reports] == [[]] * 4
    assert house.outcomes() == {"b.html": "ok"}
    assert house.passages() == before
    assert house.archive.protokoll(MAY_ID, 2) is None


def test_a_source_folder_that_moves_takes_its_protokoll_along(house: House) -> None:
    house.write("a.html", MAY)
    house.write("b.html", MAY.replace("avslås", "bifalls"))
    house.ingest()
    before = house.passages()
    house.root = house.root.rename(house.root.parent / "new place")
    assert house.ingest().moved == ["a.html", "b.html"]
    assert house.passages() == before


def test_two_files_that_swap_their_contents_lose_nothing(house: House) -> None:
    a, b = house.write("a.html", MAY), house.write("b.html", JUNE)
    house.ingest()
    before = house.passages()
    a.write_text(JUNE, "utf-8")
    b.write_text(MAY, "utf-8")
    house.ingest(workers=2)
    assert house.passages() == before
    assert house.outcomes() == {"a.html": "ok", "b.html": "ok"}


def test_a_swap_that_only_rehash_can_see_loses_nothing(house: House) -> None:
    may, other = MAY, MAY.replace("2031-05-25", "2031-06-15")
    a, b = house.write("a.html", may), house.write("b.html", other)
    os.utime(a, ns=(1, 1))
    os.utime(b, ns=(1, 1))
    house.ingest()
    before = house.passages()
    for path, html in ((a, other), (b, may)):
        with path.open("r+b") as stream:
            stream.write(html.encode())
        os.utime(path, ns=(1, 1))
    house.ingest(rehash=True)
    assert house.passages() == before


def test_a_copy_beside_a_touched_original_is_no_second_protokoll(house: House) -> None:
    a = house.write("a.html", MAY)
    house.ingest()
    os.utime(a, ns=(1, 1))
    house.write("b.html", MAY)
    house.ingest()
    assert house.outcomes() == {"a.html": "ok", "b.html": "duplicate"}
    house.ingest(max_pages=7)
    assert house.outcomes() == {"a.html": "ok", "b.html": "duplicate"}
    assert house.ids() == [MAY_ID]


def test_a_known_copy_is_unchanged_in_the_next_run(house: House) -> None:
    house.write("a.html", MAY)
    house.write("b.html", MAY)
    house.ingest()
    report = house.ingest()
    assert (report.unchanged, report.outcomes) == (2, {})


def test_one_meeting_in_two_folders_with_one_file_name_has_two_ids(
    house: House, tmp_path: Path
) -> None:
    house.write("a.html", MAY)
    house.ingest()
    elsewhere = House(tmp_path / "elsewhere", house.settings, house.archive)
    elsewhere.write("a.html", MAY.replace("avslås", "bifalls"))
    elsewhere.write("b.html", MAY.replace("avslås", "remitteras"))
    elsewhere.ingest()
    ids = house.ids()
    assert len(ids) == 3
    house.ingest()
    elsewhere.ingest()
    assert house.ids() == ids


def test_when_the_holder_of_the_plain_id_is_withdrawn_the_next_one_gets_it(house: House) -> None:
    house.write("a.html", MAY)
    house.write("b.html", MAY.replace("avslås", "bifalls"))
    house.ingest()
    _, second = house.ids()
    (house.root / "a.html").unlink()
    house.ingest(vanish_after_runs=1)
    assert house.ids() == [MAY_ID]
    by_old_id = house.archive.protokoll(second)
    assert by_old_id
    assert "bifalls" in by_old_id.text
    house.write("a.html", MAY)
    house.ingest()
    assert house.ids() == [MAY_ID, second]


def test_two_files_of_one_meeting_with_other_words_both_stay(house: House) -> None:
    house.write("a.html", MAY)
    house.write("b.html", MAY.replace("avslås", "bifalls"))
    house.ingest()
    first, second = house.ids()
    assert first == MAY_ID
    assert second.startswith(f"{MAY_ID}~")


@pytest.mark.parametrize("order", ["abc", "acb", "bac", "bca", "cab", "cba"])
def test_ids_do_not_depend_on_the_order_of_reading(
    house: House, tmp_path: Path, order: str
) -> None:
    texts = {"a": MAY, "b": MAY.replace("avslås", "bifalls"), "c": MAY.replace("avslås", "lämnas")}
    for name in order:
        house.write(f"{name}.html", texts[name])
        house.ingest()
    with Archive.open(tmp_path / "other.sqlite") as archive:
        at_once = House(house.root, house.settings, archive)
        at_once.ingest(workers=2)
        assert snapshot(at_once) == snapshot(house)
    plain = house.archive.protokoll(MAY_ID)
    assert plain
    assert "avslås" in plain.text, "a.html sorts first"


def test_a_file_that_becomes_a_copy_takes_its_old_protokoll_out(house: House) -> None:
    house.write("may.html", MAY)
    house.write("june.html", JUNE)
    house.ingest()
    house.write("june.html", MAY)
    house.ingest()
    assert house.outcomes()["june.html"] == "duplicate"
    assert house.ids() == [MAY_ID]
    assert {name for name, _ in house.passages()} == {MAY_ID}


def test_a_file_is_not_lost_while_another_of_its_meeting_comes(house: House) -> None:
    a = house.write("a.html", MAY)
    house.ingest()
    a.rename(house.root.parent / "away")
    house.write("b.html", MAY.replace("avslås", "bifalls"))
    house.ingest()
    ids = house.ids()
    (house.root.parent / "away").rename(a)
    house.ingest()
    assert house.ids() == ids
    assert len(ids) == 2
    assert {"avslås", "bifalls"} <= {
        word for said in searchable(house) for word in said[:-1].split()
    }


def test_a_missing_file_is_withdrawn_after_the_set_number_of_runs_only(house: House) -> None:
    house.write("may.html", MAY)
    house.write("june.html", JUNE)
    house.ingest()
    (house.root / "may.html").unlink()
    reports = [house.ingest(vanish_after_runs=3) for _ in range(4)]
    assert [report.missing for report in reports] == [["may.html"]] * 3 + [[]]
    assert [report.withdrawn for report in reports] == [[], [], ["may.html"], []]
    assert house.ids() == [JUNE_ID]
    assert {name for name, _ in house.passages()} == {JUNE_ID}


def test_a_missing_file_does_not_count_among_the_outcomes(house: House) -> None:
    house.write("may.html", MAY)
    house.write("june.html", JUNE)
    house.ingest()
    (house.root / "may.html").unlink()
    house.ingest()
    assert read_status(house.archive.connection).outcomes == {"ok": 1}
    assert read_status(house.archive.connection).missing == ("may.html",)


def test_a_file_that_returns_brings_its_protokoll_back(house: House) -> None:
    path = house.write("may.html", MAY)
    house.write("june.html", JUNE)
    house.ingest()
    before = snapshot(house)
    away = house.root.parent / "away"
    path.rename(away)
    house.ingest(vanish_after_runs=1)
    assert house.ids() == [JUNE_ID]
    away.rename(path)
    report = house.ingest()
    assert report.returned == ["may.html"]
    assert snapshot(house) == before


def test_an_empty_folder_does_not_empty_the_archive(house: House) -> None:
    path = house.write("may.html", MAY)
    house.ingest()
    path.unlink()
    for _ in range(5):
        with pytest.raises(SettingsError, match=r"the archive knows 1 .*is the disk mounted"):
            house.ingest(vanish_after_runs=1)
    assert house.ids() == [MAY_ID]


def test_an_empty_folder_is_fine_when_nothing_is_known_of_it(house: House) -> None:
    assert house.ingest().files == 0


def test_a_file_that_could_not_be_opened_is_tried_again(house: House) -> None:
    link = house.root / "link.html"
    link.symlink_to(house.root.parent / "later.html")
    assert house.ingest().new_rejects == [
        ("link.html", "rejected: cannot be opened: No such file or directory")
    ]
    assert house.ingest().new_rejects == [], "told once"
    (house.root.parent / "later.html").write_text(MAY)
    house.ingest()
    assert house.outcomes() == {"link.html": "ok"}


def test_a_pipe_named_like_a_pdf_does_not_hang(house: House) -> None:
    os.mkfifo(house.root / "pipe.pdf")
    assert house.ingest().new_rejects == [("pipe.pdf", "rejected: not a regular file")]


def test_other_settings_of_the_parser_read_everything_anew(house: House) -> None:
    house.write("may.html", MAY)
    house.ingest()
    assert house.ingest(max_pages=7).outcomes == {"ok": 1}
    assert house.archive.protokoll(MAY_ID, 2) is None, "the same content is no new version"


def test_a_run_is_recorded_with_its_report(house: House) -> None:
    house.write("may.html", MAY)
    house.ingest()
    last = read_status(house.archive.connection).last_run
    assert last
    assert last["root"] == str(house.root)
    assert last["finished"]
    assert '"files":1' in str(last["report"])


# Test numbers that Skatteverket has published; they belong to nobody.
PERSONNUMMER = "19900602-2397"


def words_stored(house: House) -> str:
    """All that is stored of names and texts (hashes and times may hold any digits)."""
    rows = house.archive.connection.execute(
        "SELECT path || reason FROM sources UNION ALL SELECT id || text || structure FROM protokoll"
        " UNION ALL SELECT report FROM runs UNION ALL SELECT path FROM ignored"
    )
    return "\n".join(row[0] for row in rows)


@pytest.mark.parametrize(
    "said",
    [
        f"Kommunstyrelsen prövar ansökan från {PERSONNUMMER} i dag.",
        f"Kommunstyrelsen prövar ansökan från {PERSONNUMMER[2:8]}-<br>{PERSONNUMMER[-4:]} i dag.",
        f"Kommunstyrelsen prövar ansökan.</p><hr><p>{PERSONNUMMER}",
    ],
)
def test_no_personnummer_is_stored_and_the_original_is_held_back(house: House, said: str) -> None:
    house.write("may.html", protokoll_html("2031-05-25", said))
    house.ingest()
    assert "prövar ansökan" in words_stored(house)
    assert PERSONNUMMER[-4:] not in words_stored(house)
    assert house.archive.sources(str(house.root))["may.html"].masked == 1


def test_a_file_named_by_a_personnummer_is_refused_and_its_name_masked(house: House) -> None:
    house.write(f"beslut {PERSONNUMMER}.html", MAY)
    house.ingest()
    ((name, outcome),) = house.outcomes().items()
    assert outcome == "rejected"
    assert name.startswith("beslut ••••••••")
    assert PERSONNUMMER[-4:] not in words_stored(house)
    assert house.ids() == []


def test_pages_that_are_images_in_a_protokoll_with_text_are_told_of(house: House) -> None:
    def text(canvas: object) -> None:
        lines = ("Ekstads kommun", "Kommunstyrelsen", "Sammanträdesdatum 2031-05-25", "§ 1", "Val")
        paragraph(
            canvas, *lines, "Beslut", "Kommunstyrelsen utser Anna Ek att justera protokollet."
        )

    house.write("may.pdf", pdf(text, picture))
    house.ingest()
    row = house.archive.sources(str(house.root))["may.pdf"]
    assert (row.outcome, row.reason) == ("ok", "pages without a text layer, not read: 2")
    assert [path for path, _, _ in read_status(house.archive.connection).unread] == ["may.pdf"]


def test_ignored_files_whose_names_look_alike_are_both_told_of(house: House) -> None:
    house.write("19900602-2397.docx", b"x")
    house.write("19961020-2385.docx", b"x")
    house.ingest()
    ignored = read_status(house.archive.connection).ignored
    assert len(ignored) == 2
    assert not any("2397" in name.split(" (inode")[0] for name in ignored)


def test_a_file_from_the_far_future_does_not_stop_the_run(house: House) -> None:
    os.utime(house.write("may.html", MAY), (9.9e9, 9.9e9))
    house.ingest()
    assert house.ids() == [MAY_ID]


def test_a_source_folder_named_by_a_personnummer_is_refused_unstored(house: House) -> None:
    house.root = house.root.rename(house.root.parent / PERSONNUMMER)
    house.write("may.html", MAY)
    with pytest.raises(
        SettingsError, match="the name of the folder holds a personnummer"
    ) as caught:
        house.ingest()
    assert PERSONNUMMER[-4:] not in str(caught.value)
    assert house.archive.connection.execute("SELECT count(*) FROM runs").fetchone()[0] == 0


def test_two_spellings_of_a_body_have_one_slug_whichever_comes_first(house: House) -> None:
    house.write("a.html", protokoll_html("2031-05-25", body="Barn- och ungdomsnämnden"))
    house.write("b.html", protokoll_html("2031-06-15", body="Barn och ungdomsnämnden"))
    house.ingest()
    assert house.ids() == [
        "ekstad/barn-och-ungdomsnamnden/2031-05-25",
        "ekstad/barn-och-ungdomsnamnden/2031-06-15",
    ]


def test_an_archive_of_the_first_schema_is_completed_when_it_is_opened(tmp_path: Path) -> None:
    """It has no §§ and no digests; both follow from what it holds."""
    root, settings = tmp_path / "kalla", Settings(home=tmp_path, workers=1)
    root.mkdir()
    (root / "a.html").write_text(protokoll_html("2031-05-25", "Kajen rustas."), "utf-8")
    with Archive.open(settings.archive_path) as archive:
        ingest(root, archive, settings)
        whole = served_state(archive)
        archive.connection.execute("DROP TABLE paragrafer")
        archive.connection.execute("DROP TABLE digests")
        archive.connection.execute("ALTER TABLE passages DROP COLUMN breaks")
        archive.connection.execute("PRAGMA user_version = 1")
    with Archive.open(settings.archive_path) as archive:
        assert served_state(archive) == whole
    assert [row[1] for row in whole[0]] == ["u0", "p1"]
    assert whole[1][0][0]


def served_state(archive: Archive) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    sections = archive.connection.execute("SELECT protokoll, id, title FROM paragrafer")
    digests = archive.connection.execute("SELECT digest FROM digests")
    return [tuple(row) for row in sections], [tuple(row) for row in digests]
