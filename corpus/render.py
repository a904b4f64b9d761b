"""Renders the sources of ``kalla/`` to ``protokoll/``: ``python -m corpus.render [NAME …]``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from corpus.html_layouts import HTML_LAYOUTS
from corpus.pdf_blocks import render_pdf
from corpus.pdf_layouts import PDF_LAYOUTS
from corpus.source import Source, SourceError, read_source
from corpus.typesetting import write_scan

HERE = Path(__file__).parent
SOURCES = HERE / "kalla"
RENDERED = HERE / "protokoll"
SCANNED, ERROR_PAGE, CUT_OFF = "skannad", "felsida", "avbruten"
UNREADABLE = frozenset({SCANNED, ERROR_PAGE, CUT_OFF})  # the parser finds no protokoll in them
ARRIVED = 900  # bytes of a file that was cut off: less than its first page


def sources() -> Iterator[Source]:
    """Every source, in the order of the file names; one printed in two ways comes twice."""
    return named_sources(())


def named_sources(names: Iterable[str]) -> Iterator[Source]:
    """The sources of these names in ``kalla/``, or at these paths; all when there are none.

    Raises SourceError for a name that has no source.
    """
    for path in [_path(name) for name in names] or sorted(SOURCES.glob("*.txt")):
        source = read_source(path)
        yield source
        if source.also:
            name = Path(source.name).with_suffix(".html").name
            yield replace(source, name=name, layout=source.also, also=None)


def _path(name: str) -> Path:
    for path in (Path(name), SOURCES / f"{name.removesuffix('.txt')}.txt"):
        if path.is_file():
            return path
    raise SourceError(f"{name}: no such source in {SOURCES}")


def render(source: Source) -> tuple[bytes, dict[int, int]]:
    """The file, and in a PDF the page (from 1) of each § (counted from 0)."""
    if source.layout in PDF_LAYOUTS:
        return render_pdf(source, PDF_LAYOUTS[source.layout])
    if source.layout in HTML_LAYOUTS:
        return HTML_LAYOUTS[source.layout](source), {}
    if source.layout == SCANNED:
        images = sorted(SOURCES.glob(f"{Path(source.name).stem}-sida-*.jpg"))
        return write_scan(images, source.body), {}
    if source.layout == CUT_OFF:
        return render_pdf(source, PDF_LAYOUTS["punkter"])[0][:ARRIVED], {}
    raise SourceError(f"{source.name}: no such layout: {source.layout}")


def main(names: list[str]) -> str | None:
    """Write the renderings; what is wrong with a source, if anything."""
    try:
        for source in named_sources(names):
            data, _ = render(source)
            (RENDERED / source.name).write_bytes(data)
            print(f"{source.name} ({source.layout}, {len(data):,} bytes)")
    except SourceError as error:
        return str(error)
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
