"""Words of a text, each with its place in the text as it was given.

A token is a run of letters and digits; everything else divides (hyphen, slash, colon, dot,
apostrophe, §). Marks that combine with a letter belong to it. Invisible characters inside a word
(soft hyphen, zero-width ones) are in the token's span but not in its word. The text itself is
never normalised, so spans need no map back to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from indexer.model import Span

LONGEST_WORD = 200  # characters of a surface form; longer ones are debris and not indexed

# Soft hyphen, zero-width characters, directions of writing, byte order mark.
INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"

# `re` has no name for combining marks, and \w leaves them out. None lies below U+0300.
MARKS = "".join(chr(n) for n in range(0x300, 0x10000) if unicodedata.category(chr(n))[0] == "M")

# Linear: no two neighbouring repeats can match the same character.
WORD = re.compile(
    rf"""
    [^\W_]+                             # letters and digits
    (?: [{MARKS}{INVISIBLE}]+ [^\W_]+ )*    # what may stand between them
    [{MARKS}]*                          # the last letter's marks
    """,
    re.VERBOSE,
)

SWEDISH = re.compile("[a-zåäöA-ZÅÄÖ0-9]+")  # IGNORECASE would let the sign of kelvin in
ACCENTED = re.compile("(.)([\u0300-\u036f]+)", re.DOTALL)
UNSEEN = re.compile(f"[{INVISIBLE}]+")

# Letters without a decomposition, as they are sorted in Swedish (ø at ö, æ at ä) or typed by one
# who lacks the key. Low and high digits as they are typed (CO₂, m²).
FOLDED = str.maketrans(
    {"ø": "ö", "æ": "ä", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | dict(zip("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789" * 2, strict=True))
)


@dataclass(frozen=True, slots=True)
class Token:
    """``word`` is ``surface(text[span.start:span.end])``, never empty, without blanks."""

    span: Span
    word: str


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The words of ``text[start:end]`` in order; spans count from the start of ``text``.

    A word longer than LONGEST_WORD is left out and takes no position.
    """
    for match in WORD.finditer(text, start, len(text) if end is None else end):
        word = surface(match[0])
        if len(word) <= LONGEST_WORD:
            yield Token(Span(*match.span()), word)


def words(text: str) -> list[str]:
    """The words of ``tokens`` without their places, in a third of the time: for indexing."""
    found = map(surface, WORD.findall(text))
    return [word for word in found if len(word) <= LONGEST_WORD]


def surface(word: str) -> str:
    """The form in which words are compared: NFC, case folded, invisible characters gone.

    Of the accents only those of å, ä and ö are kept: "idé" and "ide", "Müller" and "muller" are
    the same word, "har" and "hår" are not.
    """
    return word.lower() if word.isascii() or SWEDISH.fullmatch(word) else _folded(word)


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    folded = unicodedata.normalize("NFD", UNSEEN.sub("", word)).casefold().translate(FOLDED)
    plain = ACCENTED.sub(_without_accents, unicodedata.normalize("NFD", folded))
    return unicodedata.normalize("NFC", plain)


def _without_accents(match: re.Match[str]) -> str:
    """The letter with its first Swedish mark: the ring of å or the dots of ä, ö."""
    letter, marks = match.groups()
    swedish = {"a": "\u030a\u0308", "o": "\u0308"}.get(letter, "")
    return letter + next((mark for mark in marks if mark in swedish), "")
