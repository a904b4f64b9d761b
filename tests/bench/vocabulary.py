"""Swedish-looking words in the proportions of a protokoll: grammar, inflections, compounds, names.

Nouns of the municipal field are inflected by their declension and joined into compounds; rank and
frequency follow Zipf's law within each group. Names are put together of syllables, and are what
the long tail of rare words is made of.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, product
from typing import TypeVar

T = TypeVar("T")

GRAMMAR = """
    och att i det som på en för av med den till är om inte har de ett vid från kan ska under inom
    eller sig så även detta denna efter enligt samt men där när blir över mot vara varit måste bör
    finns utan mellan alla andra många mycket mer sina dess också genom hur vad vilka redan
"""
DECLENSIONS = {
    "or": ("a", "an", "or", "orna"),
    "ar": ("", "en", "ar", "arna"),
    "er": ("", "en", "er", "erna"),
    "r": ("", "n", "r", "rna"),
    "n": ("", "t", "n", "na"),
    "-": ("", "et", "", "en"),
    "-e": ("", "n", "", "na"),
    "ner": ("", "n", "er", "erna"),
    "nar": ("", "n", "ar", "arna"),
}
FORM_SHARES = (0.32, 0.36, 0.16, 0.16)
GENITIVE_SHARE = 0.08

# Stem, declension or all four forms, and the form in which it begins a compound.
NOUNS = """
    skol/or/skol förskol/or/förskole kommun/er/kommun nämnd/er/nämnd beslut/-/besluts väg/ar/väg
    förslag/-/förslags ärende/n/ärende styrelse/r/styrelse verksamhet/er/verksamhets
    budget/ar/budget plan/er/plan område/n/områdes avgift/er/avgifts park/er/park gat/or/gatu
    torg/-/torg lokal/er/lokal elev/er/elev avtal/-/avtals bidrag/-/bidrags uppdrag/-/uppdrags
    bibliotek/-/biblioteks miljö/ner/miljö avlopp/-/avlopps avfall/-/avfalls energi/ner/energi
    klimat/-/klimat hamn/ar/hamn fastighet/er/fastighets tomt/er/tomt hus/-/hus lov/-/lov
    tillstånd/-/tillstånds kultur/er/kultur fritid/er/fritids idrott/er/idrotts hall/ar/hall
    förening/ar/förenings ungdom/ar/ungdoms barn/-/barn familj/er/familje omsorg/er/omsorgs
    boende/n/boende tjänst/er/tjänste chef/er/chefs lärare/-e/lärar handläggare/-e/handläggar
    utredning/ar/utrednings rapport/er/rapport uppföljning/ar/uppföljnings mål/-/mål
    granskning/ar/gransknings revision/er/revisions ordning/ar/ordnings strategi/ner/strategi
    projekt/-/projekt investering/ar/investerings kostnad/er/kostnads intäkt/er/intäkts
    lån/-/lån bolag/-/bolags ägare/-e/ägar val/-/val demokrati/ner/demokrati
    medborgare/-e/medborgar dialog/er/dialog samråd/-/samråds yttrande/n/yttrande
    remiss/er/remiss motion/er/motions fråg/or/fråge svar/-/svars yrkande/n/yrkande
    reservation/er/reservations sammanträde/n/sammanträdes protokoll/-/protokolls
    arvode/n/arvodes tax/or/taxe stöd/-/stöd behov/-/behovs tillgång/ar/tillgångs
    säkerhet/er/säkerhets brand/er/brand räddning/ar/räddnings näring/ar/närings
    arbete/n/arbets marknad/er/marknads utbildning/ar/utbildnings språk/-/språk
    likvärdighet/er/likvärdighets kök/-/köks röjning/ar/röjnings belysning/ar/belysnings
    parkering/ar/parkerings bro/nar/bro spår/-/spår skog/ar/skogs by/nar/by arkiv/-/arkiv
    stadsdel/ar/stadsdels bredband/-/bredbands upphandling/ar/upphandlings
    leverantör/er/leverantörs trafik/er/trafik personal/er/personal taxering/ar/taxerings
    /bostad,bostaden,bostäder,bostäderna/bostads /cykel,cykeln,cyklar,cyklarna/cykel
    /ledamot,ledamoten,ledamöter,ledamöterna/ledamots /regel,regeln,regler,reglerna/regel
    /program,programmet,program,programmen/program /strand,stranden,stränder,stränderna/strand
    /buss,bussen,bussar,bussarna/buss /förälder,föräldern,föräldrar,föräldrarna/föräldra
"""
VERBS = """
    föreslå avsluta besvara inhämta redovisa granska informera yrka bifalla avslå fastställa anta
    tillstyrka avstyrka överlämna uppdra utreda samordna planera bygga renovera riva hyra sälja
    köpa förvalta prioritera följa bereda uppta ansöka bevilja erbjuda säkerställa utveckla minska
    öka förbättra stärka motverka anmäla
