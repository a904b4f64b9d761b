"""Makes the page images of a scanned protokoll: ``python -m corpus.scan corpus/kalla/NAME.txt``.

Run by hand, and its images are committed beside the source: their bytes depend on the versions of
PDFium and Pillow, so that rendering must not make them anew.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageFilter

from corpus.pdf_blocks import render_pdf
from corpus.pdf_layouts import SKRIVMASKIN
from corpus.source import read_source

DOTS_PER_INCH = 200
PAPER, SPECKS = 236, 60  # grey of the paper; dark specks on each page
TILT = 0.5  # degrees, at most, to either side


def main(path: Path) -> None:
    chance = random.Random(path.stem)
    data, _ = render_pdf(read_source(path), SKRIVMASKIN)
    pdf = pypdfium2.PdfDocument(data)
    for number, page in enumerate(pdf, start=1):
        image = page.render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil()
        target = path.with_name(f"{path.stem}-sida-{number}.jpg")
        _scanned(image, chance).save(target, quality=45, dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
        print(target)
    pdf.close()


def _scanned(image: Image.Image, chance: random.Random) -> Image.Image:
    """Tilt, blur and dirty the page a little."""
    for _ in range(SPECKS):
        spot = chance.randrange(image.width - 2), chance.randrange(image.height - 2)
        image.paste(chance.randrange(60, 170), (*spot, spot[0] + 2, spot[1] + 2))
    tilted = image.rotate(chance.uniform(-TILT, TILT), Image.Resampling.BICUBIC, fillcolor=255)
    return tilted.filter(ImageFilter.GaussianBlur(0.5)).point(lambda grey: grey * PAPER // 255)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
