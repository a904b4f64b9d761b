"""The fictional archive as a whole: what it must hold, and that its protokoll do not contradict.

``corpus/kommunen.md`` says what is true in the invented municipality, ``corpus/platser.tsv`` where.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import pypdfium2
import pytest

from corpus.pdf_layouts import PDF_LAYOUTS
from corpus.render import CUT_OFF, ERROR_PAGE, HERE, RENDERED, SCANNED, render, sources
from corpus.source import SOFT_HYPHEN, Part, Shape, Source
from indexer.identifiers import parse_dnr
from indexer.model import PartKind

ALL = list(sources())
BIBLE = (HERE / "kommunen.md").read_text("utf-8")
README = (HERE / "README.md").read_text("utf-8")
LONG = 60  # characters; shorter stycken ("Enligt förslaget.") may come twice
MIN_PROTOKOLL, MIN_BODIES, MIN_LAYOUTS = 70, 7, 6
MAX_PAGES = 8
LOWER_CASE_UNTIL = 2009  # when the bodies wrote (s), and not (S)
# What is planted: §§ that a protokoll lacks, by its file. README.md says why.
PLANTED_GAPS = {
    "kommunstyrelsen-2021-05-25.pdf": {118},  # adjusted at once, in a file of its own
    "kommunstyrelsen-2021-06-22.pdf": {137},  # nowhere
}
MISCOUNTED = "utbildningsnamnden-2021-05-20.pdf"  # and corrected later
DAYS = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"]
MONTHS = [
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
]
MONTH = f"(?P<month>{'|'.join(MONTHS)})"
CITED = re.compile(
    rf"den (?P<day>\d{{1,2}}) {MONTH} (?P<year>\d{{4}})"
    r", §§? (?P<p>\d+)"
    r"|(?P<iso>\d{4}-\d{2}-\d{2}),? § (?P<q>\d+)"
)

each_source = pytest.mark.parametrize("source", ALL, ids=lambda source: source.name)


def parts(source: Source) -> list[Part]:
    return [*source.front, *(part for p in source.paragrafer for part in p.parts)]


def texts(source: Source) -> list[str]:
    return [s.text.replace(SOFT_HYPHEN, "") for part in parts(source) for s in part.stycken]


def meeting(source: Source) -> tuple[str, dt.date]:
    return source.body, source.date


# --- how much there is --------------------------------------------------------------------------


def test_there_is_enough_of_every_kind() -> None:
    html = sum(source.name.endswith(".html") for source in ALL)
    assert len(ALL) >= MIN_PROTOKOLL
    assert 0.25 <= html / len(ALL) <= 0.42, "about a third are HTML"
    assert len({source.body.removesuffix("en") for source in ALL}) >= MIN_BODIES
    readable = Counter(s.layout for s in ALL if s.layout not in (SCANNED, ERROR_PAGE, CUT_OFF))
    assert len(readable) >= MIN_LAYOUTS
    assert {source.date.year for source in ALL} >= {1998, 2026}


def test_what_is_planted_is_there() -> None:
    layouts = Counter(source.layout for source in ALL)
    assert layouts[SCANNED] == 2
    assert layouts[ERROR_PAGE] + layouts[CUT_OFF] == 2
    assert sum(source.also is not None for source in ALL) >= 1, "one is printed as PDF and HTML"
    by_meeting = Counter(meeting(source) for source in ALL)
    assert {name for name, count in by_meeting.items() if count > 1} >= {
        ("Kommunstyrelsen", dt.date(2021, 5, 25)),
        ("Utbildningsnämnden", dt.date(2021, 5, 20)),
        ("Kommunfullmäktige", dt.date(2019, 4, 25)),
    }


def test_the_front_page_and_the_changelog_say_how_many() -> None:
    for page in ("README.md", "CHANGELOG.md"):
        assert f"{len(ALL)} " in (HERE.parent / page).read_text("utf-8"), page


def test_every_rendering_has_a_source() -> None:
    assert {source.name for source in ALL} == {path.name for path in RENDERED.iterdir()}


def test_the_files_that_the_readme_names_are_there() -> None:
    named = set(re.findall(r"`([\w-]+\.(?:pdf|html))`", README))
    assert named <= {source.name for source in ALL}
    special = {s.name for s in ALL if s.layout in (SCANNED, ERROR_PAGE, CUT_OFF) or s.also}
    assert named >= special | set(PLANTED_GAPS)


def test_the_readme_counts_what_is_there() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (\d+) \| (\d{4})(?:–(\d{4}))? \|", README, re.M)
    found: dict[str, list[int]] = defaultdict(list)
    for source in ALL:
        found[source.layout].append(source.date.year)
    assert {
        name: (int(count), int(first), int(last or first)) for name, _, count, first, last in rows
    } == {name: (len(years), min(years), max(years)) for name, years in found.items()}


# --- names and numbers --------------------------------------------------------------------------


@each_source
def test_a_file_name_says_body_and_date(source: Source) -> None:
    ascii_name = source.body.casefold().translate(str.maketrans("åäö", "aao"))
    slug = "agendaradet" if "agenda" in ascii_name else re.sub("[ -]+", "-", ascii_name)
    # The body is printed as "Socialnämnd" in some years, and as "Socialnämnden" in most.
    suffix = r"(-rattad|-protokoll|-paragraf-\d+)?"
    assert re.fullmatch(rf"{slug}(en)?-{source.date}{suffix}\.(pdf|html)", source.name)


@each_source
def test_numbers_of_paragrafer_follow_one_another(source: Source) -> None:
    numbers = [int(p.number) for p in source.paragrafer]
    if numbers:
        whole = set(range(numbers[0], numbers[-1] + 1))
        assert numbers == sorted(whole - PLANTED_GAPS.get(source.name, set()))


def test_a_body_never_uses_a_number_twice_in_a_year() -> None:
    used: dict[tuple[str, int, str], set[dt.date]] = defaultdict(set)
    for source in ALL:
        if "pensionär" not in source.body:  # counts from 1 at every meeting
            for p in source.paragrafer:
                used[source.body.removesuffix("en"), source.date.year, p.number].add(source.date)
    assert [key for key, dates in used.items() if len(dates) > 1] == []


def test_numbers_rise_through_the_year() -> None:
    by_year: dict[tuple[str, int], list[tuple[dt.date, int]]] = defaultdict(list)
    for source in ALL:
        if source.paragrafer and "pensionär" not in source.body:
            key = source.body.removesuffix("en"), source.date.year
            by_year[key].append((source.date, int(source.paragrafer[0].number)))
    for series in by_year.values():
        assert sorted(series) == sorted(series, key=lambda item: item[1])


@each_source
def test_a_dnr_is_of_this_municipality_and_no_younger_than_the_meeting(source: Source) -> None:
    for p in source.paragrafer:
        if p.dnr:
            match = re.fullmatch(r"(KS|UN|UBN|SN|SBN|KFN|SDN4|GN) (\d{4})/\d{4}", p.dnr)
            assert match, p.dnr
            assert int(match[2]) <= source.date.year
            assert parse_dnr(p.dnr) == p.dnr, "the product knows it as a dnr"


def test_each_case_of_the_bible_is_where_it_says() -> None:
    """``KS 2018/0412 … kommunstyrelsen 2019-03-12 § 42``: that § is here, with that dnr."""
    where = {(s.date, p.number): p.dnr for s in ALL for p in s.paragrafer}
    dates = {source.date for source in ALL if source.layout != CUT_OFF}
    cases = BIBLE.split("## Ärenden genom åren")[1].split("\n* ")[1:]
    found = 0
    for case in cases:
        known = set(re.findall(r"(?:KS|UN|UBN|SN|SBN|KFN|SDN4) \d{4}/\d{4}", case)) | {None}
        for date, number in re.findall(r"(\d{4}-\d{2}-\d{2})\s+§§? (\d+)", case):
            day = dt.date.fromisoformat(date)
            if day in dates:
                found += 1
                assert (day, number) in where, f"{date} § {number} of: {case[:60]}"
                assert where[day, number] in known, f"{date} § {number} has {where[day, number]}"
    assert found > 50


def test_a_cited_protokoll_that_is_here_has_the_cited_paragraf() -> None:
    numbers: dict[str, set[str]] = defaultdict(set)
    for source in ALL:
        numbers[str(source.date)] |= {p.number for p in source.paragrafer}
    citations = 0
    for source in ALL:
        for match in CITED.finditer(" ".join(texts(source))):
            day = match["iso"] or _iso(match["day"], match["month"], match["year"])
            if day in numbers and day != str(source.date):
                citations += 1
                assert (match["p"] or match["q"]) in numbers[day], f"{source.name}: {match[0]}"
    assert citations >= 40, "the protokoll hang together"


def _iso(day: str, month: str, year: str) -> str:
    return f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}"


@each_source
def test_a_pdf_has_two_to_eight_pages_and_each_paragraf_stands_on_one(source: Source) -> None:
    if source.layout in PDF_LAYOUTS:
        _, pages = render(source)
        pdf = pypdfium2.PdfDocument(RENDERED / source.name)
        count = len(pdf)
        pdf.close()
        assert 2 <= count <= MAX_PAGES
        assert len(pages) == len(source.paragrafer)
        assert all(1 <= page <= count for page in pages.values())


# --- text ---------------------------------------------------------------------------------------


def test_no_two_long_stycken_are_alike() -> None:
    """But for those of one meeting: its corrected protokoll, its PDF and its HTML."""
    where: dict[str, set[tuple[str, dt.date]]] = defaultdict(set)
    for source in ALL:
        for text in texts(source):
            if len(text) > LONG and not text.rstrip().endswith("..."):
                where[_plain(text)].add(meeting(source))
        own = Counter(
            _plain(text) for text in texts(source) if len(text) > LONG and "..." not in text
        )
        assert [text for text, count in own.items() if count > 1] == [], source.name
    assert {text: at for text, at in where.items() if len(at) > 1} == {}


def test_no_long_sentence_comes_in_two_protokoll() -> None:
    where: dict[str, set[tuple[str, dt.date]]] = defaultdict(set)
    for source in ALL:
        for text in texts(source):
            for sentence in re.split(r"(?<=[.?!]) ", text):
                if len(sentence) > LONG + 20:
                    where[_plain(sentence)].add(meeting(source))
    assert {text: at for text, at in where.items() if len(at) > 1} == {}


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold().strip()


# --- people and places --------------------------------------------------------------------------


@each_source
def test_a_speaker_is_named_in_the_part_or_was_before_it(source: Source) -> None:
    said = ""
    for part in parts(source):
        said += f"{part.label or ''} " + " ".join(stycke.text for stycke in part.stycken)
        for speaker in part.speakers:
            assert speaker.name in said, f"{speaker.name} speaks in {part.label} but is not named"
            assert not speaker.party or f"({speaker.party})" in said


@each_source
def test_parties_are_written_as_in_their_time(source: Source) -> None:
    for party in re.findall(r"\((s|m|c|fp|l|kd|v|mp|sd)\)", " ".join(texts(source)), re.I):
        assert party.islower() == (source.date.year <= LOWER_CASE_UNTIL), party


ACTING = {PartKind.YRKANDE, PartKind.RESERVATION, PartKind.PROTOKOLLSANTECKNING}


@each_source
def test_who_moves_reserves_or_notes_is_present(source: Source) -> None:
    """Where the attendance is a list of names; that of the council is an appendix."""
    present = " ".join(
        stycke.text
        for part in source.front
        if part.kind is PartKind.NARVARO
        for stycke in part.stycken
    )
    if source.body != "Kommunfullmäktige":
        for p in source.paragrafer:
            for part in p.parts:
                if part.kind in ACTING:
                    absent = [s.name for s in part.speakers if s.name not in present]
                    assert absent == [], f"§ {p.number}"


WEEKDAY = re.compile(
    rf"(?P<name>{'|'.join(DAYS)})(?:en)? (?:den )?(?P<day>\d{{1,2}}) {MONTH}(?: (?P<year>\d{{4}}))?"
)


def test_days_of_the_week_are_right() -> None:
    found = 0
    for source in ALL:
        for match in WEEKDAY.finditer(" ".join([source.heading, *texts(source)])):
            year = int(match["year"] or source.date.year)
            date = dt.date(year, MONTHS.index(match["month"]) + 1, int(match["day"]))
            if not match["year"] and (source.date - date).days > 200:  # in January, from December
                date = date.replace(year=year + 1)
            assert DAYS[date.weekday()] == match["name"], f"{source.name}: {match[0]}"
            found += 1
    assert found > 15


@each_source
def test_votes_in_a_table_add_up(source: Source) -> None:
    for p in source.paragrafer:
        for part in p.parts:
            rows = [s.cells for s in part.stycken if s.shape is Shape.ROW and len(s.cells) > 2]
            if rows and rows[0][1:3] == ("Ja", "Nej"):
                *votes, result = rows[1:]
                sums = [sum(row[i] == "X" for row in votes) for i in range(1, len(result))]
                wrong = sums != [int(cell) for cell in result[1:]]
                assert wrong == (source.name == MISCOUNTED), f"§ {p.number}: {sums}"


def people() -> Iterator[tuple[str, set[str]]]:
    """Name and parties from the table in the bible."""
    table = BIBLE.split("## Förtroendevalda")[1].split("##")[0]
    for name, parties in re.findall(r"^\| ([^|]+?) \| ([^|]+?) \| \d{4} \|", table, re.M):
        yield name, {p.casefold() for p in re.findall(r"\b(?:[A-Za-z]{1,2})\b|-", parties)}


def test_people_belong_to_the_parties_that_the_bible_gives_them() -> None:
    known = dict(people())
    assert len(known) > 40
    printed: dict[str, set[str]] = defaultdict(set)
    for source in ALL:
        for name, party in re.findall(
            r"\b((?:[A-ZÅÄÖ][a-zåäö][\w-]* ){1,2}[A-ZÅÄÖ][a-zåäö][\w-]+) \(([A-Za-z]{1,2}|-)\)",
            " ".join(texts(source)),
        ):
            printed[name].add(party.casefold())
    strange = {
        name: parties
        for name, parties in printed.items()
        if (name in known and not parties <= known[name])
        or (name not in known and len(parties) > 1)
    }
    assert strange == {}
    assert set(known) <= set(printed), "everybody in the table acts somewhere"


def gazetteer() -> list[dict[str, str]]:
    with (HERE / "platser.tsv").open(encoding="utf-8", newline="") as file:
        return [
            {key: value or "" for key, value in row.items()}
            for row in csv.DictReader(file, dialect="excel-tab")
        ]


def test_the_gazetteer_is_a_tree_without_doubles() -> None:
    places = gazetteer()
    names = [place["namn"] for place in places]
    assert len(set(names)) == len(names)
    assert [p["namn"] for p in places if not p["ligger i"]] == ["Almhälla"]
    assert {p["ligger i"] for p in places if p["ligger i"]} <= set(names)
    assert {p["slag"] for p in places} >= {"kommun", "stadsdel", "skola", "gata", "boende"}


def test_every_place_is_spoken_of_and_every_place_of_the_bible_is_in_the_gazetteer() -> None:
    everything = " ".join(" ".join(texts(source)) for source in ALL)
    names = {place["namn"] for place in gazetteer()}
    assert {name for name in names if name not in everything} == set()
    table = BIBLE.split("## Platser")[1].split("##")[0]
    stadsdelar = set(re.findall(r"^\| (\w+) \|", table, re.M)) - {"stadsdel"}
    assert stadsdelar == {p["namn"] for p in gazetteer() if p["slag"] == "stadsdel"}
