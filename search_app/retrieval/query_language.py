"""From the text of a query to what the engine is asked, and to what is said about it.

``query_syntax`` has the signs of the language, ``query_fields`` its fields, ``query_tree`` the tree
that both make. Here words get their terms and the tree becomes a ``Query``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from indexer.analysis.tokens import Token, tokens
from indexer.engines.base import (
    And,
    AnyOf,
    Everything,
    Field,
    Filter,
    Not,
    Or,
    Phrase,
    Query,
    Term,
    Word,
)
from search_app.retrieval.query_fields import FieldReader, Vocabulary, misspelt
from search_app.retrieval.query_names import Value
from search_app.retrieval.query_syntax import (
    FIELD_NAMES,
    KEYWORDS,
    MAX_CHARS,
    MAX_DEPTH,
    Kind,
    Lexeme,
    cleaned,
    depth,
    lexemes,
    parsed,
    words_alone,
)
from search_app.retrieval.query_tree import (
    FULL,
    SHORT,
    AllOf,
    Beginning,
    Condition,
    ExactWords,
    Leaf,
    Node,
    OneOf,
    Period,
    PlainWord,
    Text,
    Without,
    all_of,
    one_of,
    without,
    written,
)
from search_app.retrieval.stop_words import STOP_WORDS

__all__ = ["ReadQuery", "Terms", "Value", "Vocabulary", "read_query"]

MAX_WORDS = 32  # words, phrases and prefixes of one query
MIN_PREFIX = 3  # characters
MAX_EXPANSIONS = 128  # words that a prefix stands for

WEIGHTS = {"exact": 1.0, "L": 0.9, "S": 0.6, "H": 0.5, "M": 0.35}
"""What a match of each kind is worth: the word as it stands, its lemma, its stem, the head of a
compound, another part of one."""
TITLE_FACTOR = 2.0
FIELDS = (
    (Field.TEXT_EXACT, Field.TEXT_TERMS, 1.0),
    (Field.TITLE_EXACT, Field.TITLE_TERMS, TITLE_FACTOR),
)


class Terms(Protocol):
    """What reading a query asks of the analyzer: the kind-tagged terms of a surface form."""

    def terms(self, word: str) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class ReadQuery:
    """``query``: for the engine; Everything() where there is nothing to look for. ``filters``: the
    conditions that the query as a whole was under, lifted out of it. ``scored``: whether any Word
    scores. ``read_as``: the query in its own language, at most MAX_CHARS; "" when it is empty;
    reading it gives the same query. ``notes``: what else there is to know, as sentences.
    ``marking``: for ``match``; like ``query``, without the words that only score its phrases.
    """

    query: Query
    filters: tuple[Filter, ...]
    scored: bool
    read_as: str
    notes: tuple[str, ...]
    marking: Query


def read_query(text: str, analyzer: Terms, index: Vocabulary) -> ReadQuery:
    """The query that a text is; any text is one."""
    notes: list[str] = []
    tree = _read_tree(text, index, notes)
    tree = _within_limits(_without_stop_words(tree, notes), notes)
    clauses = tree.clauses if isinstance(tree, AllOf) else (tree,) if tree else ()
    if sum(isinstance(one, Period) for one in clauses) > 1:
        notes.append("Tidsgränserna utesluter varandra. Inget protokoll kan ligga inom dem.")
    filters = tuple(_filter(one) for one in clauses if isinstance(one, Condition | Period))
    looked_for = all_of(one for one in clauses if not isinstance(one, Condition | Period))
    compiler = _Compiler(analyzer, index)
    query = compiler.query(looked_for, scoring=True)
    marking = compiler.query(looked_for, scoring=False)
    return ReadQuery(
        query=query,
        filters=filters,
        scored=any(isinstance(one, PlainWord | ExactWords) for one in _wanted(looked_for)),
        read_as=_read_as(tree),
        notes=tuple(dict.fromkeys(notes + compiler.notes)),
        marking=marking,
    )


# --- from text to tree -----------------------------------------------------------------------


def _read_tree(text: str, index: Vocabulary, notes: list[str]) -> Node | None:
    clean = cleaned(text)
    notes.extend(clean.notes)
    found = list(lexemes(clean.text))
    too_deep = depth(found) > MAX_DEPTH
    if too_deep:
        notes.append(
            f"Mer än {MAX_DEPTH} parenteser står i varandra. Frågan läses som vanliga ord."
        )
    operands = any(lexeme.text for lexeme in found)
    if too_deep or not operands:  # "INTE" alone is a word
        found = words_alone(clean.text)
    fields = FieldReader(index)
    return parsed(found, lambda lexeme: _leaf(lexeme, fields, notes))


def _leaf(lexeme: Lexeme, fields: FieldReader, notes: list[str]) -> Node | None:
    if lexeme.kind is Kind.QUOTED:
        words = tuple(token.word for token in tokens(lexeme.text))
        return ExactWords(words, lexeme.typed) if words else None
    if lexeme.kind is Kind.BEGINNING:
        return _beginning(lexeme, notes)
    if lexeme.kind is Kind.FIELD:
        read = fields.read(lexeme)
        notes.extend(read.notes)
        return read.leaf or all_of(_plain(run) for run in read.words.split())
    notes.extend(_about_fields(lexeme.text))
    return _plain(lexeme.text)


def _plain(run: str) -> Node | None:
    """A run of characters as a word, or as a phrase where it holds several words."""
    found = list(tokens(run))
    if not found:
        return None
    words, typed = tuple(token.word for token in found), _typed(run, found)
    return PlainWord(words[0], typed) if len(words) == 1 else ExactWords(words, typed)


def _typed(run: str, found: list[Token]) -> str:
    """The run up to the end of its last word; no keyword of the language."""
    typed = run[: found[-1].span.end]
    return typed.lower() if typed in KEYWORDS else typed


def _beginning(lexeme: Lexeme, notes: list[str]) -> Node | None:
    """A prefix; one that is too short or more than a word is read without its star."""
    node = _plain(lexeme.text)
    if isinstance(node, ExactWords):
        notes.append(f"{lexeme.typed} är flera ord och söks som fras, utan *.")
    elif isinstance(node, PlainWord):
        if len(node.word) >= MIN_PREFIX:
            return Beginning(node.word, f"{lexeme.text}*")
        notes.append(
            f"{lexeme.typed} är för kort: före * behövs minst {MIN_PREFIX} tecken. "
            f"Det söks som ordet {node.typed}."
        )
    return node


def _about_fields(run: str) -> Iterator[str]:
    """What to say of a word that looks like a field."""
    if run.endswith(":") and (name := FIELD_NAMES.get(run[:-1].casefold())):
        yield f"Efter {name}: väntas ett värde utan blanksteg. {run[:-1]} söks som ett ord."
    elif name := misspelt(run):
        yield f"{run} läses som vanliga ord. Menade du {name}:?"


# --- what is left out ------------------------------------------------------------------------


def _without_stop_words(tree: Node | None, notes: list[str]) -> Node | None:
    left_out: list[str] = []
    kept = _pruned(tree, left_out)
    if left_out:
        words = ", ".join(dict.fromkeys(left_out))
        notes.append(
            f"Vanliga ord som inte söks: {words}. Sätt citattecken om dem för att söka dem."
        )
    return kept


def _pruned(node: Node | None, left_out: list[str]) -> Node | None:
    """The tree without stop words that stand beside other words that must be there."""
    match node:
        case AllOf(clauses):
            others = [one for one in clauses if not _is_stop_word(one)]
            if any(True for one in others for _ in _wanted(one)):
                left_out.extend(
                    one.word for one in clauses if isinstance(one, PlainWord) and one not in others
                )
                clauses = tuple(others)
            return all_of([_pruned(one, left_out) for one in clauses])
        case OneOf(clauses):
            return one_of([_pruned(one, left_out) for one in clauses])
        case _:
            return node


def _is_stop_word(node: Node) -> bool:
    return isinstance(node, PlainWord) and node.word in STOP_WORDS


def _wanted(node: Node | None) -> Iterator[Text]:
    """The words, phrases and prefixes that are looked for, not those that must not be there."""
    match node:
        case PlainWord() | ExactWords() | Beginning():
            yield node
        case AllOf(clauses) | OneOf(clauses):
            for one in clauses:
                yield from _wanted(one)


def _within_limits(tree: Node | None, notes: list[str]) -> Node | None:
    """The tree with its first MAX_WORDS words, of which a phrase is one, and as many conditions."""
    cutter = _Cutter()
    kept = cutter.cut(tree)
    if cutter.words > MAX_WORDS:
        notes.append(f"Bara de första {MAX_WORDS} orden och fraserna söks.")
    if cutter.conditions > MAX_WORDS:
        notes.append(f"Bara de första {MAX_WORDS} fälten används.")
    return kept


class _Cutter:
    """Counts leaves along a tree."""

    def __init__(self) -> None:
        self.words = 0
        self.conditions = 0

    def cut(self, node: Node | None) -> Node | None:
        match node:
            case PlainWord() | ExactWords() | Beginning():
                self.words += 1
                return node if self.words <= MAX_WORDS else None
            case Condition() | Period():
                self.conditions += 1
                return node if self.conditions <= MAX_WORDS else None
            case AllOf(clauses):
                return all_of([self.cut(one) for one in clauses])
            case OneOf(clauses):
                return one_of([self.cut(one) for one in clauses])
            case Without(clause):
                return without(self.cut(clause))
            case None:
                return None


def _read_as(tree: Node | None) -> str:
    if tree is None:
        return ""
    full = written(tree, FULL)
    return full if len(full) <= MAX_CHARS else written(tree, SHORT)


# --- from tree to query ----------------------------------------------------------------------


def _filter(node: Condition | Period) -> Filter:
    return node.has if isinstance(node, Condition) else node.dated


class _Compiler:
    """Makes queries of trees; asks the index but once for each prefix."""

    def __init__(self, analyzer: Terms, index: Vocabulary) -> None:
        self.notes: list[str] = []
        self._analyzer = analyzer
        self._index = index
        self._expanded: dict[str, tuple[str, ...]] = {}

    def query(self, node: Node | None, *, scoring: bool) -> Query:
        match node:
            case None:
                return Everything()
            case AllOf(clauses):
                return And(tuple(self.query(one, scoring=scoring) for one in clauses))
            case OneOf(clauses):
                return Or(tuple(self.query(one, scoring=scoring) for one in clauses))
            case Without(clause):
                return Not(self.query(clause, scoring=False))
            case _:
                return self._leaf(node, scoring)

    def _leaf(self, leaf: Leaf, scoring: bool) -> Query:
        match leaf:
            case PlainWord(word):
                return self._word(word)
            case ExactWords(words):
                return self._exact(words, scoring)
            case Beginning(prefix):
                words = self._expand(prefix, leaf.typed)
                return Or((AnyOf(Field.TEXT_EXACT, words), AnyOf(Field.TITLE_EXACT, words)))
            case Condition() | Period():
                return _filter(leaf)

    def _word(self, word: str) -> Word:
        tagged = self._analyzer.terms(word)
        return Word(
            tuple(
                Term(field, text, WEIGHTS[kind] * factor)
                for exact, kinds, factor in FIELDS
                for field, text, kind in [
                    (exact, word, "exact"),
                    *((kinds, term, term.partition(":")[0]) for term in tagged),
                ]
            )
        )

    def _exact(self, words: tuple[str, ...], scoring: bool) -> Query:
        """A phrase, with its words to rank what it finds: they all stand in every hit, so they
        change nothing else."""
        if len(words) == 1:
            terms = (
                Term(exact, words[0], WEIGHTS["exact"] * factor) for exact, _, factor in FIELDS
            )
            return Word(tuple(terms))
        found = Or(tuple(Phrase(exact, words) for exact, _, _ in FIELDS))
        telling = [word for word in dict.fromkeys(words) if word not in STOP_WORDS]
        scored = (telling or list(words))[:MAX_WORDS] if scoring else ()
        return And((found, *map(self._word, dict.fromkeys(scored)))) if scored else found

    def _expand(self, prefix: str, typed: str) -> tuple[str, ...]:
        if prefix not in self._expanded:
            found = self._index.expand(prefix, MAX_EXPANSIONS)
            self._expanded[prefix] = found.words
            if not found.total:
                self.notes.append(f"Inget ord i arkivet börjar som {typed}.")
            elif found.total > len(found.words):
                self.notes.append(
                    f"Sökningen {typed} omfattar de {len(found.words)} vanligaste "
                    f"av {found.total} ord."
                )
        return self._expanded[prefix]
