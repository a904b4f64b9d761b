"""The shapes of lines in Swedish protokoll, as regular expressions; those of persons and what they
do stand in ``person_patterns``. All are linear in time: every repetition is bounded or followed by
something it cannot match.
"""

from __future__ import annotations

import re

from indexer.identifiers import DNR_LABEL
from indexer.model import PartKind

UPPER = "A-ZÅÄÖÉÈÜØÆÁÍÓÇŠŽĆČ"
LOWER = "a-zåäöéèüøæáíóçšžćčñ"


def any_of(*shapes: str) -> str:
    """One of several shapes."""
    return f"(?:{'|'.join(shapes)})"


# --- page furniture ----------------------------------------------------------------------------

_PAGE_OF_PAGES = r"\d{1,4}\ ?(?:\(\ ?\d{1,4}\ ?\)|\[\d{1,4}\]|/\ ?\d{1,4}|av\ \d{1,4})"
_SIGNS = any_of(
    r"(?:Justera(?:rnas|rens|res|rs|ndes|re)|Ordförandens?|Ordf\.?|Sekr(?:eterarens)?)"
    r"\ (?:sign(?:atur(?:er)?)?\.?)",
    r"Utdragsbestyrkande",
    r"Utdragets\ riktighet\ bekräftas",
    r"Expedierat/bestyrkt",
    r"Bestyrkes",
    r"Sign(?:atur)?\.?",
)
FURNITURE = re.compile(
    rf"""
      (?:Sid(?:a|an|nr)?[.:]?\ ?)?(?:{_PAGE_OF_PAGES}|\d{{1,4}})   # "Sida 2 (3)", "3[18]", "6 / 22"
    | \(\d{{1,4}}\) | -\ ?\d{{1,4}}\ ?-                            # "(19)", "- 4 -"
    | {_SIGNS}(?:\ {_SIGNS}){{0,5}}                                # the row of signatures
    | (?:[\w.-]{{1,30}}(?:\ [\w.-]{{1,30}}){{0,5}}\ \|\ ){{2,8}}[\w\ -]{{1,60}}   # a row of links
    # links of a web page
    | (?:Om\ )?(?:[Kk]akor|[Cc]ookies)(?:\ på\ webbplatsen)? | Tillgänglighetsredogörelse
    | (?:Godkänn|Acceptera|Neka|Avvisa)\ (?:alla\ )?(?:kakor|cookies)
    | Vi\ använder\ (?:kakor|cookies)\b[^§]{{0,120}}
    | Om\ (?:webb)?platsen | Skriv\ ut | Till\ toppen
    # when the page, not the protokoll, was changed
    | (?:Sidan\ )?(?:[Ss]enast\ )?(?:[Uu]ppdaterad|[Ää]ndrad|[Pp]ublicerad)(?:\ den|:)?
      \ (?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}\ [a-zåäö]{{3,9}}\.?\ \d{{4}})
      (?:,?\ (?:kl\.?\ )?\d{{1,2}}[.:]\d{{2}})?
    | (?:Tillbaka|Hoppa)\ till\ \w{{1,30}}
    """,
    re.VERBOSE,
)
# What a decision may be, and a running head rarely is: three words and a full stop
SENTENCE = re.compile(r"[^ ]++(?: [^ ]++){2,}(?<=\.)")
RULE = re.compile(r"[_\-=*. ]{5,}")  # "___________" closes each §

# --- labels: the heading a stretch of a § stands under -------------------------------------------

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

# --- lists and sentences -------------------------------------------------------------------------

BULLET = re.compile(rf"[•▪■●○◦*–\-] |o (?=[{UPPER}])|\d{{1,2}}[.)] |[a-zA-Z][.)/] ")
ITEM_NUMBER = re.compile(r"(\d{1,2})\. ")
# "att flytta ladan" below "beslutar" or another such item; else a line may begin so by chance
THAT_ITEM = re.compile(r"att \w")
BEFORE_THAT = re.compile(r"(?:[.:;]|\bbeslut\w{0,4})$")
LEADER = re.compile(r"(?:\.{3,}+|…++|(?:\. ){3,}+)[ .]*+\d{0,4}$")  # of a contents list
SENTENCE_END = re.compile(r"[.!?:]['\")»”]*$")
# A word after which a line cannot end a title
TITLE_GOES_ON = re.compile(r"(?:-|\b(?:och|samt|för|av|i|till|med|om|på|från|att|den|det|vid))$")

