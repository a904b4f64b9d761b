"""The signs of the query language: from any text to lexemes, and from lexemes to a tree.

    skola förskola           both words             likvärdighet OCH skola
    "lika villkor"           the words as they stand
    skol*                    words that begin so
    -skola, INTE skola       not the word
    skola ELLER förskola     one at least           (a ELLER b) OCH c
    talare:karin             a field; a value with blanks in quotes

What is not one of these is words. Nothing is an error. AND, OR, NOT are read as OCH, ELLER, INTE;
all six only in capitals. OCH binds tighter than ELLER, INTE tightest.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from search_app.retrieval.query_tree import Node, all_of, one_of, without

MAX_CHARS = 512
MAX_RAW_CHARS = 4 * MAX_CHARS  # as typed, with marks apart; their number squared is NFC's time
MAX_DEPTH = 20  # of parentheses; the parser calls itself once for each

FIELD_NAMES = {
    "talare": "talare",
    "parti": "parti",
    "organ": "organ",
    "kommun": "kommun",
    "plats": "plats",
    "slag": "slag",
    "dnr": "dnr",
    "§": "§",
    "paragraf": "§",
    "år": "år",
    "ar": "år",
    "från": "från",
    "fran": "från",
    "till": "till",
}
"""How a field may be called, and what we call it."""


class Kind(Enum):
    PLAIN = auto()
    QUOTED = auto()
    BEGINNING = auto()
    FIELD = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    OPEN = auto()
    CLOSE = auto()


KEYWORDS = {
    "OCH": Kind.AND,
    "AND": Kind.AND,
    "ELLER": Kind.OR,
    "OR": Kind.OR,
    "INTE": Kind.NOT,
    "NOT": Kind.NOT,
}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """``text``: a word, what stands within quotes, a prefix without its star, a field's value.
    ``field``: what we call the field. ``typed``: as it stood."""

    kind: Kind
    text: str = ""
    field: str = ""
    typed: str = ""


OPERANDS = (Kind.PLAIN, Kind.QUOTED, Kind.BEGINNING, Kind.FIELD)

# --- cleaning --------------------------------------------------------------------------------

# Quotes of all languages, inches, and two apostrophes typed for one.
QUOTE = re.compile("""["“”„‟»«″〝〞〟＂]|['’‘`´]{2,}""")
NOTHING_QUOTED = re.compile(r"""(?<![^\s:(−-])"{2,}(?![^\s)])""")
SEVERAL_QUOTES = re.compile('"{2,}')
# Where a blank is missing at a phrase or parenthesis; "-(" and 'organ:"' want none.
TOUCHES_QUOTE_BEFORE = re.compile(r"\A(?=[^\s)−-])")
TOUCHES_QUOTE_AFTER = re.compile(r"(?<=[^\s:(−-])\Z")
TOUCHES_PARENTHESIS = re.compile(r"(?<=[^\s(−-])(?=\()|(?<=\))(?=[^\s)−-])")

