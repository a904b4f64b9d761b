"""Compares the parse of a rendering with its source: ``python -m corpus.gold [NAME …]``.

A name is that of a source in ``kalla/``, or a path; without names all are compared.
Each difference is one line; the exit code is 1 if there are any.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from corpus.pdf_layouts import PDF_LAYOUTS
from corpus.render import UNREADABLE, named_sources, render
from corpus.source import SOFT_HYPHEN, Source, SourceError
from corpus.source import Part as SourcePart
from indexer.errors import DocumentError
from indexer.extract.document import read_document
from indexer.model import Part, PartKind, Protokoll, Speaker
from indexer.structure import structure

# A stretch of a §: kind, names and parties of the speakers, text without blanks and hyphens.
Stretch = tuple[str, tuple[str, ...], str]
AROUND = 30  # letters shown before and after the place where two texts part


def differences(source: Source, protokoll: Protokoll, pages: dict[int, int]) -> Iterator[str]:
    """What the parse has that the source has not, and the other way round.

    ``pages`` is where each § stands (from 0, from 1), as the renderer says; empty for HTML.
    """
    yield from _head(source, protokoll)
    yield from _headings(source, protokoll, pages)
    for gold, found in zip(source.paragrafer, protokoll.paragrafer, strict=False):
        yield from _stretches(
            f"§ {gold.number}",
            _merged(_of_source(gold.parts)),
            _merged(_of_parse(found.parts, protokoll.text)),
        )
    kinds = {part.kind for part in protokoll.front}
    for kind in sorted({part.kind for part in source.front} - {PartKind.TEXT} - kinds):
        yield f"before the first §: nothing of kind {kind}"


def _head(source: Source, protokoll: Protokoll) -> Iterator[str]:
    body = protokoll.body or ""
    if not body.casefold().startswith(source.body.casefold()):
        yield f"body: {body!r}, source {source.body!r}"
    if protokoll.dates != (source.date,):
        yield f"dates: {', '.join(map(str, protokoll.dates))}, source {source.date}"
    if source.number and protokoll.number != source.number:
        yield f"number: {protokoll.number}, source {source.number}"


def _headings(source: Source, protokoll: Protokoll, pages: dict[int, int]) -> Iterator[str]:
    """§§ with number, title, dnr and page."""
    gold = [
        (p.number, _squeezed(p.title or ""), p.dnr, pages.get(index))
        for index, p in enumerate(source.paragrafer)
    ]
    found = [
        (
            p.number,
            _squeezed(p.title.of(protokoll.text)) if p.title else "",
            p.dnr,
            p.page if pages else None,
        )
        for p in protokoll.paragrafer
    ]
    yield from (f"§: {item} is not in the source" for item in found if item not in gold)
    yield from (f"§: {item} was not found" for item in gold if item not in found)
    if sorted(map(str, gold)) == sorted(map(str, found)) and gold != found:
        yield "§§ in another order than in the source"


def _stretches(where: str, gold: list[Stretch], found: list[Stretch]) -> Iterator[str]:
    if gold == found:
        return
    match = SequenceMatcher(None, gold, found, autojunk=False)
    for kind, g0, g1, f0, f1 in match.get_opcodes():
        if kind != "equal":
            yield f"{where}: found {_shown(found[f0:f1])}\n    source {_shown(gold[g0:g1])}"


def _shown(stretches: list[Stretch]) -> str:
    lines = []
    for kind, who, text in stretches:
        ends = text if len(text) <= 2 * AROUND else f"{text[:AROUND]}…{text[-AROUND:]}"
        lines.append(f"[{kind}{': ' if who else ''}{'; '.join(who)}] {ends}")
    return " + ".join(lines) or "nothing"


def _squeezed(text: str) -> str:
    """Blanks and hyphens depend on where lines end; bullets and numbers of lists on the layout."""
    text = re.sub(r"^(?:•|\d{1,2}\.) ", "", text, flags=re.MULTILINE)
    return re.sub(rf"[\s{SOFT_HYPHEN}-]", "", text)


def _names(speakers: Iterable[Speaker]) -> tuple[str, ...]:
    return tuple(f"{s.name} ({s.party})" if s.party else s.name for s in speakers)


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Neighbours of one kind and the same speakers are one stretch."""
    out: list[Stretch] = []
    for kind, who, text in stretches:
        if out and out[-1][:2] == (kind, who):
            text = out.pop()[2] + text
        out.append((kind, who, text))
    return out


def _of_source(parts: Iterable[SourcePart]) -> Iterator[Stretch]:
    for part in parts:
        texts = [part.label or "", *(stycke.text for stycke in part.stycken)]
        yield part.kind, _names(part.speakers), _squeezed("\n".join(texts))


def _of_parse(parts: Iterable[Part], text: str) -> Iterator[Stretch]:
    for part in parts:
        yield part.kind, _names(part.speakers), _squeezed(part.span.of(text))


def compared(source: Source) -> list[str]:
    """Render, parse, compare. The rendering is made anew, so that ``protokoll/`` is not needed."""
    data, pages = render(source)
    try:
        protokoll = structure(read_document(data, source.name))
    except DocumentError as error:
        return [f"refused: {error}"]
    return list(differences(source, protokoll, pages if source.layout in PDF_LAYOUTS else {}))


def main(names: list[str]) -> str | None:
    """Print the differences; what is wrong with the sources, or that there are some."""
    count = 0
    try:
        for source in named_sources(names):
            if source.layout not in UNREADABLE:
                found = compared(source)
                count += len(found)
                print(f"{source.name}: {f'{len(found)} differences' if found else 'as the source'}")
                print("".join(f"  {line}\n" for line in found), end="")
    except SourceError as error:
        return str(error)
    return f"{count} differences" if count else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
