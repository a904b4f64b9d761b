"""Each pattern with the shapes it is for and the traps it must not fall into."""

from __future__ import annotations

import re
import time

import pytest

from indexer.model import PartKind
from indexer.structure import (
    events,
    furniture,
    headings,
    joining,
    label_patterns,
    patterns,
    person_patterns,
    sentences,
    speech_patterns,
    stycke_patterns,
)
from indexer.structure.joining import seam

MEGABYTE = 10**6
LIMIT = 0.4  # seconds of CPU; about 0.1 on a machine that does nothing else
SEEDS = [
    *("A", "a", "Aa ", "Aa-Aa ", "A. ", "(a", "§ 1 ", "1", "1/", ". ", ".", "...", "och ", " "),
    *("Anf. 1 A ", "Anf. 1 Aa ", "Herr Aa, ", "Aa Aa (S), ", "Aa, chef, ", "-", "_ ", "s ", "Xs "),
    *("a, ", "1 (", "Till ", "har ", "till a ", "av ", "| a ", "a-", '"', "Sida ", "ordförande "),
]
# Looked for in whole texts; all others only at the start of a line or sentence
SEARCHED = {
    *("NAME_RUN", "ANFORANDE_LINE", "WRITES", "SENTENCE_START", "WORD", "DIGITS"),
    *("LAST_WORD", "SENTENCE_END"),
}
# Given only the few characters of a label or a name
SHORT = {"LABEL", "ORGANISATION", "ATTENDEE"}
PATTERNS = {
    name: pattern
    for module in (
        *(patterns, label_patterns, stycke_patterns, person_patterns, joining, sentences),
        *(speech_patterns, furniture),
    )
    for name, pattern in vars(module).items()
    if isinstance(pattern, re.Pattern) and name not in SHORT
} | {f"UNLABELLED {kind}": pattern for kind, pattern in stycke_patterns.UNLABELLED.items()}


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_is_linear_in_a_megabyte(name: str) -> None:
    pattern = PATTERNS[name]
    for seed in SEEDS:
        text = (seed * (MEGABYTE // len(seed) + 1))[:MEGABYTE] + "\n!"
        spent = _seconds(name, pattern, text)
        if spent > LIMIT:  # a slow machine? Four times the text may take four times as long
            quarter = min(_seconds(name, pattern, text[: MEGABYTE // 4]) for _ in range(3))
            assert spent < 6 * quarter, seed
            assert spent < 3 * LIMIT, seed


def _seconds(name: str, pattern: re.Pattern[str], text: str) -> float:
    begun = time.process_time()
    if name in SEARCHED:
        sum(1 for _ in pattern.finditer(text))
    else:
        pattern.match(text)
        pattern.fullmatch(text)
    return time.process_time() - begun


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("§ 12", "12"),
        ("§12", "12"),
        ("12 §", "12"),
        ("12§", "12"),
        ("§ 12 a", "12 a"),
        ("§ 3.", "3"),
        ("§ 12 Budget", "12"),
        ("KF § 47 DNR: TU.2031.6", "47"),
        ("Hmn § 153", "153"),
        ("Ärende 3. / 41 §", "41"),
        ("KF-§ 47 Budget", "47"),
        ("§ 47/2031", "47"),
        ("§ 47/31 Budget", "47"),
        ("Paragraf 47", "47"),
        ("Paragraf 47-60", None),
        ("Paragrafer 47", None),
        ("Nämnden för broar 24.9.2031 § 37", "37"),
        ("Jämför § 12 ovan", None),
        ("§§ 81-88", None),
        ("§ 81-88", None),
        ("§ 81 – 88", None),
        ("• § 52 FRN - Avgifter", None),
        ("• §108 TNAU Gatlyktor", None),
        ("§ Tid.", None),
        ("(KS 2031-05-19, § 62)", None),
    ],
)
def test_a_heading_is_told_by_its_sign(line: str, number: str | None) -> None:
    match = patterns.HEADING.match(line)
    assert (match and (match["after"] or match["before"])) == number


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Beslut", PartKind.BESLUT),
        ("Kommunfullmäktiges beslut:", PartKind.BESLUT),
        ("Kommunfullmäktige beslutar", PartKind.BESLUT),
        ("Förslag till beslut", PartKind.FORSLAG),
        ("Kommunstyrelsens förslag till kommunfullmäktige", PartKind.FORSLAG),
        ("Förslag till beslut under sammanträdet", PartKind.YRKANDE),
        ("Förslag under sammanträdet", PartKind.YRKANDE),
        ("Yrkanden", PartKind.YRKANDE),
        ("Propositionsordning", PartKind.BESLUTSGANG),
        ("Propositionsordning om tillägget", PartKind.BESLUTSGANG),
        ("Fortsatt beslutsgång", PartKind.BESLUTSGANG),
        ("Beslutsordning på punkt 2", PartKind.BESLUTSGANG),
        ("Beslutsgång avseende tillägget", PartKind.BESLUTSGANG),
        ("Omröstningsresultat", PartKind.VOTERING),
        ("Huvudvotering", PartKind.VOTERING),
        ("Omröstningslista nr. 3", PartKind.VOTERING),
        ("Reservationer", PartKind.RESERVATION),
        ("Avvikande åsikt", PartKind.RESERVATION),
        ("Särskilt yttrande", PartKind.SARSKILT_YTTRANDE),
        ("Protokollsanteckning", PartKind.PROTOKOLLSANTECKNING),
        ("Jäv", PartKind.JAV),
        ("Beslutsunderlag", PartKind.UNDERLAG),
        ("Handlingar", PartKind.UNDERLAG),
        ("BESLUTSUNDERLAG", PartKind.UNDERLAG),
        ("KOMMUNFULLMÄKTIGES BESLUT", PartKind.BESLUT),
        ("KS beslut", PartKind.BESLUT),
        ("Beslut för egen del", PartKind.BESLUT),
        ("Nämndens beslut och förslag till kommunfullmäktige", PartKind.BESLUT),
        ("FÖRSLAG TILL BESLUT", PartKind.FORSLAG),
        ("Yrkanden från ledamöterna", PartKind.YRKANDE),
        ("Yrkande från Ada Ek (S)", None),
        ("Muntliga förslag på sammanträdet", PartKind.YRKANDE),
        ("Motförslag:", PartKind.YRKANDE),
        ("Ekonomiska konsekvenser av förslaget", PartKind.ARENDE),
        ("Barnkonsekvensanalys", PartKind.ARENDE),
        ("Lagstöd", PartKind.ARENDE),
        ("Föredragandens motiveringar", PartKind.ARENDE),
        ("Justering", PartKind.JUSTERING),
        ("Så här överklagar du", PartKind.TEXT),
        ("BESVÄRSANVISNING", PartKind.TEXT),
        ("Överklagandehänvisning", PartKind.TEXT),
        ("Beslutsexpediering", PartKind.EXPEDIERING),
        ("Kvarnnämnden beslutar för egen del", PartKind.BESLUT),
        ("Behandling", PartKind.TEXT),
        ("Protokollsutdrag skickas till", PartKind.EXPEDIERING),
        ("Beslutet skickas till", PartKind.EXPEDIERING),
        ("Expedieras till", PartKind.EXPEDIERING),
        ("Sammanfattning av ärendet", PartKind.ARENDE),
        ("Tidigare behandling", PartKind.ARENDE),
        ("Rådets yttrande", PartKind.TEXT),
        ("Paragrafen är justerad", PartKind.JUSTERING),
        ("Nomineringar", PartKind.YRKANDE),
        ("Sluten omröstning", PartKind.VOTERING),
        ("Öppen votering", PartKind.VOTERING),
        ("Votering om punkt 1", PartKind.VOTERING),
        ("Omröstning på förslaget", PartKind.VOTERING),
        ("Yttrandet översänds till", PartKind.EXPEDIERING),
        ("Remissvaret överlämnas till", PartKind.EXPEDIERING),
        ("Skrivelsen skickas till", PartKind.EXPEDIERING),
        ("Beslutet tillställs sökanden", PartKind.EXPEDIERING),
        ("Protokollsutdrag", PartKind.EXPEDIERING),
        ("Kostnader", PartKind.ARENDE),
        ("Ekonomi", PartKind.ARENDE),
        ("Finansiering", PartKind.ARENDE),
        ("Tidsplan", PartKind.ARENDE),
        ("Skrivelsen", PartKind.ARENDE),
        ("Motionen", PartKind.ARENDE),
        ("Interpellationen", PartKind.ARENDE),
        ("Medborgarförslaget", PartKind.ARENDE),
        ("Remissen", PartKind.ARENDE),
        ("Remissbehandling", PartKind.ARENDE),
        ("Remissyttranden", PartKind.ARENDE),
        ("Remissyttrandena", PartKind.ARENDE),
        ("Remissvar", PartKind.ARENDE),
        ("Remissvaret", PartKind.ARENDE),
        ("Remissvaren", PartKind.ARENDE),
        ("MBL", PartKind.ARENDE),
        ("Prövning av barnets bästa", PartKind.ARENDE),
        ("Bedömning av barnets bästa", PartKind.ARENDE),
        ("Interpellation", PartKind.FRAGA),
        ("Kontorets slutsatser", PartKind.ARENDE),
        ("Kontorets utlåtande", PartKind.ARENDE),
        ("Facklig samverkan", PartKind.ARENDE),
        ("Förhandling enligt MBL", PartKind.ARENDE),
        ("Inkomna synpunkter", PartKind.ARENDE),
        ("Remissinstansernas synpunkter", PartKind.ARENDE),
        ("Synpunkter från byalaget", PartKind.ARENDE),
        ("Presentation", PartKind.PRESENTATION),
        ("Återkoppling", PartKind.PRESENTATION),
        ("Redovisningar", PartKind.PRESENTATION),
        ("Kontorets förslag", PartKind.FORSLAG),
        ("Ordföranden ställer proposition på kontorets förslag", None),
        ("Ja för kontorets förslag", None),
        ("Nej för kontorets förslag", None),
        ("Motionen är lång", None),
        ("Kostnader finns", None),
        ("MBL gäller", None),
        ("Remissvar väntas", None),
        ("Interpellation lämnas", None),
        ("Enligt utskottets förslag:", None),  # the first words of a decision
        ("yrkanden.", None),  # the end of a sentence, wrapped
        ("Beslutet dröjer till hösten", None),
        ("Till våren", None),
    ],
)
def test_a_label_names_the_kind_of_its_part(line: str, kind: PartKind | None) -> None:
    assert events.label(line) == kind


@pytest.mark.parametrize(
    ("line", "is_furniture"),
    [
        ("Sida 2 (3)", True),
        ("14 (31)", True),
        ("3[18]", True),
        ("6 / 22", True),
        ("(19)", True),
        ("Sida 1 av 3", True),
        ("17", True),
        ("Justerandes sign Justerandes sign Utdragsbestyrkande", True),
        ("Ordförandens signatur Justerares signatur Utdragets riktighet bekräftas", True),
        ("Sign. Utdragsbestyrkande", True),
        ("Hitta hit | Öppettider | Kakor", True),
        ("Om kakor", True),
        ("Senast uppdaterad: 2031-11-30", True),
        ("Sidan senast ändrad den 3 mars 2031, kl. 14.05", True),
        ("Publicerad 2031-11-30 08:15", True),
        ("Planen är senast ändrad 2031-11-30 och gäller nu", False),
        ("Tillgänglighetsredogörelse", True),
        ("Vi använder kakor för att sidan ska fungera", True),
        ("Kakor bakas till jul", False),
        ("2 900 kronor", False),
        ("Justerandes namn är Ada Ek", False),
        ("§ 12", False),
    ],
)
def test_furniture_is_told_by_its_shape(line: str, is_furniture: bool) -> None:
    assert bool(patterns.FURNITURE.fullmatch(line)) == is_furniture


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("kulturarvsinsti-", "tutet", "kulturarvsinstitutet"),
        ("vatten-", "och avloppsbolaget", "vatten- och avloppsbolaget"),
        ("grus-", "eller stigväg", "grus- eller stigväg"),
        ("2033-", "2034", "2033-2034"),
        ("08-", "24", "08-24"),
        ("KFF-2031-", "00826", "KFF-2031-00826"),
        ("FM-", "sändare", "FM-sändare"),
        ("Karl-", "Anton", "Karl-Anton"),
        ("2033–", "2036", "2033–2036"),
        ("en -", "två", "en - två"),
        ("e-", "böcker", "e-böcker"),  # the document has it elsewhere
        ("vanlig", "text", "vanlig text"),
    ],
)
def test_lines_are_joined_as_they_were_divided(before: str, after: str, joined: str) -> None:
    falls, between = seam(before, after, frozenset({"e-böcker"}))
    assert before[: len(before) - falls] + between + after == joined


