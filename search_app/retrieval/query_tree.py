"""A query as it was read: a tree in one normal form, and how it is written.

``all_of``, ``one_of`` and ``without`` alone make branches. They keep the normal form: no branch of
one clause, none inside its like, nothing said twice, no double negation, one stretch of time where
several hold together. So what is written reads as the same tree.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from indexer.engines.base import Dated, Has

# --- leaves; ``typed`` is how it stood in the query, and tells no two leaves apart -----------


@dataclass(frozen=True, slots=True)
class PlainWord:
    """A word in any of its forms. ``word`` is its surface form."""

    word: str
    typed: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class ExactWords:
    """Words as they stand, one after the other; at least one."""

    words: tuple[str, ...]
    typed: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Beginning:
    """Words that begin so."""

    prefix: str
    typed: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Condition:
    """A field term. ``written`` is its value as the archive has it, where it has one."""

    has: Has
    typed: str = field(compare=False)
    written: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Period:
    """år:, från: and till:."""

    dated: Dated


# --- branches --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AllOf:
    """What must be there, then what must not, then the conditions, then the time."""

    clauses: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    clauses: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    clause: Node


Text = PlainWord | ExactWords | Beginning
Leaf = Text | Condition | Period
Node = Leaf | AllOf | OneOf | Without


def all_of(nodes: Iterable[Node | None]) -> Node | None:
    """All of the nodes together; None stands for nothing read, and takes no part."""
    flat: dict[Node, None] = {}
    for node in nodes:
        clauses = node.clauses if isinstance(node, AllOf) else (node,)
        flat |= dict.fromkeys(clause for clause in clauses if clause is not None)
    clauses = _one_period(tuple(sorted(flat, key=_rank)))
    return AllOf(clauses) if len(clauses) > 1 else next(iter(clauses), None)


def one_of(nodes: Iterable[Node | None]) -> Node | None:
    """One of the nodes at least; None stands for nothing read, and takes no part."""
    flat: dict[Node, None] = {}
    for node in nodes:
        clauses = node.clauses if isinstance(node, OneOf) else (node,)
        flat |= dict.fromkeys(clause for clause in clauses if clause is not None)
    return OneOf(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def without(node: Node | None) -> Node | None:
    if isinstance(node, Without):
        return node.clause
    return None if node is None else Without(node)


def _rank(node: Node) -> int:
    match node:
        case Without():
            return 1
        case Condition():
            return 2
        case Period():
            return 3
        case _:
            return 0


def _one_period(clauses: tuple[Node, ...]) -> tuple[Node, ...]:
    """The periods as the one that they have in common; as its two ends where they exclude each
    other."""
    periods = [node.dated for node in clauses if isinstance(node, Period)]
    if len(periods) < 2:
        return clauses
    first = max((one.first for one in periods if one.first), default=None)
    last = min((one.last for one in periods if one.last), default=None)
    others = (node for node in clauses if not isinstance(node, Period))
    if first and last and first > last:
        return (*others, Period(Dated(first=first)), Period(Dated(last=last)))
    return (*others, Period(Dated(first, last)))


# --- writing ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Style:
    """How a tree is written. ``full``: with the archive's names and parentheses for clarity."""

    both: str
    either: str
    no: str
    full: bool


FULL = Style(" OCH ", " ELLER ", "INTE ", full=True)
SHORT = Style(" ", " OR ", "-", full=False)  # never longer than what was typed


def written(node: Node, style: Style) -> str:
    """The tree in the language itself."""
    match node:
        case AllOf(clauses):
            wanted = [_operand(one, style) for one in clauses if _rank(one) == 0]
            rest = [written(one, style) for one in clauses if _rank(one) > 0]
            return " ".join([style.both.join(wanted), *rest]).strip()
        case OneOf(clauses):
            return style.either.join(_alternative(one, style) for one in clauses)
        case Without(clause):
            return style.no + _operand(clause, style)
        case Period(dated):
            return _period(dated)
        case Condition():
            return node.written if style.full else node.typed
        case _:
            return node.typed


def _operand(node: Node, style: Style) -> str:
    text = written(node, style)
    divided = isinstance(node, AllOf | OneOf) or (isinstance(node, Period) and " " in text)
    return f"({text})" if divided else text


def _alternative(node: Node, style: Style) -> str:
    """AND binds tighter than OR, so the parentheses are for the reader only."""
    return _operand(node, style) if style.full else written(node, style)


def _period(dated: Dated) -> str:
    first, last = dated.first, dated.last
    from_year = first is None or (first.month, first.day) == (1, 1)
    to_year = last is None or (last.month, last.day) == (12, 31)
    if from_year and to_year:
        ends = [f"{end.year:04}" if end else "" for end in (first, last)]
        return f"år:{ends[0]}" if ends[0] == ends[1] else f"år:{'..'.join(ends)}"
    written_ends = [f"från:{_first_day(first)}"] if first else []
    written_ends += [f"till:{_last_day(last)}"] if last else []
    return " ".join(written_ends)


def _first_day(day: dt.date) -> str:
    """The day as the shortest of year, month and date that begins with it."""
    if day.day > 1:
        return day.isoformat()
    return f"{day.year:04}" if day.month == 1 else f"{day.year:04}-{day.month:02}"


def _last_day(day: dt.date) -> str:
    """The day as the shortest of year, month and date that ends with it."""
    if day.day < calendar.monthrange(day.year, day.month)[1]:
        return day.isoformat()
    return f"{day.year:04}" if day.month == 12 else f"{day.year:04}-{day.month:02}"
