"""Bytes of an HTML page → text, whatever its encoding is said to be."""

from __future__ import annotations

import codecs
import re

DECLARED_WITHIN = 4096
DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""", re.I)
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WINDOWS = "windows-1252"
# Browsers read these as windows-1252 too (WHATWG Encoding Standard): a page that declares them has
# dashes and curly quotes where ISO 8859-1 has control characters.
READ_AS_WINDOWS = {"iso8859-1", "ascii"}


def decode_html(data: bytes) -> str:
    """A byte order mark decides, then whether it is UTF-8, then the declaration, else windows-1252.

    Text in another encoding with å, ä or ö in it is next to never valid UTF-8, so the bytes are
    believed before the declaration. In UTF-8 with stray bytes, those alone are windows-1252.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "surrogateescape")
    strays = sum("\udc80" <= character <= "\udcff" for character in text)
    others = sum(character > "\x7f" for character in text) - strays
    if others > strays:
        return re.sub("[\udc80-\udcff]", _as_windows, text)
    return data.decode(_declared(data), "replace")


def _as_windows(stray: re.Match[str]) -> str:
    return stray[0].encode("utf-8", "surrogateescape").decode(WINDOWS, "replace")


def _declared(data: bytes) -> str:
    """The declared encoding, if it is one of single bytes; windows-1252 otherwise."""
    found = DECLARED.search(data[:DECLARED_WITHIN])
    if found is None:
        return WINDOWS
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except (LookupError, UnicodeDecodeError):
        return WINDOWS
    if name in READ_AS_WINDOWS or name.startswith("utf"):
        return WINDOWS
    return name if name.startswith(("iso8859", "cp", "mac", "koi")) else WINDOWS
