"""Where the Swedish dictionaries lie on this machine, in which versions, and what is in them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import metadata, resources
from pathlib import Path

from simplemma.strategies import DefaultDictionaryFactory

from indexer.analysis.tokens import surface
from indexer.errors import IndexerError

SYSTEM_FOLDER = Path("/usr/share/hunspell")  # Debian's hunspell-sv
OVERRIDES = "lemmas.txt"


class DictionaryError(IndexerError):
    """A dictionary is not there, or a line of our overrides says nothing."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What a lexicon is made of. Equal ``version``, equal content."""

    dic: Path
    aff: Path
    lemma_pairs: Callable[[], Iterable[tuple[str, str]]]  # (form, lemma); takes seconds to load
    overrides: str  # the text of data/lemmas.txt
    version: str


def installed() -> Sources:
    """hunspell-sv, simplemma and our overrides. Raises DictionaryError."""
    dic, hunspell_version = _hunspell()
    overrides = (resources.files("indexer.analysis") / "data" / OVERRIDES).read_text("utf-8")
    return Sources(
        dic=dic,
        aff=dic.with_suffix(".aff"),
        lemma_pairs=_simplemma,
        overrides=overrides,
        version=f"simplemma {metadata.version('simplemma')} hunspell-sv {hunspell_version}"
        f" overrides {digest(overrides.encode())}",
    )


def _hunspell() -> tuple[Path, str]:
    """The .dic file of the package hunspell-sv or else the system's, and its version.

    The package's list of files is asked, since the folder differs with the way of installing.
    """
    try:
        package = metadata.distribution("hunspell-sv")
    except metadata.PackageNotFoundError:
        return _of_the_system()
    for file in package.files or ():
        dic = Path(str(package.locate_file(file))).resolve()
        if dic.name == "sv_SE.dic" and dic.is_file():
            return dic, package.version
    return _of_the_system()


def _of_the_system() -> tuple[Path, str]:
    """No package tells its version, so a digest of the content does."""
    dic, aff = SYSTEM_FOLDER / "sv_SE.dic", SYSTEM_FOLDER / "sv_SE.aff"
    if not dic.is_file() or not aff.is_file():
        raise DictionaryError("no Swedish dictionary; install the Python package hunspell-sv")
    return dic, f"of the system {digest(dic.read_bytes() + aff.read_bytes())}"


def _simplemma() -> Iterable[tuple[str, str]]:
    return DefaultDictionaryFactory().get_dictionary("sv").items()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def read_overrides(text: str) -> dict[str, tuple[str, ...]]:
    """Lines ``form = lemma, lemma …  # why``, by form; lemmas sorted. Raises DictionaryError."""
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
