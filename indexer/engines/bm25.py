"""BM25 as tantivy counts it: lengths rounded to one byte, numbers of 32 bits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

K1 = np.float32(1.2)
B = np.float32(0.75)

Floats = NDArray[np.float32]


def _length_of_byte(code: int) -> int:
    """Exact to 40, then with a mantissa of four bits: the table of Lucene and tantivy."""
    if code < 24:
        return code
    mantissa, shift = (code - 24) & 7, ((code - 24) >> 3) - 1
    return 24 + (mantissa if shift < 0 else (mantissa | 8) << shift)


_LENGTHS = np.array([_length_of_byte(code) for code in range(256)], dtype=np.int64)


def quantised(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The lengths as an index of one byte keeps them: rounded down."""
    return _LENGTHS[np.searchsorted(_LENGTHS, lengths, side="right") - 1]


def norms(lengths: NDArray[np.int64]) -> Floats:
    """For each passage what is added to tf below the line. The average is of exact lengths."""
    average = np.float32(max(lengths.sum(), 1) / max(len(lengths), 1))
    share = quantised(lengths).astype(np.float32) / average
    norm: Floats = K1 * (np.float32(1) - B + B * share)
    return norm


def scores(tf: Floats, norm: Floats, passages: int, weight: float) -> Floats:
    """What a term adds to each of the passages it is in, ``tf`` times; ``passages`` in all."""
    found = len(tf)
    idf = np.log1p(np.float32((passages - found + 0.5) / (found + 0.5)), dtype=np.float32)
    score: Floats = np.float32(weight) * (idf * (np.float32(1) + K1)) * (tf / (tf + norm))
    return score