# --- § headings ----------------------------------------------------------------------------------

# What may stand before the sign: "KF § 47", "KF-§ 47", "Nämnden för broar 24.9.2031 § 37",
# "Ärende 3. / 41 §"
_FINNISH_DATE = r"\d{1,2}\.\d{1,2}\.\d{4}"  # it stands in the row of the heading in Finland
_BEFORE_SIGN = rf"""
    (?:[{UPPER}][{UPPER}a-zåäö]{{1,4}}[ -](?=§)
      |[{UPPER}][^\d§]{{2,60}}{_FINNISH_DATE},?\ (?=§)
      |[{UPPER}][^\d§]{{2,60}}\ (?=§\ ?\d{{1,4}}\ {_FINNISH_DATE}$)
      |Ärende\ \d{{1,3}}\.?\ ?/\ ?)?
"""
# "§ 12", "§12 a", "12 §", "12a§", "§ 12/2031", "Paragraf 12"; not the ranges "§§ 81-88", "§ 81-88"
HEADING = re.compile(
    rf"""
    {_BEFORE_SIGN}
    (?:(?:§|Paragraf\b)\ ?(?P<after>\d{{1,4}}(?:\ ?[a-z](?!\w))?)
      |(?P<before>\d{{1,4}}(?:\ ?[a-z](?=\ ?§))?)\ ?§)
    (?:/(?:20)?\d\d(?!\d))?(?:\ {_FINNISH_DATE}$)?
    (?![§\d]|\ ?[-–—]\ ?§?\ ?\d)
    (?P<rest>.*)
    """,
    re.VERBOSE,
)
# "58 Dnr KS 2031/40 Title": the sign was lost, but a dnr follows
HEADING_BY_DNR = re.compile(r"(?P<after>\d{1,4})(?P<rest> (?:Dnr|DNR|Diarien|Ärenden).*)")
# "4. Vinterbad", "1 Upprop", "Ärende 3", "12": a heading where no § is found at all and the type
# stands out
HEADING_BY_NUMBER = re.compile(
    rf"(?:Ärende )?(?P<after>\d{{1,3}})[.,:]?(?P<rest> [\"”{UPPER}].*|$)"
)
# "$ 2;", "8 6.", "14 8 Upprop", "28 Avsked" (= 2 §): the sign misread by OCR; a heading
# where its number is missing between two §§
HEADING_MISREAD = re.compile(
    rf"""
    (?:[$&8S\ufffd]\ ?(?P<after>\d{{1,3}}) | (?P<before>\d{{1,3}})\ ?[$&8\ufffd])
    \ ?[.;:&]?(?P<rest>$|\ [\"”{UPPER}].*)
    """,
    re.VERBOSE,
)
CONTINUED = re.compile(r"(?:\d{2,6}/\d{2,4} ?)?\(?[Ff]orts(?:ättning|ätter)?\b\.?\)?")
DNR_IN_BRACKETS = re.compile(r"\((?P<dnr>[^()]{5,40})\)")  # "§ 12 (KS 2031/80) Title"
DNR_WORD = re.compile(DNR_LABEL, re.VERBOSE)  # "Ärendenummer" with nothing after it
# What may follow the number of a heading; anything else is a citation ("§ 19 att", "§ 20, och")
HEADING_TITLE = re.compile(rf"[\"”“'(]{{0,2}}[{UPPER}\d]")
# A line that breaks off where a citation follows: "medgav den 14 januari 2030" / "§ 207 …"
BROKEN_OFF = re.compile(
    r"(?:[,(–-]|\b(?:den|enligt|och|samt|av|i|se|jämför|jfr|\d{4}|\d{4}-\d\d-\d\d"
    r"|jan|feb|mars|april|maj|juni|juli|aug|augusti|\w{3,6}ber|\w{3,4}uari))$"
)

