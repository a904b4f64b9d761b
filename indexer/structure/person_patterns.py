"""Persons in a protokoll and what they do, as regular expressions. Linear in time, as all."""

from __future__ import annotations

import re

from indexer.model import PartKind
from indexer.structure.patterns import BULLET, LOWER, UPPER, any_of

# --- what a person does, and the kind of part it makes -------------------------------------------

_NOTE = r"(?:följande |en |ett |till |varsitt |gemensamt |skriftlig[at]? )*"
_HANDS_IN = any_of(
    *("lämnar", "lämnade", "har lämnat", "inkommer med", "har inkommit med", "inkom med"),
    *("avger", "avgav", "har avgett", "anmäler", "anmälde", "har anmält", "gör", "har", "hade"),
    "(?:medge[rs]|medgavs|får|fick)(?: att)? lämna",
)
_PUTS = any_of(
    *("lägg(?:er)?(?: fram)?", "lade(?: fram)?", "framställ(?:er|de)", "framför(?:de)?"),
    *("för(?:de)? fram", "väck(?:er|te)"),
)
_TO = r"(?:till [^.:]{2,60}? )?(?:den \d[^.:]{2,40} )?"  # "till nämnden den 2 februari 2031, § 4 "
_PRESENTING = any_of(
    *(rf"{stem}(?:r|de)" for stem in ("informera", "redovisa", "berätta", "visa")),
    r"presentera(?:r|de)(?! sig\b)",
    *(rf"{stem}(?:r|de)" for stem in ("rapportera", "återkoppla", "återrapportera")),
    *(rf"{stem}(?:r|de)" for stem in ("förklara", "medverka", "sammanfatta", "orientera")),
    *(rf"{stem}(?:r|de)" for stem in ("demonstrera", "introducera", "summera")),
    *("redogör", "redogjorde", "föredra(?:r|drog|ger|g)", "beskriv(?:er|it)", "beskrev"),
    *("håll(?:er|it)", "höll", "gå(?:r) igenom", "gick igenom", "ta[rg] över", "tog över"),
    *("ta(?:r) upp", "tog upp", "inled(?:er|de)", "fortsätter", "fortsatte", "delge[rs]"),
    *("talar om", "talade om", "föreläs(?:er|te)"),
    r"(?:ger|gav|lämna(?:r|de)) (?:en |ett )?(?:\w+ )?"
    r"(?:information|upplysning(?:ar)?|sammanfattning|läges\w+|redogörelse|presentation|redovisning|återrapport\w*|bakgrund)",
)
SPEECH: dict[PartKind, tuple[str, ...]] = {
    PartKind.PROTOKOLLSANTECKNING: (
        rf"{_HANDS_IN} {_NOTE}(?:protokolls)?anteckning",
        (
            rf"(?:begär(?:de)?|önska(?:r|de)|vill|ville|får|fick) (?:att )?(?:få |ha )?{_NOTE}"
            r"(?:till protokollet )?antecknat\b"
        ),
        r"(?:låter|får|medge[rs]|medgavs)(?: att)? (?:till protokollet )?anteckna\b",
        r"antecknar\b",
        r"vill till protokollet",
    ),
    PartKind.SARSKILT_YTTRANDE: (
        rf"{_HANDS_IN}(?: [\w ]{{2,40}}? med)? {_NOTE}särskil(?:t|da) yttranden?",
        r"(?:anför|anförde|skriver) i ett särskilt yttrande",
    ),
    PartKind.RESERVATION: (
        r"(?:anmäl(?:er|de) att (?:han|hon|hen|de) )?reservera(?:r|de) sig",
        r"har reserverat sig",
        rf"{_HANDS_IN} {_NOTE}(?:avvikande (?:åsikt|mening)|reservation)",
    ),
    PartKind.JAV: (
        r"(?:anmäler|anmälde|har anmält) jäv",
        r"delt(?:ar|og) (?:inte|ej) i (?!beslut)",
    ),
    PartKind.YRKANDE: (
        r"yrka(?:r|de)",
        r"har yrkat",
        r"föreslår\b",
        r"föreslog",
        r"har föreslagit",
        r"instämm(?:er|de)",
        r"(?:till|av)styrk(?:er|te)",
        r"(?:biträd|stöd|stödj|understöd|understödj)(?:er|de)",
        r"anslut(?:er|it) sig",
        r"anslöt sig",
        r"(?:vidhåll(?:er|it)|vidhöll|kvarstå(?:r|tt)|återta(?:r|git)|återtog)\b",
        rf"(?:{_HANDS_IN}|{_PUTS}) {_NOTE}(?:\w{{0,20}}yrkande|\w{{0,20}}förslag|initiativ)",
        r"hemställ(?:er|de)",
        (
            rf"har {_TO}(?:lämnat|väckt|inkommit|kommit)(?: in)?(?: med)?"
            r" (?:en motion|ett (?:initiativ|medborgar)\w+)"
        ),
        r"väckte (?:den \d[^.:]{2,40}?, )?(?:en motion|motionen)",
        r"har i en motion(?:,? [^.:]{2,80}?)? (?:föreslagit|hemställt|yrkat|begärt)",
        r"vill att",
        r"begär(?:de)? ",
    ),
    PartKind.FRAGA: (
        r"fråga(?:r|de)\b",
        r"har frågat",
        r"undra(?:r|de)\b",
        r"(?:vill|ville|önska(?:r|de)(?: få)?) veta\b",
        r"(?:ber|bad) att få veta",
        r"(?:ber|bad) om (?:en |ett )?(?:uppgift|besked|redogörelse|svar|förtydlig)",
        r"efterfråga(?:r|de)\b",
        rf"(?:ställ(?:er|de)|har {_TO}ställt) {_NOTE}(?:fråg|interpellation)",
    ),
    PartKind.SVAR: (
        r"(?:be)?svara(?:r|de)\b",
        r"har (?:be)?svarat",
        r"lämna(?:r|de) svar",
        (
            r"(?:uppger|uppgav|upplyser|förklarar|säger) på"
            rf" (?:en |hans |hennes |[{UPPER}][^.:]{{2,40}}s )?(?:direkta? )?fråga\b"
        ),
    ),
    PartKind.PRESENTATION: (_PRESENTING,),
    PartKind.ANFORANDE: (
        r"(?:tacka|påtala|påpeka|konstatera|meddela|betona|kommentera|mena|replikera)(?:r|de)",
        r"(?:komplettera|poängtera|hävda|notera|flagga|önska|berömma|invända)(?:r|de)",
        r"(?:säger|sade|sa|anser|ansåg|uppger|upplyser|lyfter|lyfte|anmärk(?:er|te))\b",
        r"(?:framför(?:de)?|tyck(?:er|te)|efterlys(?:er|te)|tillägger|tillade|understryker)\b",
        r"framhåll(?:er|it)",
        r"framhöll",
        r"anför(?:de)?\b",
        r"anmäl(?:er|de) att\b",
        r"(?:bedöm(?:er|de)|befara(?:r|de)|varna(?:r|de)|räkna(?:r|de) med)\b",
        r"påmin(?:ner|de)|erinra(?:r|de)",
        r"yttra(?:r|de) (?!sig)",
        r"(?:hälsa|välkomna)(?:r|de)\b",
    ),
}
_ANY_VERB = any_of(*(shape for shapes in SPEECH.values() for shape in shapes))

