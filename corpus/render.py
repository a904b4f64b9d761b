"""Renders every source of ``kalla/`` to ``protokoll/``: ``python -m corpus.render``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.html_layouts import HTML_LAYOUTS
from corpus.pdf_blocks import render_pdf
from corpus.pdf_layouts import PDF_LAYOUTS
from corpus.source import Source, SourceError, read_source
from corpus.typesetting import write_scan

HERE = Path(__file__).parent
SOURCES = HERE / "kalla"
RENDERED = HERE / "protokoll"


def sources() -> Iterator[Source]:
    """Every source, in the order of the file names."""
    for path in sorted(SOURCES.glob("*.txt")):
        yield read_source(path)


def render(source: Source) -> tuple[bytes, dict[int, int]]:
    """The file, and in a PDF the page (from 1) of each § (counted from 0)."""
    if source.layout in PDF_LAYOUTS:
        return render_pdf(source, PDF_LAYOUTS[source.layout])
    if source.layout in HTML_LAYOUTS:
        return HTML_LAYOUTS[source.layout](source), {}
    if source.layout == "skannad":
        images = sorted(SOURCES.glob(f"{Path(source.name).stem}-sida-*.jpg"))
        return write_scan(images, source.body), {}
    raise SourceError(f"{source.name}: no such layout: {source.layout}")


def main() -> None:
    for source in sources():
        data, _ = render(source)
        (RENDERED / source.name).write_bytes(data)
        print(f"{source.name} ({source.layout}, {len(data):,} bytes)")


if __name__ == "__main__":
    main()
