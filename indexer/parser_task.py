"""What the worker does with one file: extract, mask, structure.

It runs confined, see ``indexer.extract.sandbox``. Only the masked result leaves it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

import msgspec

from indexer.extract.document import read_document
from indexer.extract.sheet import Limits
from indexer.masking import find_personnummer, mask, mask_document
from indexer.model import Parsed
from indexer.structure import structure


def parse_bytes(data: bytes, name: str, options: Mapping[str, str]) -> bytes:
    """A ``Parsed`` as JSON. Raises DocumentError."""
    limits = Limits(int(options["bytes"]), int(options["pages"]), int(options["characters"]))
    document = read_document(data, name, reader=options["reader"], limits=limits)
    document, masked = mask_document(document)
    protokoll = structure(document, municipality=options["municipality"] or None)
    # A number divided by a page break stands on no two neighbouring lines, but does in the text.
    masked += len(find_personnummer(protokoll.text))
    protokoll = replace(protokoll, text=mask(protokoll.text))
    parsed = Parsed(
        protokoll=protokoll,
        sha256=hashlib.sha256(data).hexdigest(),
        kind=document.kind,
        reader=document.reader,
        pages=len(document.pages),
        masked=masked,
        scans=document.scans,
    )
    return msgspec.json.encode(parsed)
