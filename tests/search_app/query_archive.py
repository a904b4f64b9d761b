"""A small archive as the query language sees it: its words, its values, and some terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.engines.base import Attribute, Expansion
from search_app.retrieval.query_language import ReadQuery, Value, read_query

TERMS: Mapping[str, tuple[str, ...]] = {
    "skolan": ("L:skola", "S:skol"),
    "skola": ("L:skola", "S:skol"),
    "skolor": ("L:skola", "S:skol"),
    "friskolan": ("L:friskola", "S:friskol", "H:skola", "M:fri"),
    "trygghet": ("L:trygghet", "S:trygg"),
}


@dataclass(frozen=True, slots=True)
class TermTable:
    """The terms of a few words; of all others, none."""

    table: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: TERMS)

    def terms(self, word: str) -> tuple[str, ...]:
        return self.table.get(word, ())


def values(*pairs: tuple[str, str]) -> tuple[Value, ...]:
    return tuple(Value(value, label) for value, label in pairs)


@dataclass(frozen=True, slots=True)
class SmallArchive:
    """``words``: in the order of how often they stand in the archive."""

    words: tuple[str, ...]
    attributes: Mapping[Attribute, tuple[Value, ...]]

    def expand(self, prefix: str, limit: int) -> Expansion:
        found = [word for word in self.words if word.startswith(prefix)]
        return Expansion(tuple(found[:limit]), len(found))

    def values(self, attribute: Attribute) -> tuple[Value, ...]:
        return self.attributes.get(attribute, ())


ARCHIVE = SmallArchive(
    words=("skola", "skolan", "trygg", "trygghet", *(f"vatten{n}" for n in range(940))),
    attributes={
        Attribute.MUNICIPALITY: values(("almhalla", "Almhälla"), ("ekstad", "Ekstad")),
        Attribute.BODY: values(
            ("utbildningsnamnden", "Utbildningsnämnden"),
            ("utbildningsnamndens-utskott", "Utbildningsnämndens utskott"),
            ("barn-och-ungdomsnamnden", "Barn- och ungdomsnämnden"),
            ("tekniska-namnden", "Tekniska nämnden"),
        ),
        Attribute.SPEAKER: values(
            *((name, name) for name in ("Karin Almdal", "Karin Åsberg", "Åsa Ek", "Asa Gran")),
            *((f"Nils Nr{n}", f"Nils Nr{n}") for n in range(1, 9)),
            ("Eva ”Vivi” Lind", "Eva ”Vivi” Lind"),
        ),
        Attribute.PARTY: values(("KA", "KA"), ("ka", "ka"), ("Kal", "Kal")),
        Attribute.PLACE: values(("Norra torget", "Norra torget"), ("Sjövik", "Sjövik")),
        Attribute.KIND: values(
            ("beslut", "beslut"),
            ("beslutsgang", "beslutsgång"),
            ("sarskilt_yttrande", "särskilt yttrande"),
        ),
    },
)


def read(text: str) -> ReadQuery:
    return read_query(text, TermTable(), ARCHIVE)