@pytest.mark.parametrize(
    ("numbers", "run"),
    [
        ([1, 2, 3, 1, 2, 3], [1, 2, 3]),  # a contents list and its §§
        ([12, 90, 13, 14], [12, 13, 14]),  # a citation between
        ([5, 6, 8, 9], [5, 6, 8, 9]),  # a § left out
        ([7], [7]),
        ([], []),
    ],
)
def test_the_run_of_rising_numbers_wins(numbers: list[int], run: list[int]) -> None:
    found = [headings.Heading(i, str(number), 3.0) for i, number in enumerate(numbers)]
    chosen = headings.rising_run(found)
    assert [int(heading.number) for heading in chosen] == run


def test_of_a_repeated_run_the_later_wins() -> None:
    found = [headings.Heading(i, str(n), 3.0) for i, n in enumerate([1, 2, 3, 1, 2, 3])]
    assert [heading.index for heading in headings.rising_run(found)] == [3, 4, 5]


@pytest.mark.parametrize(
    ("line", "is_appendix"),
    [
        ("Bilaga 2", True),
        ("Bilaga 2 – Röstlista", True),
        ("Bilaga A § 46", True),
        ("Bilaga 2 delas ut", False),
    ],
)
def test_an_appendix_is_told_by_its_heading(line: str, is_appendix: bool) -> None:
    assert bool(label_patterns.APPENDIX.fullmatch(line)) == is_appendix


@pytest.mark.parametrize(
    ("label", "is_opinion"),
    [
        ("Rådets yttrande", True),
        ("Kustrådets uttalande:", True),
        ("Rådets ställningstagande", True),
        ("Rådets beslut", False),
        ("Rådets yttrande dröjer", False),
    ],
)
def test_the_label_of_an_opinion_is_told(label: str, is_opinion: bool) -> None:
    assert bool(stycke_patterns.OPINION.fullmatch(label)) == is_opinion


@pytest.mark.parametrize(
    ("stycke", "is_next"),
    [
        ("Därefter ställer ordföranden el mot gas.", True),
        ("Sedan ställer ordföranden proposition på el.", True),
        ("Den som vill ha el röstar ja.", False),
        ("Därefter ställer ordföranden fram kaffe.", False),
    ],
)
def test_below_the_votes_the_chair_puts_what_comes_next(stycke: str, is_next: bool) -> None:
    assert bool(stycke_patterns.PUTS_NEXT.match(stycke)) == is_next
