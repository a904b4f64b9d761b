"""The fictional archive: its sources are sound and its protokoll are what they render to."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.pdf_layouts import PDF_LAYOUTS
from corpus.render import RENDERED, SOURCES, render, sources
from corpus.source import SOFT_HYPHEN, Part, Source, SourceError, read_source
from corpus.typesetting import Font, break_lines

ALL = list(sources())
README = RENDERED.parent / "README.md"
MIN_FILES, MAX_PAGES = 14, 8
LONG = 60  # characters; shorter stycken ("Enligt förslaget.") may come twice
CITED = re.compile(r"den (\d{1,2}) ([a-z]+) (\d{4}), § (\d+)|(\d{4}-\d{2}-\d{2}),? § (\d+)")
MONTHS = "januari februari mars april maj juni juli augusti september oktober november december"

each_source = pytest.mark.parametrize("source", ALL, ids=lambda source: source.name)


def parts(source: Source) -> list[Part]:
    return [*source.front, *(part for p in source.paragrafer for part in p.parts)]


def texts(source: Source) -> list[str]:
    return [s.text.replace(SOFT_HYPHEN, "") for part in parts(source) for s in part.stycken]


@each_source
def test_rendering_again_gives_the_committed_bytes(source: Source) -> None:
    data, _ = render(source)
    assert data == (RENDERED / source.name).read_bytes(), "run make corpus"


def test_every_protokoll_has_a_source_and_a_row_in_the_readme() -> None:
    names = {source.name for source in ALL}
    assert names == {path.name for path in RENDERED.iterdir()}
    assert names == set(re.findall(r"^\| `([^`]+\.(?:pdf|html))`", README.read_text("utf-8"), re.M))
    assert len(names) >= MIN_FILES


@each_source
def test_a_file_name_says_body_and_date(source: Source) -> None:
    ascii_name = source.body.casefold().translate(str.maketrans("åäö", "aao"))
    slug = "agendaradet" if "agenda" in ascii_name else ascii_name.replace(" ", "-")
    # The body is printed as "Socialnämnd" in some years, and as "Socialnämnden" in most.
    assert re.fullmatch(rf"{slug}(en)?-{source.date}\.(pdf|html)", source.name)


@each_source
def test_numbers_of_paragrafer_follow_one_another(source: Source) -> None:
    numbers = [int(p.number) for p in source.paragrafer]
    assert numbers == [numbers[0] + i for i in range(len(numbers))]


@each_source
def test_a_speaker_is_named_in_the_part_or_was_before_it(source: Source) -> None:
    said = ""
    for part in parts(source):
        said += f"{part.label or ''} " + " ".join(stycke.text for stycke in part.stycken)
        for speaker in part.speakers:
            assert speaker.name in said, f"{speaker.name} speaks in {part.label} but is not named"
            assert not speaker.party or f"({speaker.party})" in said


def test_no_two_long_stycken_are_alike() -> None:
    where: dict[str, set[str]] = defaultdict(set)
    for source in ALL:
        for number, text in enumerate(texts(source)):
            if len(text) > LONG and not text.rstrip().endswith("..."):
                where[re.sub(r"\W+", " ", text).casefold()].add(f"{source.name}:{number}")
    assert [(text, names) for text, names in where.items() if len(names) > 1] == []


def test_a_cited_protokoll_that_is_here_has_the_cited_paragraf() -> None:
    numbers: dict[str, set[str]] = defaultdict(set)
    for source in ALL:
        numbers[str(source.date)] |= {p.number for p in source.paragrafer}
    citations = 0
    for source in ALL:
        for match in CITED.finditer(" ".join(texts(source))):
            day, month, year, first, iso, second = match.groups()
            date = iso or f"{year}-{MONTHS.split().index(month) + 1:02}-{int(day):02}"
            if date in numbers:
                citations += 1
                assert (first or second) in numbers[date], f"{source.name}: {match[0]}"
    assert citations >= 5, "the protokoll hang together"


@each_source
def test_a_pdf_has_two_to_eight_pages_and_each_paragraf_stands_on_one(source: Source) -> None:
    data, pages = render(source)
    if source.layout not in PDF_LAYOUTS:
        return
    pdf = pypdfium2.PdfDocument(data)
    count = len(pdf)
    pdf.close()
    assert 2 <= count <= MAX_PAGES
    assert len(pages) == len(source.paragrafer)
    assert all(1 <= page <= count for page in pages.values())


def test_words_are_divided_at_line_ends_in_the_print() -> None:
    divided = 0
    for source in ALL:
        if source.layout in PDF_LAYOUTS:
            pdf = pypdfium2.PdfDocument(render(source)[0])
            pages = [page.get_textpage() for page in pdf]
            divided += sum(len(re.findall(r"[a-zåäö]\ufffe", t.get_text_range())) for t in pages)
            pdf.close()
    assert divided >= 15


@given(
    st.lists(st.text("abcåäö" + SOFT_HYPHEN, min_size=1, max_size=30), min_size=1),
    st.integers(10, 300),
)
def test_breaking_lines_loses_no_letter_and_keeps_to_the_width(
    words: list[str], width: int
) -> None:
    font = Font("Courier", 10)  # each letter is 6 points wide
    lines = break_lines(" ".join(words), font, width)
    letters = "".join(lines).replace("-", "").replace(" ", "")
    assert letters == "".join(words).replace(SOFT_HYPHEN, "")
    assert all(font.width(line) <= width or " " not in line for line in lines)


def test_a_word_is_divided_only_at_a_soft_hyphen() -> None:
    font = Font("Courier", 10)
    text = f"en samhälls{SOFT_HYPHEN}byggnad"
    assert break_lines(text, font, 15 * 6) == ["en samhälls-", "byggnad"]
    assert break_lines(text, font, 13 * 6) == ["en samhälls-", "byggnad"]
    assert break_lines(text, font, 12 * 6) == ["en samhälls-", "byggnad"]
    assert break_lines(text, font, 11 * 6) == ["en", "samhälls-", "byggnad"]
    assert break_lines(f"2026-{SOFT_HYPHEN}2027", font, 6 * 6) == ["2026-", "2027"]


HEAD = "fil: a.pdf\nutseende: rad\nkommun: A kommun\norgan: Rådet\ndatum: 2020-01-02\n\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("fil: a.pdf\n", "the head lacks utseende, kommun, organ, datum"),
        (HEAD + "färg: röd\n", "a.txt:7: not a field of the head"),
        (HEAD + "§ 1 Titel\n\n[skvaller]\nText\n", "a.txt:9: not a kind of part"),
        (HEAD + "§ 1 Titel\n\nText utan del\n", "a.txt:9: stands before the first"),
    ],
)
def test_a_source_that_breaks_the_format_is_refused_with_its_line(
    text: str, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(SourceError, match=re.escape(reason)):
        read_source(path)


def test_a_source_is_read_as_the_readme_describes() -> None:
    source = read_source(SOURCES / "utbildningsnamnden-2001-09-18.txt")
    telephones = next(p for p in source.paragrafer if p.number == "74")
    assert (telephones.title, telephones.dnr) == (
        "Mobiltelefoner under lektionstid",
        "UN 2001/0067",
    )
    assert [part.kind for part in telephones.parts] == [
        "arende",
        "forslag",
        "beslut",
        "expediering",
    ]
    assert [s.text for s in telephones.parts[-1].stycken] == [
        "Rektorerna",
        "Elevrådet i Västerbruksskolan",
    ]
