"""Stycken that show what they are without a label (old minutes; short ones): decisions, what the
chair puts to the vote, votes, jäv; and what announces a list.
"""

from __future__ import annotations

import re

from indexer.model import PartKind
from indexer.structure.patterns import BULLET, LOWER, UPPER, any_of

_MATTER_WORD = any_of(
    *("Motionen", "Ärendet", "Interpellationen", "Medborgarförslaget", "Frågan", "Anmälan"),
    *("Avsägelsen", "Rapporten", "Informationen", "Redovisningen", "Ansökan", "Yttrandet"),
    *("Förslaget", "Skrivelsen", "Dagordningen", "Föredragningslistan", "Protokollet"),
    *("Delårsrapporten", "Förteckningen", "Delgivningarna", "Meddelandena"),
)
# What may follow that verb; not "antas kosta", "fastställs av regionen"
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