NOTE_CUT = "Frågan är för lång. Bara början av den, {} tecken, har lästs."
NOTE_UNCLOSED = "Ett citattecken saknar sitt par. Frasen slutar där frågan slutar."


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One line of at most MAX_CHARS printable characters; straight quotes, in pairs."""

    text: str
    notes: tuple[str, ...] = ()


def cleaned(text: str) -> Cleaned:
    """The text without what nobody can see, and cut at a blank where it is too long."""
    seen = " ".join("".join(map(_visible, text)).split())
    line, unclosed = _closed(_straightened(_cut(seen, MAX_RAW_CHARS)))
    line = _set_apart(line)
    if len(seen) > MAX_RAW_CHARS or len(line) > MAX_CHARS:
        line, _ = _closed(_cut(line, MAX_CHARS - 1))  # room for a quote
        return Cleaned(line, (NOTE_CUT.format(len(line)),))
    return Cleaned(line, (NOTE_UNCLOSED,) if unclosed else ())


def _straightened(line: str) -> str:
    """The line in NFC, all its quotes single straight ones, with something between them."""
    straight = QUOTE.sub('"', unicodedata.normalize("NFC", line))
    return " ".join(SEVERAL_QUOTES.sub('"', NOTHING_QUOTED.sub(" ", straight)).split())


def _visible(character: str) -> str:
    """Format characters (soft hyphen, directions) leave nothing behind, other oddities a blank."""
    if character.isprintable():
        return character
    return "" if unicodedata.category(character) == "Cf" else " "


def _closed(line: str) -> tuple[str, bool]:
    unclosed = line.count('"') % 2 == 1
    return (line.rstrip() + '"', True) if unclosed else (line, False)


def _set_apart(line: str) -> str:
    """The line with blanks around phrases and parentheses. So what is written later, with blanks,
    is no longer than what was measured."""
    parts = line.split('"')
    for at in range(0, len(parts), 2):
        part = TOUCHES_PARENTHESIS.sub(" ", parts[at])
        part = TOUCHES_QUOTE_BEFORE.sub(" ", part) if at > 0 else part
        parts[at] = TOUCHES_QUOTE_AFTER.sub(" ", part) if at + 1 < len(parts) else part
    return '"'.join(parts)


def _cut(line: str, room: int) -> str:
    if len(line) <= room:
        return line
    whole, blank, _ = line[: room + 1].rpartition(" ")
    return whole if blank else line[:room]


# --- lexemes ---------------------------------------------------------------------------------

_RUN = r"""[^\s"()]+"""
LEXEME = re.compile(
    rf"""
    "(?P<quoted>[^"]*)"
  | (?P<open>\() | (?P<close>\))
  | (?<![^\s(])(?P<minus>[-−])(?=["(§]|[^\W_])
  | (?P<name>{"|".join(FIELD_NAMES)}):(?:
        "(?P<quoted_value>[^"]*)"
      | (?P<dnr>(?<=dnr:)[^\W\d_]{{1,6}}\ \d{_RUN})     # "dnr:KS 2031/7"
      | (?P<value>{_RUN})
    )
  | (?P<stray>(?:[^\w\s"()]|_)+)
  | (?P<run>{_RUN})
    """,
    re.VERBOSE | re.IGNORECASE,
)
BEGINNING = re.compile(r"(?P<prefix>[^*]+)\*+[.,;:!?]*")
AROUND_A_VALUE = " ,;:!?*"


def lexemes(line: str) -> Iterator[Lexeme]:
    """The lexemes of a cleaned text; every parenthesis has its match and none is empty-handed."""
    found = [_lexeme(match) for match in LEXEME.finditer(line) if not match["stray"]]
    matched = _matching(found)
    for at, lexeme in enumerate(found):
        if lexeme.kind not in (Kind.OPEN, Kind.CLOSE) or at in matched:
            yield lexeme


def words_alone(line: str) -> list[Lexeme]:
    """The words of a cleaned text without any sign of the language."""
    runs = re.findall(r"""[^\W_][^\s"():*]*""", line)
    return [Lexeme(Kind.PLAIN, run, typed=run) for run in runs]


def depth(found: Sequence[Lexeme]) -> int:
    """How many parentheses stand within each other."""
    deepest = now = 0
    for lexeme in found:
        now += (lexeme.kind is Kind.OPEN) - (lexeme.kind is Kind.CLOSE)
        deepest = max(deepest, now)
    return deepest


def _lexeme(match: re.Match[str]) -> Lexeme:
    if match["open"] or match["close"] or match["minus"]:
        return Lexeme({"(": Kind.OPEN, ")": Kind.CLOSE}.get(match[0], Kind.NOT))
    if match["quoted"] is not None:
        return Lexeme(Kind.QUOTED, match["quoted"], typed=match[0])
    if match["name"]:
        return _field(match)
    run = match["run"]
    if run in KEYWORDS:
        return Lexeme(KEYWORDS[run])
    if beginning := BEGINNING.fullmatch(run):
        return Lexeme(Kind.BEGINNING, beginning["prefix"], typed=run)
    return Lexeme(Kind.PLAIN, run, typed=run)


def _field(match: re.Match[str]) -> Lexeme:
    """A field with its value; without one, its name is a word."""
    value = match["quoted_value"] or match["dnr"] or match["value"] or ""
    name = match["name"]
    value = value.strip(AROUND_A_VALUE)
    if not re.search(r"[^\W_]", value):
        return Lexeme(Kind.PLAIN, f"{name}:", typed=name)
    return Lexeme(Kind.FIELD, value, FIELD_NAMES[name.casefold()], match[0])


def _matching(found: Sequence[Lexeme]) -> set[int]:
    """Where the parentheses stand that have a match."""
    matched: set[int] = set()
    opened: list[int] = []
    for at, lexeme in enumerate(found):
        if lexeme.kind is Kind.OPEN:
            opened.append(at)
        elif lexeme.kind is Kind.CLOSE and opened:
            matched |= {opened.pop(), at}
    return matched


# --- the tree --------------------------------------------------------------------------------


def parsed(found: Sequence[Lexeme], leaf: Callable[[Lexeme], Node | None]) -> Node | None:
    """The tree of lexemes from ``lexemes``; ``leaf`` says what an operand is, None: nothing.

    An operator that has nothing to work on is passed over.
    """
    return _Parser(found, leaf).one_of()


class _Parser:
    """Recursive descent; ``depth`` of the lexemes is how deep it goes."""

    def __init__(self, found: Sequence[Lexeme], leaf: Callable[[Lexeme], Node | None]) -> None:
        self._found = found
        self._leaf = leaf
        self._at = 0

    def one_of(self) -> Node | None:
        alternatives = [self._all_of()]
        while self._take(Kind.OR):
            alternatives.append(self._all_of())
        return one_of(alternatives)

    def _all_of(self) -> Node | None:
        clauses = []
        while self._next() not in (Kind.OR, Kind.CLOSE, None):
            if not self._take(Kind.AND):
                clauses.append(self._factor())
        return all_of(clauses)

    def _factor(self) -> Node | None:
        negated = False
        while self._take(Kind.NOT):
            negated = not negated
        node = self._operand()
        return without(node) if negated else node

    def _operand(self) -> Node | None:
        if self._take(Kind.OPEN):
            node = self.one_of()
            closed = self._take(Kind.CLOSE)
            assert closed, "lexemes keep no parenthesis without its match"
            return node
        if self._next() not in OPERANDS:
            return None
        self._at += 1
        return self._leaf(self._found[self._at - 1])

    def _next(self) -> Kind | None:
        return self._found[self._at].kind if self._at < len(self._found) else None

    def _take(self, kind: Kind) -> bool:
        taken = self._next() is kind
        self._at += taken
        return taken
