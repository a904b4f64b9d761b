"""Which lemmas a form may have: two lexicons united, and what grammar takes out again.

simplemma knows one lemma for a form, hunspell-sv none, one or more. Each alone finds too little
("nämnd" would be a form of the verb "nämna" only), their plain union too much; `Rules` stands
between them. All forms and lemmas here are surface forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from indexer.analysis.hunspell import Inflection
from indexer.analysis.tokens import surface

Lemmas = dict[str, tuple[str, ...]]
"""Form → its possible lemmas."""

INDEFINITE_PLURAL = ("ar", "er", "or")
SHORTEST_PLURAL = 5  # letters: "delar"; below are bases that only look like plurals: "ler", "hör"


@dataclass(slots=True)
class Lexicons:
    """What the two lexicons say, as they say it."""

    dictionary: Lemmas = field(default_factory=dict)  # simplemma, words in lower case
    names: Lemmas = field(default_factory=dict)  # simplemma, words with a capital
    paradigms: Lemmas = field(default_factory=dict)  # hunspell-sv
    lemmas: set[str] = field(default_factory=set)  # simplemma's lemmas of forms unlike themselves
    nouns: set[str] = field(default_factory=set)  # roots with a noun's inflection in hunspell-sv
    sure_nouns: set[str] = field(default_factory=set)  # those whose inflection simplemma confirms

    def add_dictionary(self, pairs: Iterable[tuple[str, str]]) -> None:
        for word, base in pairs:
            if word.isalpha() and base.isalpha():
                form, lemma = surface(word), surface(base)
                if not word.islower():
                    _put(self.names, form, lemma)
                    continue
                _put(self.dictionary, form, lemma)
                if lemma != form:
                    self.lemmas.add(lemma)

    def add_paradigms(self, inflections: Iterable[Inflection]) -> None:
        """Needs the dictionary to be there already, to tell which nouns it confirms."""
        last = lemma = ""
        for form, root, noun in inflections:
            if root != last:  # all forms of a root come together
                last, lemma = root, surface(root)
            plain = surface(form)
            _put(self.paradigms, plain, lemma)
            if noun and plain != lemma:
                self.nouns.add(lemma)
                if lemma in self.dictionary.get(plain, ()):
                    self.sure_nouns.add(lemma)

    def forms(self) -> Iterator[str]:
        """Every form, some more than once."""
        return chain(self.dictionary, self.paradigms, self.names)


def _put(table: Lemmas, form: str, lemma: str) -> None:
    known = table.get(form)
    if known is None:
        table[form] = (lemma,)
    elif lemma not in known:
        table[form] = (*known, lemma)


def _united(some: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    if not some or some == more:
        return more
    if not more:
        return some
    return tuple(dict.fromkeys((*some, *more)))


@dataclass(frozen=True, slots=True)
class Rules:
    lexicons: Lexicons
    overrides: Mapping[str, tuple[str, ...]]

    def lemmas(self, form: str) -> tuple[str, ...]:
        """The lemma set of a form, sorted; empty for a form that no lexicon has."""
        if form in self.overrides:
            return self.overrides[form]
        readings = self._readings(form)
        if len(readings) > 1:  # one in eight
            return tuple(sorted(self._without_pretended_bases(readings)))
        return readings

    def _readings(self, form: str) -> tuple[str, ...]:
        """What the lexicons say; of a noun in its base form, not that it is a form of a verb.

        "plan" is an imperative of "plana", "nämnd" a participle of "nämna": rare readings of
        common nouns. Homonymous nouns stay: "planet" is a planet, and the plan.
        """
        words = self._candidates(form)
        if len(words) < 2 or form not in self.lexicons.nouns:
            return words
        return tuple(word for word in words if word == form or not self._is_verb(word))

    def _candidates(self, form: str) -> tuple[str, ...]:
        words = self._listed(form)
        if not words:
            return self.lexicons.names.get(form, ())
        if form.endswith(INDEFINITE_PLURAL) and self._may_be_plural(form):
            return _united(words, self._listed(form + "na"))
        return words

    def _listed(self, form: str) -> tuple[str, ...]:
        lexicons = self.lexicons
        return _united(lexicons.dictionary.get(form, ()), lexicons.paradigms.get(form, ()))

    def _may_be_plural(self, form: str) -> bool:
        """Both lexicons take "delar" for a verb; "delarna" tells that it is a noun's plural too.

        A noun's base form ("lager", "motor") is none, whatever it ends in.
        """
        return len(form) >= SHORTEST_PLURAL and form not in self.lexicons.nouns

    def _is_verb(self, word: str) -> bool:
        return word.endswith("a") and word not in self.lexicons.sure_nouns

    def _without_pretended_bases(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """hunspell-sv lists inflected forms as words of their own ("målen", "nämnder").

        Such an entry is no lemma when it is a form of another candidate, unless either lexicon
        inflects it itself.
        """
        return tuple(word for word in words if not self._pretends(word, words)) or words

    def _pretends(self, word: str, words: tuple[str, ...]) -> bool:
        if word in self.lexicons.lemmas or word in self.lexicons.nouns:
            return False
        own = self._readings(word)
        return any(
            other != word and other in own and word not in self._readings(other) for other in words
        )
