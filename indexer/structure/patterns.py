"""The shapes of lines in Swedish protokoll, as regular expressions: furniture, lists, headings of
§§ and the head. Labels stand in ``label_patterns``, stycken without one in ``stycke_patterns``,
persons and what they do in ``person_patterns``, lines above a speech in ``speech_patterns``. All
are linear in time: every repetition is bounded or followed by something it cannot match.
"""

from __future__ import annotations

import re

from indexer.identifiers import DNR_LABEL

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
_SESSION = "(?:sammanträdes)?"
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
