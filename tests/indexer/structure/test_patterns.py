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
    patterns,
    person_patterns,
    speakers,
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
    for module in (patterns, person_patterns, joining, speakers, furniture)
    for name, pattern in vars(module).items()
    if isinstance(pattern, re.Pattern) and name not in SHORT
} | {f"UNLABELLED {kind}": pattern for kind, pattern in patterns.UNLABELLED.items()}


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
        ("Enligt utskottets förslag:", None),  # the first words of a decision
        ("yrkanden.", None),  # the end of a sentence, wrapped
        ("Beslutet dröjer till hösten", None),
        ("Till våren", None),
    ],
)
def test_a_label_names_the_kind_of_its_part(line: str, kind: PartKind | None) -> None:
    assert events.label(line) == kind


@pytest.mark.parametrize(
    ("stycke", "kind"),
    [
        ("Motionen remitteras till skolstyrelsen.", PartKind.BESLUT),
        ("Nämnden har beslutat att sälja kvarnen.", PartKind.BESLUT),
        ("Till ombud i stiftelsen utses Ada Ek (v).", PartKind.BESLUT),
        ("Brevet från eleverna läggs till handlingarna.", PartKind.BESLUT),
        ("Rådet utser Ada Ek (M) till ombud.", PartKind.BESLUT),
        ("Kommunfullmäktige beslutar att sälja kvarnen.", PartKind.BESLUT),
        ("Ordföranden ställer proposition och får svar.", PartKind.BESLUTSGANG),
        ("Omröstningen utfaller med 7 Ja mot 4 Nej.", PartKind.VOTERING),
        ("På grund av jäv lämnar Ada Ek (S) rummet.", PartKind.JAV),
        ("Ada Ek (S) utses att jämte Bo Ask (M) justera.", PartKind.BESLUT),
        ("Ada Ek (S) väljs till ombud.", PartKind.BESLUT),
        ("Ada Ek (S) valdes som ombud.", PartKind.BESLUT),
        ("Protokollet från den 12 maj godkänns.", PartKind.BESLUT),
        ("Delårsrapporten godkänns.", PartKind.BESLUT),
        ("Förteckningen över domar noteras.", PartKind.BESLUT),
        ("Delgivningarna antecknas.", PartKind.BESLUT),
        ("Meddelandena antecknas.", PartKind.BESLUT),
        ("Ansökan om el avslås.", PartKind.BESLUT),
        ("Uppföljningen godkänns.", PartKind.BESLUT),
        ("Bokslutet fastställs.", PartKind.BESLUT),
        ("Planerna antas.", PartKind.BESLUT),
        ("Budgeten återremitteras.", PartKind.BESLUT),
        ("Brevet läggs ad acta.", PartKind.BESLUT),
        ("Besluten anmäls utan erinran.", PartKind.BESLUT),
        ("Nämnden beslutar föreslå styrelsen el.", PartKind.BESLUT),
        ("Nämnden beslutar: El dras.", PartKind.BESLUT),
        ("Nämnden tillstyrker el.", PartKind.BESLUT),
        ("Nämnden avstyrker el.", PartKind.BESLUT),
        ("Nämnden medger el.", PartKind.BESLUT),
        ("Nämnden beviljar el.", PartKind.BESLUT),
        ("Nämnden anvisar el.", PartKind.BESLUT),
        ("Nämnden uppdrar el.", PartKind.BESLUT),
        ("Nämnden bordlägger el.", PartKind.BESLUT),
        ("Nämnden återremitterar el.", PartKind.BESLUT),
        ("Nämnden remitterar el.", PartKind.BESLUT),
        ("Nämnden överlämnar el.", PartKind.BESLUT),
        ("Nämnden antecknar el.", PartKind.BESLUT),
        ("Nämnden upphäver el.", PartKind.BESLUT),
        ("Nämnden hemställer el.", PartKind.BESLUT),
        ("Nämnden instämmer el.", PartKind.BESLUT),
        ("Nämnden anser el.", PartKind.BESLUT),
        ("Nämnden tackar för el.", PartKind.BESLUT),
        ("Nämnden ställer sig bakom el.", PartKind.BESLUT),
        ("Nämnden avger el.", PartKind.BESLUT),
        ("Nämnden avstår el.", PartKind.BESLUT),
        ("Nämnden lägger el.", PartKind.BESLUT),
        ("Nämnden har ingen el.", PartKind.BESLUT),
        ("Nämnden har inget el.", PartKind.BESLUT),
        ("Nämnden lämnar el.", PartKind.BESLUT),
        ("Nämnden åtar sig el.", PartKind.BESLUT),
        ("Nämnden ansluter sig el.", PartKind.BESLUT),
        ("Nämnden begär el.", PartKind.BESLUT),
        ("Nämnden medverkar el.", PartKind.BESLUT),
        ("Nämnden föreslår fullmäktige el.", PartKind.BESLUT),
        ("Nämnden föreslår att kommunstyrelsen el.", PartKind.BESLUT),
        ("Hamnrådet beviljar el.", PartKind.BESLUT),
        ("Fullmäktige anvisar el.", PartKind.BESLUT),
        ("Sedan ordföranden ställt proposition finner hon bifall.", PartKind.BESLUTSGANG),
        ("När ordföranden ställt frågan under omröstning är alla nöjda.", PartKind.BESLUTSGANG),
        ("Efter att ordföranden lagt fram proposition bifalls el.", PartKind.BESLUTSGANG),
        ("Ordföranden framställde proposition.", PartKind.BESLUTSGANG),
        ("Ordföranden tar upp en proposition.", PartKind.BESLUTSGANG),
        ("Ordföranden finner bifall.", PartKind.BESLUTSGANG),
        ("Ordföranden frågar om saken ska avgöras i dag.", PartKind.BESLUTSGANG),
        ("Propositioner ställs på el.", PartKind.BESLUTSGANG),
        ("Proposition ställs på el.", PartKind.BESLUTSGANG),
        ("Ja-röst innebär el.", PartKind.BESLUTSGANG),
        ("JA-röst betyder el.", PartKind.BESLUTSGANG),
        ("Ja röst för el.", PartKind.BESLUTSGANG),
        ("Den som vill ha el röstar ja.", PartKind.BESLUTSGANG),
        ("Ja röstar Ada Ek (S).", PartKind.VOTERING),
        ("Nej röstade Bo Ask (M).", PartKind.VOTERING),
        ("Vid omröstningen röstar Ada Ek (S) för el.", PartKind.VOTERING),
        ("Vid voteringen röstade Bo Ask (M) nej.", PartKind.VOTERING),
        ("För ja röstar Ada Ek (S).", PartKind.VOTERING),
        ("Med nej röstade Bo Ask (M).", PartKind.VOTERING),
        ("El vinner med fem röster mot två.", PartKind.VOTERING),
        ("El vinner med 5 ja-röster mot 2.", PartKind.VOTERING),
        ("Ordföranden förklarar mötet avslutat.", PartKind.TEXT),
        ("Ordföranden ställer fram kaffe.", None),
        ("Ja, el är bra.", None),
        ("Vid omröstningen är det kallt.", None),
        ("Två lag sjunger med fem röster.", None),
        ("Den som vill ha el får el.", None),
        ("Förslaget innebär att rapporten godkänns.", None),
        ("Ärendet, som bordläggs ofta, är gammalt.", None),
        ("Uppföljningen visar att el avslås.", None),
        ("Brevet läggs i lådan.", None),
        ("Besluten anmäls varje vår.", None),
        ("Nämnden beslutade samma dag att dra el.", None),
        ("Nämnden föreslår en utflykt.", None),
        ("Nämndens kassör begär el.", None),
        ("Kommunfullmäktige beslutade den 9 augusti att sälja kvarnen.", None),  # history
        ("Fritidsnämnden har begärt pengar.", None),
        ("Ordföranden hälsar alla välkomna.", None),
    ],
)
def test_a_stycke_without_a_label_shows_its_kind(stycke: str, kind: PartKind | None) -> None:
    kinds = [kind for kind, shape in patterns.UNLABELLED.items() if shape.match(stycke)]
    assert kinds == ([kind] if kind else [])


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
    ("line", "name", "party"),
    [
        ("Anf. 112 SIRI HEDSJÖ (kd) replik:", "SIRI HEDSJÖ", "kd"),
        ("Anf.58 SIRI HEDSJÖ (m):", "SIRI HEDSJÖ", "m"),
        ("Anf. I TALMANNEN:", "TALMANNEN", None),
        ("Anf. 83 Sjöfartsminister HENNING TEGNÅS:", "HENNING TEGNÅS", None),
        ("Anf. 27 Handels- och sjöfartsminister ADA EK (c):", "ADA EK", "c"),
        ("Herr Tegnås i Bro:", "Tegnås", None),
        ("Friherre von Hagelås:", "von Hagelås", None),
        ("Herr KLIPPÅS (h) kort genmäle:", "KLIPPÅS", "h"),
        ("Herr SÄVBO, FOLKE, (cp):", "SÄVBO, FOLKE", "cp"),
        ("Fru SOLHED (s):", "SOLHED", "s"),
        ("VIGGO LERBÄCK (5):", "VIGGO LERBÄCK", "5"),
        ("BESLUT:", None, None),
        ("Dessa ledamöter röstar JA:", None, None),
        ("KOMMUNFULLMÄKTIGE BESLUTAR:", None, None),
    ],
)
def test_the_opening_of_a_speech_names_the_speaker(
    line: str, name: str | None, party: str | None
) -> None:
    match = speakers.opening(line)
    assert (match and match["name"]) == name
    assert (match and match["paren"]) == party