"""
ADJECTIVES = """
    hållbar kommunal offentlig enskild social ekonomisk teknisk lokal regional gemensam tillfällig
    långsiktig tillgänglig trygg säker öppen fri berörd angelägen skälig rimlig omfattande digital
    årlig särskild befintlig planerad detaljerad preliminär slutlig
"""
NAME_BEGINNINGS = """
    alm bråt dyng elv fisk gräv hag isk järp kärr lind morg nejl orm prust råg sank tång utt vrås
    yttr åker ärl ödmor
"""
NAME_MIDDLES = "a e o el er in and un å ö"
NAME_ENDINGS = """
    hälla tuna torp vik ryd mon fallet lösa stad berget näset skog kulla dalen holmen hult måla
    sjön viken åsen backen ängen bro rum
"""

SHARES = {"grammar": 0.44, "noun": 0.27, "compound": 0.17, "verb": 0.05, "adjective": 0.04}
NAME_SHARE = 0.03
COMPOUND_FORMS = 5  # of each compound: its commoner forms


@dataclass(frozen=True, slots=True)
class Noun:
    """``joined``: as it begins a compound. ``forms``: as FORM_SHARES goes."""

    joined: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words, and the running sums of their shares. ``titles``: nouns and compounds alone."""

    words: tuple[str, ...]
    sums: tuple[float, ...]
    titles: tuple[str, ...]

    def draw(self, rng: random.Random, count: int) -> list[str]:
        return rng.choices(self.words, cum_weights=self.sums, k=count)


@cache
def vocabulary(seed: int = 1) -> Vocabulary:
    """The same words and shares for the same seed, on every machine."""
    rng = random.Random(seed)
    nouns = shuffled(rng, read_nouns())
    compounds = shuffled(rng, product(nouns, nouns))
    weighted = [
        *shared("grammar", zipf(GRAMMAR.split(), 2)),
        *shared("noun", inflected(nouns, 12)),
        *shared("compound", inflected(map(compound, compounds), 6, COMPOUND_FORMS)),
        *shared("verb", zipf(shuffled(rng, verb_forms()), 12)),
        *shared("adjective", zipf(shuffled(rng, adjective_forms()), 12)),
        *scaled(NAME_SHARE, zipf(shuffled(rng, names()), 20)),
    ]
    shares: dict[str, float] = {}
    for word, share in weighted:
        shares[word] = shares.get(word, 0.0) + share
    titles = [noun.forms[0] for noun in nouns] + [compound(two).forms[0] for two in compounds[:900]]
    return Vocabulary(tuple(shares), tuple(accumulate(shares.values())), tuple(titles))


def read_nouns() -> list[Noun]:
    return [_noun(*entry.split("/")) for entry in NOUNS.split()]


def _noun(stem: str, declension: str, joined: str) -> Noun:
    endings = DECLENSIONS.get(declension) or declension.split(",")
    return Noun(joined, tuple(stem + ending for ending in endings))


def compound(two: tuple[Noun, Noun]) -> Noun:
    first, last = two
    return Noun(first.joined + last.joined, tuple(first.joined + form for form in last.forms))


Weighted = Iterator[tuple[str, float]]


def inflected(nouns: Iterable[Noun], shift: int, most: int = 8) -> Weighted:
    """The forms of nouns, whose ranks follow Zipf's law; genitives come last."""
    for rank, noun in enumerate(nouns, shift):
        bare = list(zip(noun.forms, FORM_SHARES, strict=True))
        genitives = [(genitive(form), share * GENITIVE_SHARE) for form, share in bare]
        for form, share in (*bare, *genitives)[:most]:
            yield form, share / rank


def genitive(form: str) -> str:
    return form if form.endswith(("s", "x", "z")) else form + "s"


def verb_forms() -> Iterator[str]:
    for verb in VERBS.split():
        root = verb.removesuffix("a")
        yield from (verb, verb + "r", root + "ade", root + "at", verb + "s", root + "as")


def adjective_forms() -> Iterator[str]:
    for adjective in ADJECTIVES.split():
        yield from (adjective, adjective + "t", adjective + "a")


def names() -> Iterator[str]:
    parts = product(NAME_BEGINNINGS.split(), NAME_MIDDLES.split(), NAME_ENDINGS.split())
    for beginning, middle, ending in parts:
        yield (beginning + middle + ending).capitalize()


def shuffled(rng: random.Random, items: Iterable[T]) -> list[T]:
    found = list(items)
    rng.shuffle(found)
    return found


def zipf(words: list[str], shift: int) -> Weighted:
    return ((word, 1 / rank) for rank, word in enumerate(words, shift))


def shared(group: str, weighted: Weighted) -> Weighted:
    return scaled(SHARES[group], weighted)


def scaled(share: float, weighted: Weighted) -> Weighted:
    """The weights so that they sum up to ``share``."""
    pairs = list(weighted)
    total = sum(weight for _, weight in pairs)
    return ((word, share * weight / total) for word, weight in pairs)
