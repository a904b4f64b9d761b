"""Which terms and values an engine takes: the same for all, or their answers would differ."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.engines.base import MAX_TERM_BYTES, Terms

_SURELY_SHORT = MAX_TERM_BYTES // 4  # characters; UTF-8 has at most four bytes for each


def fits(term: str) -> bool:
    """Whether a term or value can be in an index: not empty, not too long, no lone surrogate."""
    try:
        return 0 < len(term.encode()) <= MAX_TERM_BYTES
    except UnicodeEncodeError:
        return False


def fitting(values: Iterable[str]) -> tuple[str, ...]:
    """The values that fit, each once."""
    return tuple(value for value in dict.fromkeys(values) if fits(value))


def admitted(terms: Terms) -> Terms:
    """The terms that fit. What is left out leaves its position empty."""
    if _all_fit(terms):
        return terms
    return tuple(tuple(term for term in at if fits(term)) for at in terms)


def _all_fit(terms: Terms) -> bool:
    """A quick look that spares most passages the slow one."""
    flat = [term for at in terms for term in at]
    if not all(flat) or max(map(len, flat), default=0) > _SURELY_SHORT:
        return False
    try:
        "".join(flat).encode()
    except UnicodeEncodeError:
        return False
    return True
