"""What the two PDF readers hand on: pages of pieces of text, and the limits both keep."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import NamedTuple

from indexer.errors import DocumentError, TooBig

BOLD_NAME = re.compile(r"bold|black|heavy|demi(?![a-z])", re.IGNORECASE)
SCAN_LETTERS = 200  # a page covered by a picture with fewer is a scan with a stamp or footer on it
SMALLEST_SIZE = 0.1  # points; less is a broken font
FORCE_BOLD = 1 << 18  # font descriptor flag, PDF 32000-1:2008, table 123


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read at most of one file. Beyond it: TooBig."""

    max_bytes: int = 200 * 2**20
    max_pages: int = 5_000
    max_characters: int = 5_000_000

    def check_bytes(self, count: int) -> None:
        self._check(count, self.max_bytes, "bytes")

    def check_pages(self, count: int) -> None:
        self._check(count, self.max_pages, "pages")

    def check_characters(self, count: int) -> None:
        self._check(count, self.max_characters, "characters")

    def _check(self, count: int, most: int, what: str) -> None:
        if count > most:
            raise TooBig(f"too big: {count} {what}, the limit is {most}")


DEFAULT_LIMITS = Limits()


class Piece(NamedTuple):
    """A word, or what the file draws as one, where it stands on the page as displayed.

    ``x`` and ``y`` (points from the top left corner) are the start of its baseline, ``width``
    its length along the baseline, ``size`` the font size as displayed. ``turn`` is the direction
    it reads in: 0 to the right, 90 upwards, 180 upside down, 270 downwards.
    A NamedTuple because there are some 200 on a page.
    """

    text: str
    x: float
    y: float
    width: float
    size: float
    bold: bool = False
    turn: int = 0


def direction(a: float, b: float) -> int:
    """The ``turn`` nearest to the direction of (a, b), the first column of a text matrix."""
    degrees = math.degrees(math.atan2(b, a))
    return round(degrees / 90) * 90 % 360 if math.isfinite(degrees) else 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page before its lines are put together. ``pictures``: share of it that images cover."""

    width: float
    height: float
    pieces: tuple[Piece, ...]
    pictures: float


class Refused(DocumentError):
    """This reader cannot read the file; another one may."""
