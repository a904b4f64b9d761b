"""A synthetic archive: the protokoll of an invented municipality over 36 years, of any size.

Protokoll number i is the same for a seed, whatever the size of the archive it is in; so a small
archive is the beginning of a large one. Stored as ingest stores what it has read.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice, product

from indexer.archive import OK, Archive, SourceRow
from indexer.model import (
    Attendee,
    Box,
    LineSpan,
    Paragraf,
    Part,
    PartKind,
    Protokoll,
    Span,
    Speaker,
)
from tests.bench.vocabulary import Vocabulary, vocabulary

SEED = 1
MUNICIPALITY = "Almhälla kommun"
FIRST_YEAR, YEARS = 1990, 36
BODIES = {  # and how often they meet
    "Kommunstyrelsen": 9,
    "Kommunfullmäktige": 7,
    "Barn- och utbildningsnämnden": 6,
    "Socialnämnden": 6,
    "Byggnadsnämnden": 5,
    "Tekniska nämnden": 5,
    "Kultur- och fritidsnämnden": 4,
    "Miljönämnden": 4,
    "Valnämnden": 1,
    "Överförmyndarnämnden": 1,
    "Kommunala pensionärsrådet": 2,
    "Revisorerna": 1,
}
PARTIES = ("AL", "BF", "HV", "KV", "LN", "NO", "SKP", "ÖP")
PER_TRANSACTION = 400
PARAGRAFER = (18, 32)  # of a protokoll
WORDS = (20, 140)  # of a passage; the mean is in the middle
CHARACTERS_A_PAGE = 2600
CHARACTERS_A_LINE = 86

SPEAKER_COUNT = 2000
FIRST_NAMES = [
    beginning + ending
    for beginning, ending in product(
        ("Al", "Bri", "Dag", "Ed", "Fri", "Gun", "Hel", "Ing"), ("bert", "dis", "ke", "la", "vor")
    )
]
LAST_NAMES = [
    beginning + ending
    for beginning, ending in product(
        ("Brå", "Dyng", "Elm", "Fjäll", "Grå", "Hälg", "Kvill", "Mo", "Prä", "Skru"),
        ("bäcke", "dahlén", "fåhl", "kvister", "torpé"),
    )
]
PHRASES = {  # and the share of passages that has them
    "beslutar att föreslå kommunfullmäktige": 0.15,
    "ordföranden finner att nämnden": 0.12,
    "bifall till förslaget": 0.12,
    "avslag på motionen": 0.05,
    "i enlighet med förvaltningens förslag": 0.06,
    "barn i behov av stöd": 0.02,
    "en likvärdig skola": 0.02,
    "inom ramen för budget": 0.03,
    "gång- och cykelväg": 0.01,
    "ekonomisk uppföljning per april": 0.005,
}
SPOKEN = {  # kinds of parts with a speaker, by how often they come
    PartKind.YRKANDE: 4,
    PartKind.ANFORANDE: 4,
    PartKind.RESERVATION: 2,
    PartKind.PRESENTATION: 1,
}
LABELS = {
    PartKind.ARENDE: "Ärendebeskrivning",
    PartKind.BESLUT: "Beslut",
    PartKind.FORSLAG: "Förslag till beslut",
    PartKind.YRKANDE: "Yrkande",
    PartKind.RESERVATION: "Reservation",
}


@dataclass(frozen=True, slots=True)
class Stored:
    """What has been put in an archive."""

    protokoll: int
    passages: int
    characters: int


def store(archive: Archive, passages: int, seed: int = SEED) -> Stored:
    """Stores protokoll until they have so many passages or a few more."""
    run = archive.start_run("synthetic")
    number = found = characters = 0
    made = protokoll(seed)
    while found < passages:
        with archive.transaction():
            for one in islice(made, PER_TRANSACTION):
                _store(archive, run, number, one)
                number += 1
                found += parts(one)
                characters += len(one.text)
                if found >= passages:
                    break
    archive.finish_run(run, b"{}", ())
    return Stored(number, found, characters)


def _store(archive: Archive, run: int, number: int, one: Protokoll) -> None:
    content = hashlib.sha256(f"{number} {one.text}".encode()).hexdigest()
    row = SourceRow(
        root="synthetic",
        path=f"{number:06}.pdf",
        size=len(one.text),
        mtime_ns=number,
        inode=number,
        sha256=content,
        parser="synthetic",
        outcome=OK,
        kind="pdf",
        reader="pdfium",
        pages=one.lines[-1].page,
    )
    archive.save_protokoll(archive.save_source(row), content, run, one)


def parts(one: Protokoll) -> int:
    """How many passages a protokoll gives: none of its parts is long enough to be cut."""
    return len(one.front) + sum(len(paragraf.parts) for paragraf in one.paragrafer)


def protokoll(seed: int = SEED) -> Iterator[Protokoll]:
    """Without end."""
    words = vocabulary(seed)
    speakers = _speakers(seed)
    for number in count():
        yield _protokoll(random.Random(f"{seed} {number}"), number, words, speakers)


def _speakers(seed: int) -> tuple[Speaker, ...]:
    """The first are the most talkative. A name is in one party."""
    rng = random.Random(seed)
    names = [" ".join(two) for two in product(FIRST_NAMES, LAST_NAMES)]
    return tuple(Speaker(name, rng.choice(PARTIES)) for name in rng.sample(names, SPEAKER_COUNT))


def _protokoll(
    rng: random.Random, number: int, words: Vocabulary, speakers: tuple[Speaker, ...]
) -> Protokoll:
    (body,) = rng.choices(tuple(BODIES), tuple(BODIES.values()))
    first = dt.date(FIRST_YEAR, 1, 1).toordinal()
    date = dt.date.fromordinal(first + rng.randrange(YEARS * 365))
    sheet = _Sheet()
    present = [_speaker(rng, speakers) for _ in range(12)]
    front = _front(sheet, body, date, present)
    numbers = range(1, rng.randint(*PARAGRAFER) + 1)
    paragrafer = tuple(
        _paragraf(sheet, rng, words, speakers, f"{number}", f"AK {date.year}/{number:04}")
        for number in numbers
    )
    return Protokoll(
        text=sheet.text,
        municipality=MUNICIPALITY,
        body=body,
        dates=(date,),
        number=f"{number + 1}",
        place="Kommunhuset",
        attendance=tuple(Attendee(one.name, one.party) for one in present),
        front=(front,),
        paragrafer=paragrafer,
        lines=tuple(sheet.lines),
    )


def _speaker(rng: random.Random, speakers: tuple[Speaker, ...]) -> Speaker:
    return speakers[int(len(speakers) * rng.random() ** 3)]


def _front(sheet: _Sheet, body: str, date: dt.date, present: list[Speaker]) -> Part:
    start = sheet.length
    sheet.write(f"{body}, sammanträde {date.isoformat()} i Kommunhuset")
    sheet.write("Närvarande: " + ", ".join(f"{one.name} ({one.party})" for one in present))
    return Part(PartKind.NARVARO, Span(start, sheet.length), 1)


def _paragraf(
    sheet: _Sheet,
    rng: random.Random,
    words: Vocabulary,
    speakers: tuple[Speaker, ...],
    number: str,
    dnr: str,
) -> Paragraf:
    start, page = sheet.length, sheet.page
    heading = f"§ {number} "
    title = " ".join(rng.choices(words.titles, k=rng.randint(1, 5))).capitalize()
    sheet.write(f"{heading}{title} Dnr {dnr}")
    named = Span(start + len(heading), start + len(heading) + len(title))
    made = tuple(_part(sheet, rng, words, speakers, kind) for kind in _kinds(rng))
    return Paragraf(number, named, dnr, page, Span(start, sheet.length), made)


def _kinds(rng: random.Random) -> list[PartKind]:
    """2.4 on the average: about 60 passages in the 25 §§ of a protokoll."""
    kinds = [PartKind.ARENDE] if rng.random() < 0.55 else []
    kinds += [PartKind.FORSLAG] if rng.random() < 0.2 else []
    if rng.random() < 0.4:
        kinds += rng.choices(tuple(SPOKEN), tuple(SPOKEN.values()), k=rng.choice((1, 1, 2)))
    return [*kinds, PartKind.BESLUT] if rng.random() < 0.97 else [*kinds, PartKind.TEXT]


def _part(
    sheet: _Sheet,
    rng: random.Random,
    words: Vocabulary,
    speakers: tuple[Speaker, ...],
    kind: PartKind,
) -> Part:
    start, page = sheet.length, sheet.page
    spoken: tuple[Speaker, ...] = ()
    if kind in SPOKEN:
        spoken = tuple({_speaker(rng, speakers): None for _ in range(rng.choice((1, 1, 1, 2)))})
    label = None
    if kind in LABELS:
        label = Span(start, start + len(LABELS[kind]))
        sheet.write(LABELS[kind])
    for line in prose(rng, words):
        sheet.write(line)
    return Part(kind, Span(start, sheet.length), page, spoken, label)


def prose(rng: random.Random, words: Vocabulary) -> Iterator[str]:
    """A passage of one to three stycken."""
    drawn = words.draw(rng, int(rng.triangular(*WORDS, sum(WORDS) / 2)))
    for phrase, share in PHRASES.items():
        if rng.random() < share:
            drawn.insert(rng.randrange(len(drawn)), phrase)
    cuts = sorted(rng.choices(range(10, len(drawn) - 5), k=rng.choice((0, 1, 2))))
    for start, end in zip([0, *cuts], [*cuts, len(drawn)], strict=True):
        if end > start:
            yield _sentences(rng, drawn[start:end])


def _sentences(rng: random.Random, words: list[str]) -> str:
    sentences = []
    at = 0
    while at < len(words):
        length = rng.randint(6, 20)
        sentence = " ".join(words[at : at + length])
        sentences.append(f"{sentence[0].upper()}{sentence[1:]}.")
        at += length
    return " ".join(sentences)


class _Sheet:
    """A protokoll being written: its text, and where its lines stand on pages."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.lines: list[LineSpan] = []
        self.length = 0

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    @property
    def page(self) -> int:
        """Where the next character goes."""
        return 1 + self.length // CHARACTERS_A_PAGE

    def write(self, stycke: str) -> None:
        """A stycke, with its newline."""
        end = self.length + len(stycke)
        for start in range(self.length, end, CHARACTERS_A_LINE):
            page, above = divmod(start, CHARACTERS_A_PAGE)
            top = 70 + above // CHARACTERS_A_LINE * 22.0
            span = Span(start, min(start + CHARACTERS_A_LINE, end))
            self.lines.append(LineSpan(page + 1, Box(72, top, 520, top + 12), span))
        self._pieces.append(stycke + "\n")
        self.length = end + 1