@pytest.mark.parametrize(
    ("line", "name", "party"),
    [
        ("Ada Ek (C)", "Ada Ek", "C"),
        ("Replik: Ada Ek (V)", "Ada Ek", "V"),
        ("Ada Ek (C), replik", "Ada Ek", "C"),
        ("Ada Ek (C) – kort genmäle:", "Ada Ek", "C"),
        ("Ada Ek (fd M)", "Ada Ek", "fd M"),
        ("Ada Ek (politisk vilde)", "Ada Ek", "politisk vilde"),
        ("Ordföranden Ada Ek (S):", "Ada Ek", "S"),
        ("Ada Ek (C) yrkar bifall", None, None),
        ("Yrkande av Ada Ek (C)", None, None),
        ("Ada Ek (revisor)", None, None),
    ],
)
def test_a_name_with_a_party_stands_above_a_speech(
    line: str, name: str | None, party: str | None
) -> None:
    match = person_patterns.NAME_LINE.fullmatch(line)
    assert (match and match["name"]) == name
    assert (match and match["paren"]) == party


@pytest.mark.parametrize(
    ("sentence", "kind", "names"),
    [
        ("Siri Hedsjö (S) yrkar bifall.", PartKind.YRKANDE, ["Siri Hedsjö"]),
        ("Siri Hedsjö, (C) föreslår avslag.", PartKind.YRKANDE, ["Siri Hedsjö"]),
        ("Ada von Hagelås (-) frågar varför.", PartKind.FRAGA, ["Ada von Hagelås"]),
        ("Hamnborgarrådet Ada Ek (S) besvarar brevet.", PartKind.SVAR, ["Ada Ek"]),
        ("Ada Ek (S) tackar för ordet.", PartKind.ANFORANDE, ["Ada Ek"]),
        ("Ada Ek, gatuchef, redogör för läget.", PartKind.PRESENTATION, ["Ada Ek"]),
        ("Ada Ek (S) och Bo Ask (V) instämmer.", PartKind.YRKANDE, ["Ada Ek", "Bo Ask"]),
        ("Ada Ek (S) anmälde avvikande åsikt: Nej.", PartKind.RESERVATION, ["Ada Ek"]),
        ("Ada Ek (S) anmäler jäv.", PartKind.JAV, ["Ada Ek"]),
        ("Ada Ek (S) anmäler att hon reserverar sig.", PartKind.RESERVATION, ["Ada Ek"]),
        (
            "Ada Ek (S) får följande antecknat till protokollet: Nej.",
            PartKind.PROTOKOLLSANTECKNING,
            ["Ada Ek"],
        ),
        ("Ada Ek (S) medges lämna en anteckning.", PartKind.PROTOKOLLSANTECKNING, ["Ada Ek"]),
        ("Under kaffet föreslog Ada Ek (S), biträdd av Bo Ask, el.", PartKind.YRKANDE, ["Ada Ek"]),
        ("Föredragande: Ada Ek, badchef", PartKind.PRESENTATION, ["Ada Ek"]),
        ("Föredragande: Norra Kvarnnämnden", None, []),
        ("Sedan informerar Ada Ek (S) om läget.", PartKind.PRESENTATION, ["Ada Ek"]),
        ("Optiker Ada Ek berättade om glas.", PartKind.PRESENTATION, ["Ada Ek"]),
        ("Ada Ek (S) m.fl. yrkar bifall.", PartKind.YRKANDE, ["Ada Ek"]),
        ("Ada Ek (S), understödd av Bo Ask, föreslog el.", PartKind.YRKANDE, ["Ada Ek"]),
        ("Ada Ek (S) lägger fram ett ändringsyrkande.", PartKind.YRKANDE, ["Ada Ek"]),
        ("Ada Ek (S) presenterar ett förslag.", PartKind.PRESENTATION, ["Ada Ek"]),
        ("Ada Ek (S) har väckt en motion om el.", PartKind.ARENDE, ["Ada Ek"]),
        ("I en motion hemställer Ada Ek (S) att el dras.", PartKind.ARENDE, ["Ada Ek"]),
        ("Avslag yrkades av Ada Ek (S) och Bo Ask (M).", PartKind.YRKANDE, ["Ada Ek", "Bo Ask"]),
        ("Yrkande av Ada Ek (S): avslag.", PartKind.YRKANDE, ["Ada Ek"]),
        (
            "Ada Ek (S) har anmält en protokollsanteckning.",
            PartKind.PROTOKOLLSANTECKNING,
            ["Ada Ek"],
        ),
        ("Ada Ek (S) får anteckna att el är dyrt.", PartKind.PROTOKOLLSANTECKNING, ["Ada Ek"]),
        (
            "Ada Ek (S) medges till protokollet anteckna: Nej.",
            PartKind.PROTOKOLLSANTECKNING,
            ["Ada Ek"],
        ),
        (
            "Ada Ek (S) låter till protokollet anteckna: Nej.",
            PartKind.PROTOKOLLSANTECKNING,
            ["Ada Ek"],
        ),
        (
            "Ada Ek (S) har anmält följande särskilda yttrande:",
            PartKind.SARSKILT_YTTRANDE,
            ["Ada Ek"],
        ),
        (
            "Ada Ek (S) har dagen efter mötet inkommit med särskilt yttrande.",
            PartKind.SARSKILT_YTTRANDE,
            ["Ada Ek"],
        ),
        (
            "Ada Ek (S) anför i ett särskilt yttrande att el är dyrt.",
            PartKind.SARSKILT_YTTRANDE,
            ["Ada Ek"],
        ),
        (
            "Ada Ek (S) skriver i ett särskilt yttrande att el är dyrt.",
            PartKind.SARSKILT_YTTRANDE,
            ["Ada Ek"],
        ),
        ("Ada Ek (S) deltar inte i handläggningen.", PartKind.JAV, ["Ada Ek"]),
        ("Ada Ek (S) väckte en motion om el.", PartKind.ARENDE, ["Ada Ek"]),
        ("Ada Ek (S) väckte den 4 mars 2031, § 12, en motion om el.", PartKind.ARENDE, ["Ada Ek"]),
        ("Ada Ek (S) väckte motionen i maj.", PartKind.ARENDE, ["Ada Ek"]),
        ("Ada Ek (S) har i en motion den 3 maj 2031 föreslagit el.", PartKind.ARENDE, ["Ada Ek"]),
        ("Ada Ek (S) har i en motion, med stöd av Bo Ask, yrkat el.", PartKind.ARENDE, ["Ada Ek"]),
        ("Ada Ek (S) har i en motion begärt el.", PartKind.ARENDE, ["Ada Ek"]),
        ("Ada Ek (S) vill veta vad el är.", PartKind.FRAGA, ["Ada Ek"]),
        ("Ada Ek (S) önskar få veta vad el är.", PartKind.FRAGA, ["Ada Ek"]),
        ("Ada Ek (S) ber att få veta vad el är.", PartKind.FRAGA, ["Ada Ek"]),
        ("Ada Ek (S) bad om ett besked.", PartKind.FRAGA, ["Ada Ek"]),
        ("Ada Ek (S) ber om uppgift om el.", PartKind.FRAGA, ["Ada Ek"]),
        ("Ada Ek (S) efterfrågar en karta.", PartKind.FRAGA, ["Ada Ek"]),
        ("Ada Ek (S) uppger på fråga att el finns.", PartKind.SVAR, ["Ada Ek"]),
        ("Ada Ek (S) upplyser på hennes fråga att el finns.", PartKind.SVAR, ["Ada Ek"]),
        ("Ada Ek (S) förklarar på en direkt fråga att el finns.", PartKind.SVAR, ["Ada Ek"]),
        ("Ada Ek (S) lämnar upplysningar om el.", PartKind.PRESENTATION, ["Ada Ek"]),
        ("Ada Ek (S) anför att el är dyrt.", PartKind.ANFORANDE, ["Ada Ek"]),
        ("Ada Ek (S) anmäler att el saknas.", PartKind.ANFORANDE, ["Ada Ek"]),
        ("Ada Ek (S) bedömer att el räcker.", PartKind.ANFORANDE, ["Ada Ek"]),
        ("Ada Ek (S) befarar strömavbrott.", PartKind.ANFORANDE, ["Ada Ek"]),
        ("Ada Ek (S) varnar för el.", PartKind.ANFORANDE, ["Ada Ek"]),
        ("Ada Ek (S) räknar med el.", PartKind.ANFORANDE, ["Ada Ek"]),
        ("Ada Ek (S) erinrar om el.", PartKind.ANFORANDE, ["Ada Ek"]),
        ("Ada Ek (S) deltar inte i beslutet.", None, []),
        ("Ada Ek (S) ber om ordet.", None, []),
        ("Ada Ek (S) räknar båtar.", None, []),
        ("Likaledes reserverar sig Ada Ek (S).", PartKind.RESERVATION, ["Ada Ek"]),
        ("Dessutom yrkar Ada Ek (S) avslag.", PartKind.YRKANDE, ["Ada Ek"]),
        ("Mot beslutet reserverar sig även Ada Ek (S).", PartKind.RESERVATION, ["Ada Ek"]),
        (
            "Till protokollet antecknas på begäran av Ada Ek (S) el.",
            PartKind.PROTOKOLLSANTECKNING,
            ["Ada Ek"],
        ),
        (
            "Till protokollet antecknas, på begäran av Ada Ek (S), el.",
            PartKind.PROTOKOLLSANTECKNING,
            ["Ada Ek"],
        ),
        ("Till protokollet antecknas att Ada Ek (S) gick.", None, []),
        ("I en motion av Ada Ek (S) föreslås el.", PartKind.ARENDE, ["Ada Ek"]),
        ("En motion från Ada Ek (S) gäller el.", PartKind.ARENDE, ["Ada Ek"]),
        ("Styrelsen har översänt en motion, som Ada Ek (S) väckte.", PartKind.ARENDE, ["Ada Ek"]),
        ("Rådet har den 3 maj remitterat en motion av Ada Ek (S).", PartKind.ARENDE, ["Ada Ek"]),
        ("Svaret på en motion av Ada Ek (S) dröjer.", None, []),
        ("Styrelsen har översänt en motion om el.", None, []),
        ("Ada Ek, gatuchef, meddelar att el finns.", PartKind.ANFORANDE, ["Ada Ek"]),
        ("Ada Ek, gatuchef, påminner i sin skrivelse om el.", None, []),
        ("Ada Ek, gatuchef, uppger på fråga att el finns.", PartKind.SVAR, ["Ada Ek"]),
        (
            "Ada Ek, rektor i Bro, berättar om barn, varav nio nya.",
            PartKind.PRESENTATION,
            ["Ada Ek"],
        ),
        (
            "Medicinskt ansvarig sjuksköterska Ada Ek visar vaccin.",
            PartKind.PRESENTATION,
            ["Ada Ek"],
        ),
        ("Kultur- och fritidschef Ada Ek visar badet.", PartKind.PRESENTATION, ["Ada Ek"]),
        ("Optikern Ada Ek visar glas.", PartKind.PRESENTATION, ["Ada Ek"]),
        ("Arkivarie Ada Ek visar kartor.", PartKind.PRESENTATION, ["Ada Ek"]),
        ("Ada Ek i byalaget visar lamm.", PartKind.PRESENTATION, ["Ada Ek"]),
        ("Ada Ek, vd, visar el.", PartKind.PRESENTATION, ["Ada Ek"]),
        ("Hyresvärd Gröna Gården informerar om el.", None, []),
        ("Åsmyra Energi, ägare till el, informerar om el.", None, []),
        ("Yrkande av Ada Ek (S) ställs mot bifall.", None, []),
        ("Förslaget som yrkas av Ada Ek (S) faller.", None, []),
        ("Efter reservation av Ada Ek (S) höjs avgiften.", None, []),
        ("Till ledamot föreslås Ada Ek (S).", None, []),
        ("Exploatör Blå Hus föreslår fler hus.", None, []),
        ("Vid mötet informerar gatuchef Ada Ek om is.", PartKind.PRESENTATION, ["Ada Ek"]),
        ("Vid mötet föreslår styrelsen Ada Ek (S).", None, []),
        ("Åsmyra Kommun informerar om läget.", None, []),
        ("Hamnnämnden Väster föreslår avslag.", None, []),
        ("Blå Porten berättar om sina bullar.", None, []),
    ],
)
def test_a_sentence_tells_who_speaks(
    sentence: str, kind: PartKind | None, names: list[str]
) -> None:
    turn = speakers.of_sentence(sentence, 0, len(sentence), frozenset())
    assert (turn and turn.kind) == kind
    assert [speaker.name for speaker in (turn.speakers if turn else ())] == names


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
    assert bool(patterns.APPENDIX.fullmatch(line)) == is_appendix
