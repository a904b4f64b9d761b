"""Names that outlive a re-index: slugs, protokoll ids, § ids and passage ids.

    protokoll   municipality/body/date[/number]     ekstad/kommunstyrelsen/2021-05-25/7
    §           p12, p12a, p12~2 (repeated), u3 (the third without a number), u0 (before the first)
    passage     § id + 8 hex digits of its text     p12-1a2b3c4d, and ~2 where a § says it twice

An id never depends on the order of indexing. The slugs come from the archive's register.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from indexer.model import Paragraf, Protokoll

FRONT = "u0"
UNKNOWN_MUNICIPALITY = "okand-kommun"
UNKNOWN_BODY = "okant-organ"

OF_A_PLACE = re.compile(r"(?P<name>.{1,80}?)\s{1,3}(?:kommun|stad)", re.IGNORECASE)
OWN_S = ("grums", "pargas")


def slug(name: str) -> str:
    """ASCII, lower case, words joined by hyphens: ``Barn- och ungdomsnämnden`` gives
    ``barn-och-ungdomsnamnden``; at most 80 characters, never empty."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:80].strip("-") or "x"


def party_code(printed: str) -> str:
    """A party however its time wrote it: ``fp`` of 2005 is ``FP``; ``FiA`` and ``vilde`` stay."""
    return printed.upper() if printed.islower() and len(printed) < 4 else printed


def municipality_name(printed: str) -> str:
    """The name without its genitive and what it is: ``EKSTADS KOMMUN`` gives ``EKSTAD``.

    Where only a genitive is known the base form must be guessed: names on -ås, -näs and -fors, and
    those of ``OWN_S``, end in s themselves (seen in the names of all municipalities).
    """
    match = OF_A_PLACE.fullmatch(printed.strip())
    if not match:
        return printed
    name = match["name"]
    own = name.casefold().endswith(("ås", "näs", "fors")) or name.casefold() in OWN_S
    return name if own else name.removesuffix("s").removesuffix("S")


def protokoll_id(municipality_slug: str, body_slug: str, protokoll: Protokoll) -> str:
    """The id; without a date the text stands in for it: ``…/odaterat-1a2b3c4d``."""
    dated = protokoll.dates[0].isoformat() if protokoll.dates else None
    date = dated or f"odaterat-{text_hash(protokoll.text)}"
    number = f"/{slug(protokoll.number)}" if protokoll.number else ""
    return f"{municipality_slug}/{body_slug}/{date}{number}"


def second_id(name: str, path: str) -> str:
    """The id of a protokoll whose plain one another file has: ``…/2021-05-25~1a2b3c4d``."""
    return f"{name}~{hashlib.sha256(path.encode()).hexdigest()[:8]}"


def paragraf_ids(paragrafer: Iterable[Paragraf]) -> tuple[str, ...]:
    """The ids of the §§ of one protokoll, in order."""
    seen: Counter[str] = Counter()
    ids = []
    for paragraf in paragrafer:
        if paragraf.number is None:
            seen["u"] += 1
            ids.append(f"u{seen['u']}")
        else:
            ids.append(numbered(f"p{slug(paragraf.number)}", seen))
    return tuple(ids)


def text_hash(text: str) -> str:
    """8 hex digits that neither line breaks nor capitals change."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()[:8]


def numbered(name: str, seen: Counter[str]) -> str:
    """``name``, or ``name~2`` when it was given before; counts in ``seen``."""
    seen[name] += 1
    return name if seen[name] == 1 else f"{name}~{seen[name]}"
