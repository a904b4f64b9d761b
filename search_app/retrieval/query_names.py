"""The names in the archive, found by what people type of them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

Words = tuple[str, ...]
AFTER_ALL_LETTERS = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Value:
    """A value of an attribute and its name for people; the same where it has none."""

    value: str
    label: str


class Names:
    """The values of an attribute, looked up in time that hardly grows with their number."""

    def __init__(self, values: tuple[Value, ...]) -> None:
        self._values = values

    def equal(self, name: str) -> tuple[Value, ...]:
        """The values that are the name, in capitals or not."""
        wanted = name.casefold()
        return tuple(one for one in self._values if one.value.casefold() == wanted)

    def beginning(self, name: str) -> tuple[Value, ...]:
        """The values of which words begin as all the words of the name do; å, ä and ö may be typed
        a and o where nothing is spelt as the name is."""
        found = _all_begun(_words(name), self._by_word)
        return self._at(found or _all_begun(_plain_words(name), self._by_plain_word))

    def called_or_beginning(self, name: str) -> tuple[Value, ...]:
        """The values with just this name or slug, else those of ``beginning``."""
        wanted = name.casefold()
        exact = (one for one in self._values if wanted in (one.value, one.label.casefold()))
        return tuple(exact) or self.beginning(name)

    def _at(self, places: set[int]) -> tuple[Value, ...]:
        return tuple(self._values[at] for at in sorted(places))

    @cached_property
    def _by_word(self) -> list[tuple[str, int]]:
        return self._sorted(_words)

    @cached_property
    def _by_plain_word(self) -> list[tuple[str, int]]:
        return self._sorted(_plain_words)

    def _sorted(self, words_of: Callable[[str], Words]) -> list[tuple[str, int]]:
        """Each word of each label with the place of its value."""
        return sorted(
            (word, at) for at, one in enumerate(self._values) for word in words_of(one.label)
        )


def _all_begun(wanted: Words, by_word: list[tuple[str, int]]) -> set[int]:
    """Where words begin as each of the wanted do; without any: nowhere."""
    found: set[int] | None = None
    for word in wanted:
        first = bisect_left(by_word, (word, 0))
        last = bisect_left(by_word, (word + AFTER_ALL_LETTERS, 0))
        here = {at for _, at in by_word[first:last]}
        found = here if found is None else found & here
    return found or set()


@lru_cache(maxsize=50_000)
def _words(name: str) -> Words:
    return tuple(re.findall(r"[^\W_]+", name.casefold()))


@lru_cache(maxsize=50_000)
def _plain_words(name: str) -> Words:
    parts = unicodedata.normalize("NFD", name)
    return _words("".join(part for part in parts if not unicodedata.combining(part)))
