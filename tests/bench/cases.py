"""What is asked: queries of a dozen classes, picked so that the classes mean what they say."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from indexer.analysis.analyzer import Analyzer
from indexer.engines.base import Attribute, Field, Near, Search, Sort
from search_app.retrieval.live_index import OpenIndex
from search_app.retrieval.query_language import read_query
from search_app.retrieval.stop_words import STOP_WORDS
from tests.bench.archive import PHRASES

COUNTED = (Attribute.BODY, Attribute.YEAR, Attribute.SPEAKER)
NEAR = 5  # positions
BANDS = {  # shares of all passages that the words of a class are found in
    "rare": (0.0002, 0.001),
    "2 %": (0.012, 0.03),
    "30 %": (0.2, 0.45),
}
PREFIXES = (
    *("bibliotek", "bostad", "budget", "fastighet", "förslag", "granskning", "kommun", "lärar"),
    *("miljö", "nämnd", "park", "utbildning"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """``text``: as a person types it; "" where the language has no words for it."""

    kind: str
    search: Search
    text: str = ""


class Picker:
    """Finds the words for each class in an index, in an order that depends on the seed alone."""

    def __init__(self, index: OpenIndex, analyzer: Analyzer, frequency: Counter[str]) -> None:
        self._index = index
        self._analyzer = analyzer
        self._passages = index.generation.about.passages
        self._frequency = frequency
        self._rng = random.Random(1)
        self.words = {name: self._in_band(*band) for name, band in BANDS.items()}

    def cases(self) -> Iterator[Case]:
        rare, some, many = (self.words[name] for name in BANDS)
        for name in BANDS:
            yield from (self._read(name, word) for word in self.words[name])
        pairs = [*list(zip(some, many, strict=False))[:10], *list(pairwise(some))[:6]]
        yield from (self._read("and of 2", f"{a} {b}") for a, b in pairs)
        for start in range(16):
            five = [some[start % len(some)], *islice(_round(some, start + 1), 2)]
            five += [many[start % len(many)], rare[start % len(rare)]]
            yield self._read("or of 5", " ELLER ".join(dict.fromkeys(five)))
        yield from (self._read("phrase", f'"{phrase}"') for phrase in PHRASES)
        yield from (self._read("phrase", f'"{a} {b}"') for a, b in pairs[:8])
        yield from (Case("near", Search(_near(a, b))) for a, b in self._frequent_pairs(16))
        yield from (self._read("prefix", f"{prefix}*") for prefix in PREFIXES)
        yield from self._narrowed(some, many)

    def _narrowed(self, some: Sequence[str], many: Sequence[str]) -> Iterator[Case]:
        mixed = [word for two in zip(some, many, strict=False) for word in two][:16]
        for word in mixed:
            first = self._rng.randrange(1995, 2018)
            yield self._read("dates", f"{word} år:{first}..{first + 3}")
        for word in many[:12]:
            yield self._read("facets", word, facets=COUNTED)
        for word in mixed:
            yield self._read("newest", word, sort=Sort.NEWEST)
        bodies = [body.label for body in self._index.values(Attribute.BODY)]
        for word, body in zip(mixed, _round(bodies, 0), strict=False):
            yield self._read("body", f'{word} organ:"{body}"')

    def _read(
        self,
        kind: str,
        text: str,
        *,
        sort: Sort = Sort.RELEVANCE,
        facets: tuple[Attribute, ...] = (),
    ) -> Case:
        read = read_query(text, self._analyzer, self._index)
        return Case(kind, Search(read.query, read.filters, sort, facets=facets), text)

    def _in_band(self, low: float, high: float, wanted: int = 20) -> list[str]:
        """Words that the product finds in such a share of the passages, inflections included."""
        most = high * self._passages
        known = sorted(w for w, n in self._frequency.items() if n <= most and len(w) > 3)
        known = [word for word in known if word not in STOP_WORDS and word.isalpha()]
        if low > 0.1:  # there are few, so begin with the most frequent
            known.sort(key=lambda word: -self._frequency[word])
        else:
            self._rng.shuffle(known)
        found = (word for word in known if low * self._passages <= self._total(word) <= most)
        return list(islice(found, wanted))

    def _total(self, word: str) -> int:
        search = replace(self._read("", word).search, limit=1)
        return self._index.engine.search(search).total

    def _frequent_pairs(self, count: int) -> list[tuple[str, str]]:
        """Common words as they are written."""
        words = [w for w, _ in self._frequency.most_common(400) if w not in STOP_WORDS]
        drawn = self._rng.sample(words, 2 * count)
        return list(zip(drawn[::2], drawn[1::2], strict=True))


def _near(left: str, right: str) -> Near:
    return Near(Field.TEXT_EXACT, (left,), (right,), NEAR)


def _round(items: Sequence[str], start: int) -> Iterator[str]:
    """The items from one on, again and again."""
    while True:
        yield items[start % len(items)]
        start += 1
