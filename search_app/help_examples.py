"""Queries that the pages show as links. A test runs each of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """``text`` is the query, ``meaning`` what it finds. ``linked``: it finds something in most
    archives; others name what only one archive has."""

    text: str
    meaning: str
    heading: str
    linked: bool = True


WORDS, NARROW, COMBINE, YEARS = "Ord", "Vem och var", "Kombinera", "När"
HEADINGS = (WORDS, COMBINE, NARROW, YEARS)

EXAMPLES = (
    Example("skola", "skola, skolan, skolorna och andra böjningar", WORDS),
    Example("budget skola", "båda orden i samma textavsnitt", WORDS),
    Example('"lika villkor"', "orden i just den ordningen och formen", WORDS),
    Example("skola -förskola", "skola, men inte där förskola står", WORDS),
    Example("likvärd*", "alla ord som börjar så", WORDS),
    Example("skola ELLER förskola", "minst ett av orden", COMBINE),
    Example(
        "budget OCH (skola ELLER förskola)", "parenteser håller ihop det som hör ihop", COMBINE
    ),
    Example("budget INTE skola", "budget, men inte där skola står", COMBINE),
    Example("parti:S skola", "det som sägs eller yrkas av ett parti", NARROW),
    Example("talare:Sara", "det som sägs eller yrkas av en person", NARROW),
    Example("organ:kommunstyrelsen skola", "ett visst organ", NARROW),
    Example("kommun:almhälla skola", "en viss kommun", NARROW, linked=False),
    Example("plats:centrum", "textavsnitt som nämner en plats", NARROW, linked=False),
    Example("slag:yrkande skola", "en viss del av paragrafen, här yrkanden", NARROW),
    Example("§:12", "en viss paragraf", NARROW),
    Example('dnr:"KS 2019/0077"', "ett visst ärende, efter diarienummer", NARROW, linked=False),
    Example("skola år:2019", "ett år", YEARS),
    Example("skola år:2015..2021", "flera år", YEARS),
    Example("skola från:2018-07-01 till:2019-06-30", "mellan två dagar", YEARS),
)

STARTERS = (
    Example("skola", "ett ord i alla böjningar", WORDS),
    Example('"lika villkor"', "en exakt fras", WORDS),
    Example("skola slag:yrkande", "yrkanden om skolan", NARROW),
    Example("slag:reservation", "alla reservationer", NARROW),
)
