"""The Swedish Hunspell dictionary as inflected forms: what the .dic and .aff files together say.

Only what is needed of Hunspell's format: suffixes with single-character flags, UTF-8, no prefixes
(the Swedish dictionary has none). Compounding is left to a later reader of the same files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

# Flags as the comments of sv_SE.aff explain them. The others make compounds (X, Y, Z, U, f, v …) or
# words in their own right from it: T hyra -> hyrare, d Ekstad -> Ekstadsbo, 7 tredje -> tredjedel.
INFLECTIONS = frozenset("ABCDEFGHIJKLMNOPQRm")
NOT_A_WORD = frozenset("%¤Z")  # forbidden; needs a suffix; only in compounds
CONSONANT_NOUN = frozenset("BCDFGHI")  # definite and plural forms of nouns: hus-et, bil-en, bil-ar
NOUN_IN_A = frozenset("CEGH")  # the same of nouns in -a: schema-t, skola-n, skol-or, histori-er

RULE = re.compile(r"SFX\s+(?P<flag>\S)\s+(?P<strip>\S+)\s+(?P<add>[^\s/]+)\s+(?P<condition>\S+)")


class Inflection(NamedTuple):
    """``form`` is ``root`` or a suffixed form of it. ``noun``: by a suffix that only nouns take."""

    form: str
    root: str
    noun: bool


@dataclass(frozen=True, slots=True)
class Suffix:
    strip: str
    add: str
    condition: re.Pattern[str] | None  # at the end of the root; None: any root

    def on(self, root: str) -> str | None:
        """The suffixed form, or None where the rule does not apply."""
        if not root.endswith(self.strip) or (self.condition and not self.condition.search(root)):
            return None
        return root.removesuffix(self.strip) + self.add


Suffixes = dict[str, tuple[Suffix, ...]]


def read_suffixes(aff: str) -> Suffixes:
    """The inflecting suffixes of an .aff file's text, by flag.

    A rule whose addition has a slash makes a form for compounds, not a word.
    """
    found: Suffixes = {}
    for line in aff.splitlines():
        rule = RULE.match(line)
        if rule and rule["flag"] in INFLECTIONS:
            suffix = Suffix(
                strip=rule["strip"].removeprefix("0"),
                add=rule["add"].removeprefix("0"),
                condition=None if rule["condition"] == "." else re.compile(rule["condition"] + "$"),
            )
            found[rule["flag"]] = (*found.get(rule["flag"], ()), suffix)
    return found


def inflections(dic: Iterable[str], suffixes: Suffixes) -> Iterator[Inflection]:
    """Every form of every root in the lines of a .dic file, the roots themselves too."""
    for line in dic:
        root, _, flags = line.rstrip("\n").partition("\t")[0].partition("/")
        if root.isalpha() and NOT_A_WORD.isdisjoint(flags):
            yield Inflection(root, root, False)
            yield from _suffixed(root, flags, suffixes)


def _suffixed(root: str, flags: str, suffixes: Suffixes) -> Iterator[Inflection]:
    noun_flags = NOUN_IN_A if root.endswith("a") else CONSONANT_NOUN
    for flag in flags:
        for suffix in suffixes.get(flag, ()):
            form = suffix.on(root)
            if form:
                yield Inflection(form, root, flag in noun_flags)
