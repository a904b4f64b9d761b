"""Labels: the heading that a stretch of a § stands under, and those before the first §.

A new label is a row of ``LABELS``.
"""

from __future__ import annotations

import re

from indexer.model import PartKind
from indexer.structure.patterns import UPPER, any_of

# "Kommunstyrelsens ", "Rådets "; not "Enligt utskottets förslag:", the words of a decision
# nor "Ordföranden ställer proposition på kontorets förslag"
_OWNER = (
    rf"(?:(?!Enligt |Med |I |Ja |Nej |[^.]{{2,60}}[ae]r )[{UPPER}][\w-]+(?: [\w-]+){{0,4}}(?:s|:s) "
    rf"|[{UPPER}]{{2,5}} )?"
)
_COUNCIL = any_of(r"kommun\w+", r"region\w+", r"full\w+", r"beslut")
_PAPER = any_of(
    *("Beslut(?:et)?", "Protokollsutdrag(?:et)?", "Utdrag", "Kopia", "Paragrafen"),
    *("Yttrande(?:t)?", "Remissvar(?:et)?", "Skrivelse(?:n)?"),
)
_SENT = any_of(
    *("skickas", "sänds", "översänds", "expedieras", "delges", "lämnas", "överlämnas"),
    *("meddelas", "tillställs"),
)

