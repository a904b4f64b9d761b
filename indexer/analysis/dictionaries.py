"""Where the Swedish dictionaries lie on this machine, in which versions, and what is in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata, resources
from pathlib import Path

from simplemma.strategies import DefaultDictionaryFactory

from indexer.analysis.tokens import surface
from indexer.errors import IndexerError

SYSTEM_FOLDER = Path("/usr/share/hunspell")  # Debian's hunspell-sv
OVERRIDES = "lemmas.txt"


class DictionaryError(IndexerError):
    """A dictionary is not there, or our list of overrides has a line that says nothing."""


@dataclass(frozen=True, slots=True)
class Hunspell:
    """``version`` of a dictionary that no package owns is a digest of its content."""

    dic: Path
    aff: Path
    version: str


def hunspell() -> Hunspell:
    """The Swedish dictionary of the package hunspell-sv, or else the system's."""
    try:
        package = metadata.distribution("hunspell-sv")
    except metadata.PackageNotFoundError:
        return _of_the_system()
    for file in package.files or ():
        dic = Path(str(package.locate_file(file))).resolve()
        if dic.name == "sv_SE.dic" and dic.is_file():
            return Hunspell(dic, dic.with_suffix(".aff"), package.version)
    return _of_the_system()


def _of_the_system() -> Hunspell:
    dic, aff = SYSTEM_FOLDER / "sv_SE.dic", SYSTEM_FOLDER / "sv_SE.aff"
    if not dic.is_file() or not aff.is_file():
        raise DictionaryError("no Swedish dictionary; install the Python package hunspell-sv")
    return Hunspell(dic, aff, f"system-{digest(dic.read_bytes() + aff.read_bytes())}")


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def lemma_pairs() -> Iterator[tuple[str, str]]:
    """simplemma's Swedish (form, lemma), as spelled there."""
    yield from DefaultDictionaryFactory().get_dictionary("sv").items()


def overrides_text() -> str:
    return (resources.files("indexer.analysis") / "data" / OVERRIDES).read_text("utf-8")


def read_overrides(text: str) -> dict[str, tuple[str, ...]]:
    """Lines ``form = lemma, lemma … # why``, by form; lemmas sorted."""
    found = {}
    for number, line in enumerate(text.splitlines(), 1):
        entry = line.partition("#")[0].strip()
        if entry:
            form, _, lemmas = entry.partition("=")
            words = tuple(sorted(surface(lemma.strip()) for lemma in lemmas.split(",")))
            if not form.strip() or not all(words):
                raise DictionaryError(f"{OVERRIDES}, line {number}: not of the form word = lemma")
            found[surface(form.strip())] = words
    return found