# --- names and roles -----------------------------------------------------------------------------
# Blanks are escaped so that these pieces can be used in verbose patterns too.

_NAME_WORD = rf"[{UPPER}][\w'’]{{1,24}}+(?:-[{UPPER}]?[\w'’]{{1,24}}+)?"
_PARTICLE = any_of("von", "af", "de", "der", "van", "den", "el", "al", "la")
# Words that begin sentences: "På Riksleden", "Även Ada Ek"
_NO_NAME = any_of(
    *("På", "I", "Vid", "Under", "Från", "Till", "Av", "Om", "För", "Med", "Efter", "Enligt"),
    *("Även", "Också", "Inom", "Hos", "Mot", "Över", "Genom", "Utan", "Sedan", "När", "Då"),
    *("Det", "Den", "De", "Dessa", "En", "Ett", "Som", "Att", "Men", "Och", "Samt", "Därefter"),
)
NAME = (
    rf"(?!{_NO_NAME}\ ){_NAME_WORD}"
    rf"(?:\ (?:{_PARTICLE}\ )?(?:{_NAME_WORD}|[{UPPER}]\.?(?=\ ))){{1,4}}"
)
# What a person is, by the ends of the words: titles are compounds ("gatuchef", "landstingsråd")
_ROLE_END = any_of(
    *("chef", "direktör", "strateg", "sekreterare", "rektor", "handläggare", "ekonom", "ledare"),
    *("samordnare", "planerare", "ordförande", "rådet", "råd", "minister", "inspektör"),
    *("ingenjör", "jurist", "arkitekt", "utredare", "konsult", "controller", "kamrer"),
    *("chaufför", "lärare", "sköterska", "läkare", "kurator", "koordinator", "specialist"),
    *(
        "utvecklare",
        "ansvarig",
        "antikvarie",
        "arkivarie",
        "bibliotekarie",
        "tekniker",
        "ombudsman",
    ),
    *("revisor", "polis", "professor", "ledamot", "ersättare", "talman", "pedagog", "psykolog"),
    *("geolog", "biolog", "assistent", "intendent", "kommunikatör", "statistiker", "analytiker"),
    *(
        "föreståndare",
        "vd",
        "föredragande",
        "representant",
        "borgmästare",
        "landshövding",
        "forskare",
        "doktorand",
    ),
)
# Ends of occupations in general ("dietist", "kassör"); no name of a person ends so
_OCCUPATION_END = any_of(
    *("(?<![qk]v)ist", "ör", "(?<=[a-zåäö]{3})are", "log", "nom", "iker", "ektor", "ator", "entor"),
    *("erska", "terapeut", "präst", "fysiker", "graf", "pilot", "värd", "tekt", "när"),
)
_RANK = any_of(
    *("[Ff]örste", "[Aa]ndre", "[Tt]redje", "[123]:[ea]", "[Vv]ice", "[Tt]jänstgörande"),
    *("[Tt]illförordnade?", r"[Tt]f\.?", "[Bb]iträdande", "[Oo]rdinarie"),
)
# "gatuchefen", "Tekniska nämndens ordförande", "förste vice ordföranden"
# or "Medicinskt ansvarig sjuksköterska"
ROLE = (
    rf"(?:(?:[\w-]{{2,30}}\ (?:och\ )?){{0,2}}[\w-]{{2,40}}s\ )?(?:{_RANK}\ ){{0,3}}"
    rf"(?:[\w-]{{3,20}}(?:skt|ellt|ig)\ ){{0,2}}(?:[\w-]{{2,30}}-\ och\ )?"
    rf"[\w-]{{0,30}}(?i:{_ROLE_END})(?:en|n|et|e)?"
)
# "Dietist", but no company: "Exploatör Norra Hus föreslår"
_COMPANY = any_of("Exploatör", "Entreprenör", "Leverantör", "Hyresvärd", "Byggherre", r"\w*ägare")
_OCCUPATION = rf"(?!{_COMPANY})[{UPPER}][a-zåäö-]{{1,30}}{_OCCUPATION_END}(?:e?n)?"
_PAREN = r"\((?P<paren>[^()]{1,45}(?:\([^()]{1,10}\))?[^()]{0,10})\)"
FORMERLY = any_of("fd", r"f\.d\.", "tidigare")
PARTY = re.compile(
    rf"(?:[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{{0,4}}|[a-zåäö]{{1,4}}|-|\d|{FORMERLY} [A-ZÅÄÖ]{{1,3}})"
    rf"(?: \({FORMERLY} [A-ZÅÄÖ]{{1,3}}\))?"
)
# One person as a subject: "Badchef Siv Myr", "Ada Ek (S)", "Bo Ask, (C)"
PERSON = re.compile(
    rf"""
    (?:(?P<role>(?:{ROLE}|{_OCCUPATION})
        (?:\ (?:i|för|på)\ [\w-]{{2,40}}(?:\ [\w-]{{2,30}}){{0,2}}(?=,))?),?\ )?
    (?P<name>{NAME})
    (?:,?\ {_PAREN})?
    """,
    re.VERBOSE,
)
# What stands after a name: ", rektor i Tallviken, skolkontoret," or " från hamnkontoret"
_WORDS = r"[^,.;:()]{1,60}"
_AGREED = r"(?:med (?:instämmande|bifall|stöd)|understödd|biträdd) (?:av|från) "
_ACTS = rf"(?:{_ANY_VERB}|har|är|var|kan|ska|skall|vill|ber)\b"
AFTER_NAME = re.compile(
    rf", (?P<role>(?!och |samt |{_AGREED})[{LOWER}{UPPER}]{_WORDS}"
    rf"(?:, (?!och |samt |{_ACTS})[{LOWER}]{_WORDS})?)"
    r"(?=,| (?:lämnar|ger|hälsar|informerar|presenterar|redogör)\b)"
    r"| (?P<origin>(?:från|vid|på|i) [\w-]{2,40}(?: [\w-]{2,40}){0,4}?)(?= [a-zåäö]{3,15}r\b)"
)
AND = re.compile(r",? (?:och|samt) |, ")
AGREED = re.compile(rf",? {_AGREED}")  # who agrees does not move
AND_OTHERS = re.compile(r",? (?:m\. ?fl\.|med flera)")
# "Moderaterna, genom Bo Ask,", "DHR, Siv Myr:", "Badplatsen: Ada Ek berättar": before the person
ON_BEHALF = re.compile(rf"[{UPPER}][^.:;(),]{{1,40}}(?:,? genom |[,:] )(?=[{UPPER}])")
ACTS = re.compile(
    r",? (?:har (?!slutat|avsagt|fått)|hade |[a-zåäö]{2,20}(?:ar|er|ade|te) )"
)  # a verb, no passive
COLON = re.compile(r"(?: för [\w-]{2,40})?: ")
# Below a label: "Ada Ek (S) - avslag", "Bo Ask: Skolan rivs"; and where the label says all:
# "Ada Ek (S).", "Bo Ask (M) till förmån för eget yrkande."
OWN_WORDS = re.compile(r"(?: för [\w-]{2,40})?(?::| [–-])\s")
# "avger följande yttrande: Jag …"
HANDS_IN = re.compile(
    r"[^.:;]{0,60}\b(?:yttrande|anteckning|reservation|följande|anför|anförde|skriver|motiver\w+)\b"
    r"[^.:;]{0,40}:(?=\s)"
)
NAMED = re.compile(r"[ .:\n]*\Z|,? (?:till förmån för|skriftlig|bilaga|se bilaga)")
# Words with capitals side by side, and what says that they are a person's name: a party or a role.
# The whole run is taken at once, so that no part of it is looked at twice.
NAME_RUN = re.compile(
    rf"\b(?P<name>{_NAME_WORD}(?: (?:{_PARTICLE} )?(?:{_NAME_WORD}|[{UPPER}]\.?(?= ))){{1,40}}+)"
    rf"(?:,? \((?P<paren>[^()]{{1,8}})\)|(?P<role>, [\w-]{{0,40}}{_ROLE_END}\b))?"
)
# A name that begins a line or an item of an attendance list; what follows a comma may be a body
LISTED = re.compile(rf"(?:^|[;:] )(?P<name>{NAME})(?=[,;.]|$)", re.MULTILINE)
ABBREVIATION = re.compile(rf"\b[{UPPER}]{{2}}")  # "SPF Tallviken": no person
# "Ek, Ada"
REVERSED = re.compile(rf"^(?P<last>{_NAME_WORD}), (?P<first>{_NAME_WORD})\b", re.MULTILINE)
# Words no person is named; a "name" with one of them is a body
_BODY_WORD = any_of(
    *(r"\w*nämnd(?:en)?", r"\w*styrelsen?", r"\w*utskott(?:et)?", r"\w*fullmäktige"),
    *(r"\w*förvaltning(?:en)?", r"\w*kontor(?:et)?", r"\w*förening(?:en)?", r"\w*förbund(?:et)?"),
    *(r"\w*bolag(?:et)?", r"\w*verk(?:et)?", r"\w*parti(?:et)?", "stads?", "kommuns?", "AB"),
    *("region(?:en)?", r"\w*högskolan?", r"\w*universitet(?:et)?", "stiftelsen", "svenska"),
    *("sveriges", "norra", "södra", "östra", "västra", "centrum", "centern", "barnen", "korset"),
    *(r"\w{3,30}[ae]rna", r"\w*alliansen", r"\w*gruppen", r"\w*majoriteten", r"\w*kyrkan?"),
    *("hem", "bostäder", "fastigheter", "energi"),
    *(r"\w*församling(?:en)?", r"\w*klubb(?:en)?", r"\w*skolan?", r"\w*polisen", "byalag"),
)
ORGANISATION = re.compile(rf"\b{_BODY_WORD}\b", re.IGNORECASE)