# --- parts without a label (old minutes; short ones) ---------------------------------------------

_MATTER_WORD = any_of(
    *("Motionen", "Ärendet", "Interpellationen", "Medborgarförslaget", "Frågan", "Anmälan"),
    *("Avsägelsen", "Rapporten", "Informationen", "Redovisningen", "Ansökan", "Yttrandet"),
    *("Förslaget", "Skrivelsen", "Dagordningen", "Föredragningslistan", "Protokollet"),
    *("Delårsrapporten", "Förteckningen", "Delgivningarna", "Meddelandena"),
)
# what may follow: not "antas kosta", "fastställs av regionen"
_SO = (
    r"(?=[.,;:]|$| (?:och|samt|med|till|utan|enligt|för|den|på|efter|oförändra|med den)"
    r"|\si (?:enlighet|sin helhet))"
)
# "Protokollet från den 12 maj godkänns"; not "Förslaget innebär att …", "Ärendet, som bordlades"
_MATTER = (
    rf"{_MATTER_WORD}(?: (?:från|av|om|för|i|till|över|nr)"
    r"(?: (?!att |som )[\w\d.–-]{1,40}){1,12})?"
)
_SETTLED = any_of(
    *("remitteras", "överlämnas", "bordläggs", "återremitteras", "bifalls", "avslås", "godkänns"),
    *("antecknas", "beviljas", "noteras", "utgår", "fastställs"),
    *("antas", "(?:anses|är|förklaras) (?:därmed )?besvarad", "får (?:ställas|framställas)"),
)
# "Uppföljningen godkänns och delges kommunstyrelsen", whatever it is
_SETTLED_BY_US = any_of(
    *("godkänns", "avslås", "bifalls", "fastställs", "antas", "bordläggs", "återremitteras"),
)
_SETTLES = any_of(
    *("utser", "utsåg", "godkänner", "godkände", "fastställer", "fastställde", "antar", "antog"),
    *("bifaller", "biföll", "avslår", "avslog"),
)
# What only the body whose protokoll it is settles: of another one it is told how it went
_OWN_SETTLES = any_of(
    *("tillstyrker", "avstyrker", "medger", "beviljar", "anvisar", "uppdrar", "bordlägger"),
    *("återremitterar", "remitterar", "överlämnar", "antecknar", "upphäver"),
    *("hemställer", "instämmer", "anser", "tackar för", "ställer sig bakom", "avger", "avstår"),
    *("lägger", "har (?:ingen|inget)", "lämnar", "åtar sig", "ansluter sig", "begär", "medverkar"),
    "tar del av",
    r"föreslår (?:att )?(?:kommun|region)?(?:fullmäktige|styrelsen)",
)
_TO_DECIDE = any_of(
    *("föreslå", "hemställa", "tillstyrka", "avstyrka", "bordlägga", "återremittera", "uppdra"),
    *("remittera", "anta", "avslå", "bifalla", "godkänna", "överlämna", "lämna", "begära", "utse"),
    *("låta", "inrätta", "ge", "lägga", "upphäva", "anvisa", "bevilja", "fastställa", "medge"),
)
# "beslutar att", "beslutar: ", "beslutar föreslå"; not "beslutade samma dag"
_DECIDES = (
    r"(?:beslutar|beslutade|beslöt|har beslutat)(?: enhälligt| för egen del)?"
    rf"(?::|,? att| följande| {_TO_DECIDE}\b)"
)
_THE_BODY = rf"(?:Rådet|Nämnden|Styrelsen|Utskottet|[{UPPER}]\w+(?:nämnden|styrelsen|fullmäktige))"
_OWN = (
    r"(?P<body>Rådet|Nämnden|Styrelsen|Utskottet|Fullmäktige"
    rf"|[{UPPER}][\w-]+(?: och \w+)?(?:nämnden|styrelsen|fullmäktige|rådet))"
)
# "Bygglov beviljas för en mast", "Positivt planbesked lämnas"
_GRANTED = (
    rf"(?:[{UPPER}][a-zåäö]{{0,20}}lov|Lov|Tillstånd|Dispens|Bidrag"
    r"|(?:Positivt f|Negativt f|F)örhandsbesked|(?:Positivt p|Negativt p|P)lanbesked)"
    rf"(?: för [^.:]{{2,120}}?)? (?:beviljas|lämnas|meddelas|vägras|ges){_SO}"
)
_PUTS_NEXT = r"(?:[^.:]{2,80} )?ställer ordföranden\b[^.:]{0,160}(?:proposition|\bmot\b)"
_LAID_ASIDE = "läggs (?:till handlingarna|ad acta)"
UNLABELLED: dict[PartKind, re.Pattern[str]] = {
    PartKind.BESLUT: re.compile(
        rf"{_MATTER} (?:har )?{_SETTLED}{_SO}"
        rf"|[{UPPER}][a-zåäö-]{{1,40}}(?:en|et|an|na|rn|ln) {_SETTLED_BY_US}{_SO}"
        r"|(?:Att|Till) [^.]{2,120} (?:utses|utsågs|väljs|valdes)\b"
        rf"|[{UPPER}](?:(?! att | som |föreslå)[^.:]){{3,120}} (?:utses|utsågs|väljs|valdes)"
        r" (?:att|till|som)\b"
        rf"|[{UPPER}](?:(?! att | som |föreslå)[^.:]){{3,120}} (?:befrias|entledigas)\b"
        rf"|[{UPPER}][^.:]{{3,200}} (?<!som )(?:{_LAID_ASIDE}|remitteras till|anmäls utan)\b"
        rf"|(?P<decider>[{UPPER}][\w-]+(?: [\w-]+){{0,3}}) {_DECIDES}"
        rf"|(?:[{UPPER}][^.:]{{2,80}} föreligger\. )?"
        rf"{_OWN} (?:\w+ )?(?:{_SETTLES}|{_OWN_SETTLES})\b"
        rf"|{_GRANTED}|(?:Som|Såsom) (?:sitt |eget )?(?:yttrande|svar)\b"
    ),
    PartKind.BESLUTSGANG: re.compile(
        r"(?:(?:Sedan|När|Efter att) )?[Oo]rdföranden"
        r" (?:(?:fram)?ställ(?:er|t|de)|lagt fram|tar upp)"
        r" [^.:]{0,80}(?:proposition|under omröstning)"
        r"|Ordföranden (?:frågar|finner|upptar|prövar)\b"
        r"(?=[^.]{0,160}(?i:bifall|beslut|avgör|återremi|antag|antas|godkän|avsl|förslag|yrkand))"
        rf"|{_PUTS_NEXT}"
        r"|Efter ställd(?:a)? proposition(?:er)?\b|Propositione?r? ställs\b"
        r"|(?:Ja|JA)[- ]?röst (?:innebär|betyder|för)\b|Den som [^.:]{3,160} röstar (?:ja|JA)\b"
    ),
    PartKind.VOTERING: re.compile(
        r"(?:Voteringen|Omröstningen) (?:utf|visar|resulterar)"
        r"|(?:Ja|JA|Nej|NEJ|Med ja|Med nej|Vid (?:omröstningen|voteringen)) röst(?:ar|ade|at)\b"
        rf"|Vid (?:omröstningen|voteringen) av(?:ges|gavs)\b|Ja: (?=[{UPPER}])"
        r"|(?:För|Med) (?:ja|nej)\w* röst(?:ar|ade)\b"
        r"|[^.:;]{0,80}\bmed [\w-]{1,12} (?:ja-?)?röster(?: ja)? mot [\w-]{1,12}\b"
    ),
    PartKind.JAV: re.compile(r"På grund av jäv "),
    PartKind.TEXT: re.compile(
        r"(?:Sammanträdet|Mötet) (?:avsluta(?:s|des|t)|förklara(?:s|des) (?:härmed )?avslutat)\b"
        r"|Ordföranden (?:tacka|(?:till)?önska)(?:r|de)\b"
        r"|Ordföranden förklara(?:r|de) (?:mötet|sammanträdet)\b"
    ),
}
PUTS_NEXT = re.compile(_PUTS_NEXT)  # below the votes on the proposal before
# Who decides, if not the body of the protokoll: "Länsstyrelsen", "Kontoret"
ORGAN_OR_OFFICE = re.compile(
    r"(?i:nämnden|styrelsen|fullmäktige|rådet|utskottet|kontoret|förvaltningen|verket|rätten"
    r"|inspektionen|myndigheten|bolaget|regionen)$"
)
OPINION = re.compile(rf"[{UPPER}][\w-]+s (?:yttrande|uttalande|ställningstagande):?")  # no decision
ANYWHERE = (PartKind.JAV, PartKind.TEXT)  # also below a label
# Below other labels in a § without the label Beslut: "Ordföranden finner att nämnden beslutat",
# "befinnes nämnden ha beslutat att …"; and where nobody has moved or proposed anything
FOUND = re.compile(
    r"[^.:;]{1,120} (?:finner|fann|befinne?s|befanns)(?: att)? [\w-]{3,40}"
    r" (?:ha |har |hade )?beslutat(?: enhälligt)?(?::|,? att\b|$)"
)
DECIDED = re.compile(rf"{FOUND.pattern}|{_THE_BODY} (?:beslutar att|utser)\b")
# What announces goes on below: "Kommunfullmäktige utser", "Följande motioner remitteras:"
ANNOUNCES = re.compile(rf"(?::|[{LOWER}])$")
_PAPERS = any_of(
    *("meddelande", "dom", "förteckning", "skrivelse", "protokoll", "rapport", "cirkulär", "brev"),
    *("råd", "yttrande", "remiss", "anmälan", "underrättelse"),
    *("inbjudan", "redovisning", "sammanställning", "beslut"),
)
ANNOUNCED = re.compile(
    rf"{BULLET.pattern}|[{LOWER}]"
    r"|(?:Motion|Interpellation|Fråga|Medborgarförslag|Skrivelse|Avsägelse) (?:av|från|om)\b"
    rf"|(?=[{UPPER}])(?:[\w-]+ ){{0,3}}(?i:\w*{_PAPERS})\b(?! att)"
)

