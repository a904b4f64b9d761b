"""The orders of date as numbers: ascending keys that carry their tie-breaker, undated last."""

from __future__ import annotations

import datetime as dt

from indexer.engines.base import ORDINAL_BITS, PROTOKOLL_BITS

ORDER_BITS = PROTOKOLL_BITS + ORDINAL_BITS
_UNDATED = (1 << (64 - ORDER_BITS)) - 1  # so that day and order together fit 64 bits without a sign
FIRST_DAY = dt.date(1800, 1, 1).toordinal()
LAST_DAY = FIRST_DAY + _UNDATED - 1  # in 2158
"""Dates outside are sorted as if on these days, which is what to expect of a misprint."""


def oldest_key(date: dt.date | None, order: int) -> int:
    return (_UNDATED if date is None else _day(date) - FIRST_DAY) << ORDER_BITS | order


def newest_key(date: dt.date | None, order: int) -> int:
    return (_UNDATED if date is None else LAST_DAY - _day(date)) << ORDER_BITS | order


def _day(date: dt.date) -> int:
    return min(max(date.toordinal(), FIRST_DAY), LAST_DAY)
