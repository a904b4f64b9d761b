"""Cleaning of text: what is seen stays, what is not seen goes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract.text import bullet_for_dingbat, clean, join_letter_spaced

CASES = [
    ("Kommunstyrelsen beslutar", "Kommunstyrelsen beslutar"),
    ("  två   blanka  ", "två blanka"),
    ("fast\u00a0blank och\u2009tunn", "fast blank och tunn"),
    ("tabb\tbrytning\nrad", "tabb brytning rad"),
    ("a\u030angstro\u0308m", "ångström"),
    ("på\u030a väg", "på väg"),
    ("bla\u030a\u030a", "blå"),
    ("sekretess\u00adären\u00adde", "sekretessärende"),
    ("sekretess\u00ad", "sekretess-"),
    ("sekretess\u00ad  ", "sekretess-"),
    ("osyn\u200bligt\u200e\u202a\ufeff", "osynligt"),
    ("styr\x00tec\x07ken\x9f", "styrtecken"),
    ("halv\ud83d par\udc00", "halv par"),
    ("hel 😀", "hel 😀"),
    ("icke\ufffetecken\uffff", "icketecken"),
    ("ﬁnansiell ﬂod aﬀär", "finansiell flod affär"),
    ("\uf0b7 punkt", "• punkt"),
    ("\uf0a7 ruta", "• ruta"),
    ("icke\u2011brytande", "icke-brytande"),
    ("§ 12 – ”citat”", "§ 12 – ”citat”"),
    ("10 m² och ½", "10 m² och ½"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "cleaned"), CASES)
def test_what_is_not_seen_is_removed_and_what_is_seen_stays(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text(st.characters(codec=None), max_size=60))
def test_cleaned_text_is_nfc_in_one_line_without_invisible_characters(text: str) -> None:
    cleaned = clean(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert "  " not in cleaned
    assert not [c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]
    cleaned.encode("utf-8")


@given(st.text(st.characters(codec=None), max_size=60))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("P R O T O K O L L", "PROTOKOLL"),
        ("K a l l e l s e 2024", "Kallelse 2024"),
        ("den K A L L E L S E som", "den KALLELSE som"),
        ("S M V", "S M V"),  # parties
        ("X Y Z Å", "X Y Z Å"),
        ("1 2 3 4 5 6", "1 2 3 4 5 6"),  # the numbers of a table
        ("a b c d e:", "a b c d e:"),
    ],
)
def test_five_letters_with_blanks_between_are_one_word(text: str, joined: str) -> None:
    assert join_letter_spaced(text) == joined


@pytest.mark.parametrize(
    ("text", "font", "shown"),
    [
        ("§", "ABCDEF+Wingdings-Regular", "•"),
        ("o", "Wingdings", "•"),
        ("·", "SymbolMT", "•"),
        ("§", "ArialMT", "§"),
        ("≥", "SymbolMT", "≥"),
        ("och", "Wingdings", "och"),
    ],
)
def test_a_letter_of_a_dingbat_font_is_a_bullet(text: str, font: str, shown: str) -> None:
    assert bullet_for_dingbat(text, font) == shown