LABELS: dict[PartKind, tuple[str, ...]] = {
    PartKind.YRKANDE: (
        (
            r"(?:Muntliga? f|F)örslag(?: till beslut)?"
            r" (?:under|på|vid) (?:dagens )?(?:sammanträdet|mötet)"
        ),
        (
            r"(?:(?:Tilläggs|Ändrings|Återremiss|Bifalls|Avslags)y|Y)rkande(?:n|t|na)?"
            r"(?: (?:(?:och|under|på|vid|i) .{2,40}|från (?:leda|parti|ersätt)\w+))?"
        ),
        r"(?:Förslag|Inlägg) och yrkanden",
        r"(?:Tilläggs|Ändrings|Mot)förslag(?:et|en)?",
        r"Nominering(?:ar|en)?",
    ),
    PartKind.FORSLAG: (
        rf"{_OWNER}[Ff]örslag(?: till {_COUNCIL})?(?: (?:i|till|för|från) .{{2,40}})?",
        rf"{_OWNER}[Bb]eslutsförslag",
    ),
    PartKind.BESLUT: (
        (
            rf"{_OWNER}[Bb]eslut(?:et)?(?: för egen del)?(?: och förslag till {_COUNCIL})?"
            r"(?: i (?:kommun|region|nämnd|utskott|styrels)\w*)?"
        ),
        (
            rf"[{UPPER}][\w-]+(?: [\w-]+){{0,4}} (?:beslutar|beslutade|beslöt)"
            r"(?: enhälligt)?(?: för egen del)?(?: följande| att)?"
        ),
    ),
    PartKind.BESLUTSGANG: (
        (
            r"(?:(?:Fortsatt b|B)eslutsgång|Propositionsordning|Beslutsordning)(?:en)?"
            r"(?: (?:om|på|avseende) [^.:;]{2,40})?"
        ),
        r"Proposition(?:er)?(?: på [^.:;]{2,40})?",
        r"Ordförandens proposition(?:er)?",
    ),
    PartKind.VOTERING: (
        (
            r"(?:(?:Huvud|Mot|Sluten |Öppen )?(?:omröstning|votering)|Omröstning|Votering)"
            r"(?:en|ar|s?resultat(?:et)?|s?ordning(?:en)?|s?proposition(?:en)?|s?lista)?"
            r"(?: (?:nr\.? ?)?\d{1,3}| begärs| (?:om|på) [^.:]{2,40})?"
        ),
    ),
    PartKind.RESERVATION: (
        r"(?:Skriftlig )?[Rr]eservation(?:en|er)?(?: mot beslutet)?",
        r"Avvikande (?:åsikt|mening)(?:er|ar)?",
    ),
    PartKind.SARSKILT_YTTRANDE: (r"Särskil(?:t (?:yttrande|uttalande)|da yttranden)",),
    PartKind.PROTOKOLLSANTECKNING: (
        r"(?:Protokollsa|A)nteckning(?:en|ar)?(?: till protokollet)?",
        r"Till protokollet(?: antecknas)?",
        r"Notering(?:ar)?",
    ),
    PartKind.ANFORANDE: (
        r"Anföranden?",
        r"Inlägg(?: i debatten)?",
        r"(?:Debatt|Diskussion|Överläggning)(?:en)?",
    ),
    PartKind.JAV: (
        r"Jäv(?:sanmälan)?",
        r"Deltar (?:ej|inte) i (?:beslut(?:et)?|handläggning(?:en)?)",
    ),
    PartKind.UNDERLAG: (
        r"(?:Besluts)?[Uu]nderlag(?:et)?(?: för beslut)?",
        r"Handling(?:ar|en|arna)?(?: i ärendet)?",
        r"Bilag(?:a|or)",
        r"Ärendets handlingar",
    ),
    PartKind.EXPEDIERING: (
        (
            rf"{_PAPER} (?:ska )?(?:{_SENT} )?"
            r"(?:till|för kännedom(?: till)?)"
        ),
        rf"Beslutet (?:ska )?{_SENT}(?: .{{2,40}})?",
        r"(?:(?:Besluts)?[Ee]xpedi(?:eras|erat|ering)|Skickas|Sänds)(?: till)?",
        r"(?:Delges|Delgivning|Kopia)(?: till)?",
        r"Sändlista|Protokollsutdrag",
    ),
    PartKind.ARENDE: (
        r"Ärendebeskrivning(?:en)?(?: och .{2,30})?",
        r"Ärendet",
        r"(?:Sammanfattning|Beredning|Beskrivning)(?:en)?(?: av ärendet)?",
        r"Bakgrund(?: och syfte)?",
        r"(?:Ärendets t|T)idigare behandling",
        r"Ärendets (?:beredning|behandling|gång)",
        r"(?:(?:Ekonomiska|Juridiska|Sociala|Miljömässiga) k|K)onsekvenser(?: .{2,40})?",
        r"\w{0,12}[Kk]onsekvens(?:analys|bedömning|beskrivning)(?:en)?",
        r"Barnkonsekvenser|(?:(?:Prövning|Bedömning) av b|B)arnets bästa|Lagstöd|Lagrum",
        r"Kostnad(?:er)?|Ekonomi|Finansiering|Tid(?:s)?plan",
        r"(?:Skäl(?:en)? för|Motivering(?:en)? (?:till|för)) (?:beslut(?:et)?|förslaget)",
        r"(?:Föredragandens m|M)otivering(?:en|ar|arna)?",
        r"Redogörelse för ärendet|Skrivelsen?",
        r"Motionen|Interpellationen|Medborgarförslaget",
        r"Remiss(?:en|behandling(?:en)?|yttranden(?:a)?)|Remissvar(?:et|en)?",
        rf"{_OWNER}(?:[Bb]edömning|[Ss]ynpunkter|[Öö]verväganden|[Uu]tlåtande|[Ss]lutsatser)",
        r"MBL|(?:Facklig s|S)amverkan|(?:Facklig f|F)örhandling(?: enligt .{2,40})?",
        r"(?:Inkomna |Remissinstansernas )?[Ss]ynpunkter(?: .{2,40})?",
    ),
    PartKind.PRESENTATION: (
        r"(?:Information|Föredragning|Redovisning|Presentation|Återkoppling)(?:en|ar|er)?",
    ),
    PartKind.FRAGA: (
        r"Fråga(?: (?:nr\.? ?)?\d{1,3})?",
        r"Frågor(?: och svar)?",
        r"Interpellation",
    ),
    PartKind.SVAR: (r"Svar",),
    PartKind.JUSTERING: (
        r"(?:Paragrafen|Punkten) (?:är|förklaras) (?:omedelbart )?justerad",
        r"(?:Omedelbar j|J)ustering",
    ),
    PartKind.TEXT: (
        rf"[{UPPER}][\w-]+s (?:yttrande|uttalande|ställningstagande)",
        r"Ajournering|Behandling(?:en)?|Upplysning(?:ar)?",
        r"(?:Så här|Hur man|Hur du) överklagar(?: .{2,40})?",
        r"(?:Besvärs|Överklagande)(?:hän|an)visning(?:ar)?|Överklagande",
    ),
}
LABEL = re.compile("|".join(f"(?P<{kind}>{any_of(*shapes)})" for kind, shapes in LABELS.items()))
# "Beslut: Muren rivs."
LABEL_AND_TEXT = re.compile(r"(?P<label>[^:]{3,40}): (?=\S)")
# "Förslag till beslut i kommunfullmäktige": below Beslut it is the board's own decision
TO_COUNCIL = re.compile(
    r"\b(?:i|till) (?:kommun|region|förbunds)?fullmäktige|^Förslag till beslut$"
)

