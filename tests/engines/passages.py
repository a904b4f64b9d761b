"""Some thousand passages of invented words, the same on every machine: a Zipf vocabulary, several
terms at a position, holes, repeated words, and values with all sorts of characters."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from indexer.engines.base import (
    ORDINAL_BITS,
    PROTOKOLL_BITS,
    Attribute,
    Field,
    IndexedPassage,
    Terms,
    passage_number,
)

SYLLABLES = (
    *("ba", "dö", "få", "gär", "hol", "jå", "kös", "li", "mör", "nä", "ost", "på", "råd", "sä"),
    *("tun", "vå", "äng", "ök", "ås", "by", "skol", "vat"),
)
MUNICIPALITIES = ("almhalla", "ekstad", "norrvik")
BODIES = ("kommunfullmaktige", "kommunstyrelsen", "barn-och-skola", "miljo", "revision")
KINDS = ("beslut", "yrkande", "reservation", "anforande")
PARTIES = ("AA", "BB", "CC", "Å")
PLACES = (
    *(
        "Ekbacken",
        "ekbacken",
        "Ek",
        "Nedre Ängen",
        "Åsen: norra",
        "Å/Ö-holmen",
        'kvarteret "Vråken"',
    ),
    *(
        "O'Toppen",
        "Rådhus 🏛",
        "Öster\\väst",
        "*",
        "AND",
        "[0 TO 9]",
        "-Minus",
        "e\u0301cole",
        "日本",
    ),
)
SPEAKERS = tuple(f"Talare {chr(65 + i % 26)}{'åäö'[i % 3]} nr {i}" for i in range(60))
ODD_WORDS = ("2031/0007", "ks:12", "a'b", "§", "-", "*", "🙂", "\u0001", "n\u0303", "\u00a0nbsp")


def vocabulary(size: int = 700) -> tuple[str, ...]:
    """Most frequent first. Many share a beginning."""
    rng = random.Random(4)
    words: dict[str, None] = {}
    while len(words) < size:
        words["".join(rng.choices(SYLLABLES, k=rng.choice((1, 2, 2, 3, 3, 4))))] = None
    return tuple(words)


WORDS = vocabulary()
WEIGHTS = [1 / (rank + 1) for rank in range(len(WORDS))]

REPEATED = (
    (WORDS[0], WORDS[0], WORDS[1], WORDS[0]),
    (WORDS[1], WORDS[2], WORDS[1]),
    (WORDS[600], WORDS[5], WORDS[600]),
)


def terms_of(word: str) -> tuple[str, ...]:
    """Kind-tagged terms. Of one word in three two lemmas, of one in five the parts."""
    rank = sum(map(ord, word))
    second = (f"L:{word[:-1]}a",) if rank % 3 == 0 else ()
    parts = (f"H:{word[-3:]}", f"M:{word[:3]}") if rank % 5 == 0 else ()
    return (f"L:{word}", *second, f"S:{word[:4]}", *parts)


def fields_of(words: list[str], title: list[str]) -> dict[Field, Terms]:
    """An empty word is a hole."""
    return {
        Field.TEXT_EXACT: tuple((w,) if w else () for w in words),
        Field.TEXT_TERMS: tuple(terms_of(w) if w else () for w in words),
        Field.TITLE_EXACT: tuple((w,) for w in title),
        Field.TITLE_TERMS: tuple(terms_of(w) for w in title),
    }


def text(rng: random.Random) -> list[str]:
    words = rng.choices(WORDS, WEIGHTS, k=int(rng.triangular(0, 45, 12)))
    for _ in range(rng.choice((0, 0, 1, 3))):
        words.insert(rng.randint(0, len(words)), rng.choice(("", *ODD_WORDS, *WORDS[:3])))
    if rng.random() < 0.2:  # repeated words, for phrases and nearness of a word to itself
        at = rng.randint(0, len(words))
        words[at:at] = rng.choice(REPEATED)
    return words


def date(rng: random.Random) -> dt.date | None:
    """Few days, so that many passages share one; one protokoll in ten has none."""
    if rng.random() < 0.1:
        return None
    return dt.date(rng.choice((1862, *range(2019, 2026))), rng.choice((1, 2, 12)), 1)


def attributes(rng: random.Random, day: dt.date | None) -> dict[Attribute, tuple[str, ...]]:
    number = rng.randint(1, 40)
    return {
        Attribute.MUNICIPALITY: (rng.choice(MUNICIPALITIES),),
        Attribute.BODY: (rng.choice(BODIES),),
        Attribute.YEAR: (str(day.year),) if day else (),
        Attribute.SPEAKER: (rng.choice(SPEAKERS),) if rng.random() < 0.6 else (),
        Attribute.PARTY: tuple(rng.sample(PARTIES, k=rng.choice((0, 1, 1, 2)))),
        Attribute.PLACE: tuple(rng.choices(PLACES, k=rng.choice((0, 0, 1, 2, 3)))),
        Attribute.KIND: (rng.choice(KINDS),),
        Attribute.DNR: (f"KS {2000 + number}/0007",) if rng.random() < 0.5 else (),
        Attribute.PARAGRAF: (str(number), f"{number}a")[: rng.choice((1, 1, 2))],
    }


def order(number: int) -> int:
    """Unique, and without any likeness to the order of numbers."""
    return number * 2654435761 % (1 << (PROTOKOLL_BITS + ORDINAL_BITS))


def protokoll_passages(protokoll: int, edition: int = 0) -> Iterator[IndexedPassage]:
    """The passages of a protokoll; another edition has other ones."""
    rng = random.Random(f"{protokoll} {edition}")
    day = date(rng)
    for ordinal in range(rng.randint(1, 22)):
        number = passage_number(protokoll, ordinal)
        title = [f"§{rng.randint(1, 40)}", *rng.choices(WORDS[:200], k=rng.randint(0, 4))]
        fields = fields_of(text(rng), title)
        yield IndexedPassage(number, order(number), day, fields, attributes(rng, day))


def first_edition(protokoll: int = 130) -> dict[int, tuple[IndexedPassage, ...]]:
    """protokoll → its passages. Numbers of protokoll lie apart, and one is at the upper limit."""
    keys = [*(7 * i + 1 for i in range(protokoll - 1)), (1 << PROTOKOLL_BITS) - 1]
    return {key: tuple(protokoll_passages(key)) for key in keys}
