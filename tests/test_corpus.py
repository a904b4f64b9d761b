"""The format of the sources, and how their text is set on pages."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.pdf_layouts import PDF_LAYOUTS
from corpus.render import RENDERED, SOURCES, named_sources, render, sources
from corpus.source import SOFT_HYPHEN, Source, SourceError, read_source
from corpus.typesetting import Font, break_lines

ALL = list(sources())


@pytest.mark.parametrize("source", ALL, ids=lambda source: source.name)
def test_rendering_again_gives_the_committed_bytes(source: Source) -> None:
    data, _ = render(source)
    assert data == (RENDERED / source.name).read_bytes(), "run make corpus"


def test_a_name_without_a_source_is_told() -> None:
    with pytest.raises(SourceError, match="nosuch: no such source"):
        list(named_sources(["nosuch"]))


def test_words_are_divided_at_line_ends_in_the_print() -> None:
    divided = 0
    for source in ALL:
        if source.layout in PDF_LAYOUTS:
            pdf = pypdfium2.PdfDocument(RENDERED / source.name)
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
