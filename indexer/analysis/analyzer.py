"""From a word to the terms it is indexed under and asked for by; both ends use the same one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache, partial
from pathlib import Path

import Stemmer

from indexer.analysis.dictionaries import installed
from indexer.analysis.lexicon import Lexicon, version

REMEMBERED = 200_000  # words; the terms of a word are worked out once while it stays among them

# A stem says something only of a long word: "bar" is the stem of "bara" as well.
SHORTEST_LEMMA_TO_STEM = 5
SHORTEST_STEM = 4
SHORTEST_GENITIVE = 5  # of a name no dictionary has: "Lergärdets", but not "Lars"


class Kind(StrEnum):
    """What a term is of the word; written before it. The later parts of compounds: H, M."""

    LEMMA = "L:"
    STEM = "S:"
    HEAD = "H:"
    MODIFIER = "M:"


class Analyzer:
    """Safe to share among threads. Maps the lexicon, so it opens in milliseconds."""

    def __init__(self, lexicon: Lexicon, version: str) -> None:
        self.version = version
        # Holds no reference to self, so that the mapping goes when the analyzer does.
        self._terms = lru_cache(maxsize=REMEMBERED)(partial(_terms, lexicon, _stemmer()))

    @classmethod
    def open(cls, cache: Path) -> Analyzer:
        """Raises LexiconMissing or LexiconDamaged."""
        sources = installed()
        return cls(Lexicon.open(cache, sources), version(sources))

    def terms(self, word: str) -> tuple[str, ...]:
        """The kind-tagged terms of a surface form: lemmas, then stems; at least one lemma."""
        return self._terms(word)


def _stemmer() -> Callable[[str], str]:
    """Snowball's Swedish stemmer. Its object has a buffer that threads must not share."""
    stemmer = Stemmer.Stemmer("swedish", 0)  # 0: no cache of its own, whole results are kept
    lock = threading.Lock()

    def stem(word: str) -> str:
        with lock:
            return str(stemmer.stemWord(word))

    return stem


def _terms(lexicon: Lexicon, stem: Callable[[str], str], word: str) -> tuple[str, ...]:
    lemmas = lexicon.lemmas(word) or _guessed(word)
    long = (stem(lemma) for lemma in lemmas if _may_be_stemmed(lemma))
    stems = dict.fromkeys(word for word in long if len(word) >= SHORTEST_STEM)
    return (
        *(f"{Kind.LEMMA}{lemma}" for lemma in lemmas),
        *(f"{Kind.STEM}{word}" for word in stems),
    )


def _guessed(word: str) -> tuple[str, ...]:
    """The lemmas of a word that is in no dictionary: most often a name, in the genitive or not."""
    if word.isalpha() and word.endswith("s") and len(word) >= SHORTEST_GENITIVE:
        return (word, word[:-1])
    return (word,)


def _may_be_stemmed(lemma: str) -> bool:
    return len(lemma) >= SHORTEST_LEMMA_TO_STEM and lemma.isalpha()
