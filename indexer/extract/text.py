"""Text as it comes out of PDF and HTML → text as it can be searched and shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

BULLET = "•"

# Bullets that office programs take from Symbol and Wingdings. They come as private-use characters
# (the font's code + U+F000): dots and squares; arrow heads, ticks and diamonds; arrows and star.
PRIVATE_BULLETS = (
    "\uf0b7\uf0a7\uf06c\uf06e\uf06f\uf0a8\uf071\uf0d8\uf0fc\uf076\uf075\uf0e0\uf0e8\uf0ab"
)
DINGBAT_FONT = re.compile(r"wingdings|webdings|dingbats|symbol", re.IGNORECASE)
# What such a font draws as a bullet when its codes are read as letters: "§" is a black square.
DINGBAT_LETTERS = frozenset("·§ØüvqnloÞ¨¡")

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}

SOFT_HYPHEN = "\u00ad"
MARK = re.compile(r"[\u0300-\u036f]")
REPEATED_MARK = re.compile(r"([\u0300-\u036f])\1{1,20}")  # å written as å + ring
LETTER_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_] ){4,60}[^\W\d_](?!\S)")


def _translations() -> Iterator[tuple[int, str | None]]:
    """Control, format and surrogate characters and non-characters vanish, odd blanks are blanks."""
    for code in (*range(0x10000), *range(0xE0000, 0xE0080)):
        category = unicodedata.category(chr(code))
        if category in ("Zs", "Zl", "Zp") or chr(code) in "\t\n\v\f\r\x85":
            yield code, " "
        elif category in ("Cc", "Cf", "Cs") or code in (0xFFFE, 0xFFFF):
            yield code, None


TRANSLATIONS: dict[int, str | None] = {
    **dict(_translations()),
    **{ord(sign): letters for sign, letters in LIGATURES.items()},
    **{ord(sign): BULLET for sign in PRIVATE_BULLETS},
    0x2010: "-",  # hyphen
    0x2011: "-",  # non-breaking hyphen
}


def clean(text: str) -> str:
    """One line of text in NFC with single blanks, none at its ends, and no invisible characters.

    A soft hyphen is kept, as ``-``, only at the end of the line, where it was printed.
    """
    if not (text.isascii() and text.isprintable()):
        if SOFT_HYPHEN in text:
            text = re.sub(SOFT_HYPHEN + r"(?=\s*$)", "-", text)
        text = unicodedata.normalize("NFC", text.translate(TRANSLATIONS))
        if MARK.search(text):
            text = REPEATED_MARK.sub(r"\1", unicodedata.normalize("NFD", text))
            text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def join_letter_spaced(text: str) -> str:
    """``P R O T O K O L L`` → ``PROTOKOLL``: five or more single letters, one blank between."""
    return LETTER_SPACED.sub(lambda run: run[0].replace(" ", ""), text)


def bullet_for_dingbat(text: str, font: str) -> str:
    """A lone sign of a symbol font is a bullet; read as a letter it may be "§" or "o"."""
    if text in DINGBAT_LETTERS and DINGBAT_FONT.search(font):
        return BULLET
    return text