# --- the head of a protokoll ---------------------------------------------------------------------

_ORGAN = any_of(
    *("nämnden?", "styrelsen?", "utskottet", "fullmäktige", "rådet", "beredningen"),
    *("direktionen", "delegationen", "kommittén"),
)
_FOR = r"(?:och\ )?(?!protokoll|sammanträde)(?:[a-zåäö-]+|\d{4}(?![-\d]))"
_KIND_OF = r"\b(?!hela|alla|samma|denna|övriga)(?-i:\w[a-zåäö]{2,19})a"  # "Tekniska", "Kommunala"
BODY = re.compile(
    rf"""
    # "Kommunstyrelsens råd för byarnas framtid", "Gemensam nämnd för hamnfrågor"
      (?:\b(?:\w{{1,40}}\ )?\w{{1,40}}s\ \w{{0,30}}råd|gemensamm?a?\ nämnden?)
      \ för\ [\w-]+(?:\ {_FOR}){{0,4}}
    | (?:{_KIND_OF}\ )?\b(?:nämnden|rådet|styrelsen)\ för\ [\w-]+(?:\ {_FOR}){{0,3}}
    # "Kommunstyrelsens arbetsutskott", "Kommunstyrelsens lednings- och utvecklingsutskott"
    | (?:{_KIND_OF}\ )?\b\w{{3,40}}s\ (?:[\w-]{{2,40}}\ (?:och|samt)\ )?\w{{0,30}}utskott\b
    # "Utbildningsnämndens svenska sektion"
    | \b\w{{0,40}}(?:nämnden|styrelsen|fullmäktige)s\ (?:[a-zåäö]{{3,20}}a\ )?
      \w{{0,20}}(?:sektion|beredning|delegation|råd)\b
    | \w{{3,20}}delsnämnden\ (?-i:[{UPPER}][\w-]+)  # "Stadsdelsnämnden Tallviken"
    | {_KIND_OF}\ (?-i:[a-zåäö-]{{0,30}}){_ORGAN}\b  # "Tekniska nämnden"
    # "Vård- och omsorgsnämnden", "Kommunfullmäktige"
    | (?<![\w-])(?:[\w-]{{1,40}},\ )?(?:[\w-]{{1,40}}\ (?:och|samt)\ )?[\w-]{{0,40}}{_ORGAN}
      (?:\b|(?=s\ (?:sammanträde|möte|protokoll)\b))
    """,
    re.VERBOSE | re.IGNORECASE,
)
# "Fagerlunda byalag": where no body of a municipality is named
ASSOCIATION = re.compile(
    rf"[{UPPER}][\w-]+(?: [{UPPER}][\w-]+)?"
    r" [\w-]{0,30}(?:[Bb]yalag|förening|samfällighet|sällskap)\b"
)
BODY_GOES_ON = re.compile(r"(?:-|\boch|\bsamt)$")
_PLACE_KIND = any_of("[Kk]ommun", "KOMMUN", "[Ss]tad", "STAD", "[Rr]egion")
# "Lunds kommun", "Upplands Väsby kommun", "Lilla Edets kommun"; not "Plats Lunds kommun"
_FIRST_WORD = rf"(?!Plats|Adress|Sida)[{UPPER}](?:[{LOWER}]+[as]|[{UPPER}]+[AS])"
MUNICIPALITY = re.compile(
    rf"(?P<name>\b(?:{_FIRST_WORD} )?[{UPPER}][\w-]+) (?P<kind>{_PLACE_KIND})s?\b"
    rf"|Region [{UPPER}]\w+"
)
# "TALLVIKEN" above "KOMMUN", each with other things to its right
LETTERHEAD = re.compile(
    rf"(?P<name>[{UPPER}]{{3,30}}(?: [{UPPER}]{{3,30}})?)(?: .*)?\n(?P<kind>KOMMUN|STAD)\b"
)
PROTOKOLL_NUMBER = re.compile(
    r"[Pp]rotokoll(?: \w{0,30}möte)?,? ?"
    r"(?:\(?[Nn][Rr]\.? ?(?P<number>\d{1,3}(?:/\d{4})?)|(?P<of_year>\d{1,3}/\d{4}))"
)
RIKSDAG = re.compile(r"Riksdagens (?:snabb)?protokoll(?: (?P<number>\d{4}(?:/\d{2,4})?:\d{1,3}))?")
PLACE = re.compile(rf"Plats(?: och {_SESSION}tid)?(?::? (?P<place>[^:]+?))?(?= Paragraf|,? kl\.|$)")
_DAY = any_of("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
PLACE_ENDS = re.compile(rf",? (?:{_DAY}|kl\.).*|^kl.*")
# Lines whose dates are not those of the meeting
NOT_MEETING = re.compile(
    r"[Jj]uster|[Aa]nslag|[Nn]edtag|[Uu]ppsät|[Tt]illkännag|[Bb]evis|påseende|laga kraft|framlagt"
    r"|[Ff]öregående|[Nn]ästa|[Uu]tskick|[Uu]tsänd|[Pp]ublicer|[Uu]tskri|[Kk]allelse|[Uu]pprätta|[Ee]xpedier|[Uu]ppdatera|[Ää]ndrad"
)
# What stands before the day of the meeting, whatever other dates are named above it
MEETING_DAY = re.compile(r"(?:Sammanträdes|Mötes)(?:datum|dag|tid)\b", re.IGNORECASE)
# Words of which minutes without any § hold several, and an error page few
MINUTES = re.compile(
    r"\b(protokoll(?! saknas)|sammanträde|närvarande|beslutande|justera|sekreterare|ordförande)",
    re.IGNORECASE,
)
LIMITED = re.compile(r"§§? ?\d{1,4}[a-z]?(?: ?[-–,] ?§{0,2} ?\d{1,4}){0,20}")