# "Ada Ek (S), ordförande", "Ada Ek (S) (ordförande)", "Bo Ask, badchef", "Bo Ask (jurist)"
ATTENDEE = re.compile(
    rf"""
    (?P<name>{NAME})(?:,?\ ?{_PAREN})?(?:\ \((?P<second>[^()]{{3,40}})\))?
    (?:,\ (?P<role>[a-zåäö0-9][^,;()§]{{2,50}}))?
    """,
    re.VERBOSE,
)
REPLACES = re.compile(r"\b(?:ersätter|tjänstgör för|i ?stället för|, ersättare för)\b")

# --- sentences about persons -------------------------------------------------------------------

_ALSO = r"(?:yttra(?:r|de) sig(?: i ärendet)? och )?"
_THEN = r"(?:[\w, ]{0,30}?(?:härefter|därefter|sedan|också|även|slutligen) )?"
VERB = re.compile(
    rf"(?:,? {_THEN})?(?: ?){_ALSO}(?:"
    + "|".join(f"(?P<{kind}>{any_of(*shapes)})" for kind, shapes in SPEECH.items())
    + ")"
)
_TOO = any_of("även ", "också ", "dessutom ", "likaså ", "likaledes ", "slutligen ")
TOO = re.compile(rf" (?:{_TOO})?")
# The verb comes first: "Därefter informerar Ada Ek (S) om", "Mot beslutet reserverar sig Bo Ask"
VERB_FIRST = re.compile(
    r"(?:Därefter|Sedan|Härefter|Slutligen|Sist|Vidare|Avslutningsvis|Först) (?=[a-zåäö])"
    r"|(?:Likaledes|Likaså|Även|Också|Dessutom) (?=[a-zåäö]+(?:r|de) )"
    r"|(?:Under|I|Vid|På|Från|[Mm]ot) [^.:;()]{2,80}?"
    rf" (?={_ANY_VERB} (?:{_TOO})?(?:[\w-]{{3,40}} )?[{UPPER}])"
)
# "Bifall yrkas av Ada Ek (S)", "Mot beslutet anmäls reservation av Bo Ask (M)"
_IS_HANDED_IN = r"(?:anmäl|lämna|avge)(?:s|des)"
BY = re.compile(
    r"(?:[^.:;()]{1,80}? )?(?:(?P<yrkande>(?<!som )yrka(?:s|des))"
    rf"|(?P<reservation>{_IS_HANDED_IN} reservation(?:er)?|Reservation(?:er)? {_IS_HANDED_IN})"
    r"|(?P<protokollsanteckning>[Tt]ill protokollet antecknas,? på begäran))"
    rf" av (?=[{UPPER}])"
)
# "Ledamöterna från S reserverar sig genom Ada Ek (S)"
THROUGH = re.compile(rf"[^.:;()]{{2,100}} (?P<reservation>reserverar sig) genom (?=[{UPPER}])")
# "På grund av jäv deltar Ada Ek (S) inte"
FOR_JAV = re.compile(
    r"På grund av (?P<jav>jäv) (?:delt(?:ar|og)|lämna(?:r|de)|avst(?:år|od))"
    rf" (?:inte |ej )?(?=[{UPPER}])"
)
# "Ada Ek (S) är delägare och lämnar salen på grund av jäv"
LEAVES = re.compile(r"[^.:;]{0,120}\b(?:på grund av jäv|är jävig|anmäler jäv)\b")
ALSO = re.compile(rf"(?:Även|Också|Likaså|Jämväl) (?=[{UPPER}])")
ABSTAINS = re.compile(r" (?:delt(?:ar|og) (?:inte|ej)|avst(?:år|od))\b")
# what has happened before
RESERVED = re.compile(r"[^.:;]{2,160}\b(?:reserverade sig|hade reserverat)\b")
# "I en motion av Ada Ek (S) föreslås", "Styrelsen har översänt en motion, som Bo Ask (M) väckte"
MOTION_BY = re.compile(
    r"(?P<arende>(?:I )?[Ee]n motion|[^.:;()]{2,80} har [^.:;()]{0,80}\b"
    r"(?:översänt|remitterat|överlämnat) en motion)"
    rf"(?: (?:av|från) |, som )(?=[{UPPER}])"
)
MOTION = re.compile(
    r"\b(?:en|sin) motion\b|\bväckte motionen\b"
)  # "föreslår i en motion", "har väckt en motion"
ITEM = re.compile(rf"(?:(?:{BULLET.pattern})[ ]?){{1,2}}")  # "• a) Ada Ek berättar"
# Persons named by what they are in the matter
CHAIR = re.compile(r"[Oo]rdf(?:örande|\.)?")
CHAIR_MOVES = re.compile(r"Ordföranden(?:: | yrkar | yrkade | föreslår | föreslog )")
MOVER = re.compile(
    r"(?:(?P<arende>Motionär)|(?P<fraga>Interpellant|Frågeställar))(?:en|na|erna) (?=[a-z])"
)
# "Sedan tar Siv Myr över rundturen": the verb falls apart around the person
TAKES_OVER = re.compile(r"(?:tar|tog) (?=[^.]{3,90} över\b)")
# "Föredragande: Siv Myr, badchef" above what is told
PRESENTER = re.compile(rf"Föredragande(?: tjänste\w+)?: (?=[{UPPER}])")
TITLE_AT_END = re.compile(rf", (?P<role>[{LOWER}-]{{3,40}}(?: [{LOWER}-]{{1,40}}){{0,4}})$")
# "Siv svarar": who was named in full before
FIRST_NAME = re.compile(rf"(?P<first>{_NAME_WORD}) (?=[a-zåäö])")
LAST_NAMES = rf"(?: (?:{_PARTICLE} )?{_NAME_WORD}){{1,4}}"
# "I brevet skriver Ada Ek (C) följande:"
WRITES = re.compile(rf"\b(?:skriver|skrev|anför|anförde|säger|sade) (?=[{UPPER}])")
# A label that names whose words follow: "Reservation av Ada Ek (S)", "Yrkande från Bo Ask (M)"
LABEL_BY = re.compile(
    r"(?:Skriftlig[at]? )?(?:(?P<reservation>[Rr]eservation)"
    r"|(?P<sarskilt_yttrande>Särskilt yttrande)"
    r"|(?P<protokollsanteckning>Protokollsanteckning|Anteckning)"
    r"|(?P<yrkande>(?:Tilläggsy|Ändringsy|Y)rkande)) (?:av|från) "
)
# What an official writes is told of, not said at the meeting
IN_WRITING = re.compile(
    r" i (?:sin|ett|en) (?:\w*skrivelse|\w*yttrande|\w*utlåtande|\w*brev|rapport|utredning)\b"
)
# Sentences about the body itself end what somebody presents
IMPERSONAL = re.compile(
    r"(?:[\w-]*(?i:förvaltningen|kontoret) föreslår|Vid (?:MBL-)?förhandling\b"
    r"|(?:Råde(?:t|ts)|Nämnden|Styrelsen|Utskottet|Kommunstyrelsen|Kommunfullmäktige|Fullmäktige"
    r"|Regionfullmäktige|Kammaren|Ordföranden|Mötet|Sammanträdet|Diskussion|Frågestund|Ärendet"
    r"|Beslutet|Informationen|Det antecknas|Omröstning|Votering)"
    r"\b(?! (?:bör|borde|ska|skall|måste)\b))"  # what somebody wishes
)