# "A/ Hamnskolan": a heading among what is told in one §
SUBHEADING = re.compile(rf"[A-ZÅÄÖ][/)] ?[{UPPER}][^.:;?!]{{1,60}}")
# No sentence, nobody's name
UNKNOWN_LABEL = re.compile(
    rf"(?!(?:[{UPPER}][\w-]+ ){{1,3}}[{UPPER}][\w-]+$)[{UPPER}][^.:;?!()\d]{{3,60}}:?"
)
# After the last §: "Bilaga 1", "Bilaga A § 46" on a page of its own
APPENDIX = re.compile(
    r"(?i:bilaga)(?: (?:nr )?[\dA-Z]{1,3})?(?:,? (?:till )?§ ?\d.{0,40}| [–-] .{1,60})?:?"
)

# "Förslag till beslut", "Kommunstyrelsens förslag": not what a matter is called
PROPOSAL = re.compile(r"(?i:förslag till beslut|s förslag\b|beslutsförslag)")

# Labels of what stands before the first §; the text may follow on the same line, in a column.
_SESSION = "(?:sammanträdes)?"
FRONT_LABELS: dict[PartKind, tuple[str, ...]] = {
    PartKind.INNEHALL: (
        r"Innehåll(?:sförteckning)?",
        r"(?:Ärende|Föredragnings)lista",
        r"Ärenden",
        r"Dagordning",
        r"Ärendeförteckning",
        r"Rubrik",
    ),
    PartKind.NARVARO: (
        r"(?:Beslutande|Närvarande)(?: beslutande)?(?: ledamöter)?(?: och ersättare)?(?: är)?",
        r"(?:Vidare|Dessutom) närvar(?:ar|ande)",
        r"(?:Ej |Icke )?[Tt]jänstgörande(?: ersättare)?",
        r"Ersättare",
        r"Ledamöter(?: och ersättare)?",
        r"(?:Övriga |Också )(?:närvarande|deltagare|deltagande)",
        r"Närvaro(?:lista)?",
        r"Deltagare",
        r"Tjänste(?:personer|män)",
        r"Plats, tid och närvaro",
        r"Frånvarande(?: är)?",
    ),
    PartKind.JUSTERING: (
        r"Utses att justera",
        r"Justering(?:en|ens (?:plats och tid|tid|plats))?",
        r"Juster(?:are|ande)(?:s namn)?",
        r"Justerat",
        r"Protokollet (?:är )?justera(?:s|t|des)?",
        r"Underskrifter?",
        r"Sekreterare",
        r"A(?:NSLAG|nslag)(?: ?/ ?[Bb](?:EVIS|evis))?",
    ),
    PartKind.TEXT: (
        rf"Plats(?: och {_SESSION}tid)?",
        r"Tid(?: och plats)?",
        r"Paragraf(?:er)?",
        r"Sammanträdes(?:datum|tid)",
        r"Datum",
    ),
}
# Those present and the contents follow in capitals or figures; "Ledamöter och partier" is a menu
_TIGHT = (PartKind.NARVARO, PartKind.INNEHALL)
_FOLLOWS = {
    kind: rf"(?=:|$| [{UPPER}\d])" if kind in _TIGHT else r"(?=:|\s|$)" for kind in FRONT_LABELS
}
FRONT_LABEL = re.compile(
    "|".join(
        f"(?P<{kind}>{any_of(*shapes)}{_FOLLOWS[kind]})" for kind, shapes in FRONT_LABELS.items()
    )
)
