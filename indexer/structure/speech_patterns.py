"""Lines above a speech in verbatim records, of the Riksdag and of councils, and what ends one."""

from __future__ import annotations

import re

from indexer.structure.patterns import UPPER
from indexer.structure.person_patterns import FORMERLY, NAME, ROLE

_CAPITALS = rf"[{UPPER}][{UPPER}'’.-]{{0,30}}"
_PLACE = rf"(?P<place>\ i\ [{UPPER}]\w{{1,20}})?"  # "i Bro", to tell members of one name apart
_PARTY_IN_LINE = r"(?:,?\ ?\((?P<paren>[^()]{1,12})\))?"
_REPLY = r"(?i:(?:kort\ )?(?:replik|genmäle)|fortsättningsanförande|\(?forts\.?\)?)"
_HOW = rf"(?:(?:\ [–-]|,)?\ ?\(?{_REPLY}\)?)?"
# "Anf. 12 ADA EK (m) replik:", "Anf. 83 Sjöfartsminister BO ASK:", OCR "Anf. I TALMANNEN:"; the
# Riksdag from the 1970s on. May stand inside a line where OCR lost the line break.
ANFORANDE_LINE = re.compile(
    rf"""
    \bAnf\.?\ ?(?:\d{{1,4}}|[Il])\ {{1,2}}
    (?:
        (?P<role>(?:[\w-]{{2,40}},?\ ){{0,6}}?)
        (?P<name>{_CAPITALS}(?:\ (?:{_CAPITALS}|von|af|de|van|der)){{0,5}})
      | (?P<mixed>[{UPPER}][\w'’.-]{{0,30}}(?:\ [\w'’.-]{{1,30}}){{0,5}}?)
    )
    {_PLACE}{_PARTY_IN_LINE}{_HOW}\ ?[:;.]\ ?
    """,
    re.VERBOSE,
)
# "Herr Tegnås i Bro:", "Fru EK (s):", "Herr ASK, BO, (cp) kort genmäle:"; to the 1970s
SALUTED_LINE = re.compile(
    rf"""
    (?P<role>(?:Herr|Fru|Fröken|Friherre|Greve|Doktor)
        (?:\ [a-zåäö]{{2,30}}(?:ministern?|mannen|rådet))?)[ ]
    (?P<name>(?:von\ |af\ |de\ )?[{UPPER}][\w'’-]{{1,30}}
        (?:,?\ (?:von\ |af\ |de\ )?[{UPPER}][\w'’-]{{1,30}}){{0,3}})
    {_PLACE}{_PARTY_IN_LINE}{_HOW}\ ?:
    """,
    re.VERBOSE,
)
# "ADA EK (5):" (OCR of "(s)"), "Statsrådet BO ASK:"; capitals alone ("BESLUT:") are no name
CAPITALS_LINE = re.compile(
    rf"""
    (?=[^:]{{1,80}}\)[^:]{{0,20}}:|[^:]{{0,60}}(?:minister|rådet|talman|presidenten))
    (?P<role>(?:(?:[\w-]{{4,40}}\ ){{0,2}}
        [\w-]{{0,40}}(?:ministern?|rådet|talman(?:nen)?|presidenten)\ )?)
    (?P<name>[{UPPER}][{UPPER}'’-]{{1,30}}(?:\ (?:{_CAPITALS}|von|af|de)){{0,4}})
    {_PLACE}{_PARTY_IN_LINE}{_HOW}\ ?:
    """,
    re.VERBOSE,
)
# "1987/88:612 av Ada Ek (s) till kulturministern om orgeln:"; the words of the question follow
WRITTEN_QUESTION = re.compile(
    rf"\d{{4}}/\d{{2,4}}:\d{{1,4}} av (?P<name>{NAME}) \((?P<paren>[^()]{{1,6}})\)"
    r" till [^:]{3,200}:?"
)
# "Ada Ek (C)", "Replik: Bo Ask (fd S)", "Siv Myr (M) – genmäle" and "Ordförande" alone above a
# speech; councils
NAME_LINE = re.compile(
    rf"(?:{_REPLY}:? )?(?:(?P<role>{ROLE}) )?(?P<name>{NAME}),?"
    rf" ?\((?P<paren>(?:{FORMERLY} ?)?[\w-]{{1,5}}|(?:politisk )?vilde|partilös|oberoende)\)"
    rf"{_HOW}:?"
)
# "Stadsrevisionens ordförande Siv Myr", of no party, where names head speeches throughout
ROLE_LINE = re.compile(rf"(?P<role>{ROLE}) (?P<name>{NAME}):?")
CHAIR_LINE = re.compile(
    r"(?P<name>(?:(?:[Ff]örste|[Aa]ndre|[Tt]redje|[12]:e) )?(?:[Vv]ice )?"
    r"(?:[Oo]rdförande|[Tt]alman|TALMAN|Ålderspresident)(?:n|en|nen|EN|NEN)?)"
    r"(?: ?\((?P<paren>[\w-]{1,5})\))?:?"
)
# Formulas of the record itself that end a speech
SPEECH_ENDS = re.compile(
    r"(?:(?:Överläggningen|(?:Interpellations|Fråge)?[Dd]ebatten|Frågestunden)"
    r" (?:var|är|förklarades) (?:härmed |därmed )?(?:avslutad|slut)"
    r"|Kammaren (?:biföll|beslutade|åtskildes|beslöt)|Propositioner? gavs"
    r"|Votering (?:begärdes|verkställdes)|(?:Beslut|Återremiss) (?:skulle fattas|fattades)"
    r"|Ajournering\n|Återupptaget sammanträde|\(Beslut)"
)
