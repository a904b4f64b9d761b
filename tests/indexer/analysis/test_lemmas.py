"""The rules between two lexicons, each on a lexicon small enough to see through."""

from __future__ import annotations

from indexer.analysis.hunspell import Inflection
from indexer.analysis.lemmas import Lexicons, Rules


def rules(pairs: str, paradigms: str, **overrides: tuple[str, ...]) -> Rules:
    """``pairs``: "form>lemma …"; ``paradigms``: "root root:form-by-a-noun-suffix root.form …"."""
    lexicons = Lexicons()
    lexicons.add_dictionary(tuple(_pair(item) for item in pairs.split()))
    lexicons.add_paradigms(tuple(_inflection(item) for item in paradigms.split()))
    return Rules(lexicons, overrides)


def _pair(item: str) -> tuple[str, str]:
    form, _, lemma = item.partition(">")
    return form, lemma


def _inflection(item: str) -> Inflection:
    root, noun, form = item.partition(":")
    if noun:
        return Inflection(form, root, True)
    root, _, form = item.partition(".")
    return Inflection(form or root, root, False)


def test_both_lexicons_are_heard() -> None:
    assert rules("kan>kunna", "kana.kan").lemmas("kan") == ("kana", "kunna")


def test_a_form_that_neither_has_has_no_lemma() -> None:
    assert rules("bok>bok", "bok").lemmas("bil") == ()


def test_a_noun_in_its_base_form_is_no_form_of_a_verb() -> None:
    lexicons = rules("nämnd>nämna nämnden>nämnd", "nämnd nämnd:nämnden")
    assert lexicons.lemmas("nämnd") == ("nämnd",)


def test_a_noun_of_hunspell_alone_is_no_form_of_a_verb_either() -> None:
    lexicons = rules("bifall>bifalla bifallet>bifalla", "bifall bifall:bifallet")
    assert lexicons.lemmas("bifall") == ("bifall",)


def test_two_nouns_of_one_form_stay_two() -> None:
    lexicons = rules("planet>plan planeten>planet", "planet planet:planeten plan plan:planet")
    assert lexicons.lemmas("planet") == ("plan", "planet")


def test_an_inflected_form_listed_as_a_word_is_no_lemma() -> None:
    lexicons = rules("målen>mål målet>mål", "målen mål mål:målet")
    assert lexicons.lemmas("målen") == ("mål",)


def test_a_word_that_inflects_itself_stays_a_lemma_beside_the_one_it_is_a_form_of() -> None:
    lexicons = rules("orden>ord ordnar>orden", "orden orden:ordnar")
    assert lexicons.lemmas("orden") == ("ord", "orden")


def test_the_definite_plural_tells_that_the_indefinite_is_a_noun_too() -> None:
    lexicons = rules("delar>dela delarna>del", "dela.delar")
    assert lexicons.lemmas("delar") == ("del", "dela")


def test_a_noun_in_its_base_form_is_no_plural() -> None:
    lexicons = rules("motor>motor motorna>mota", "motor motor:motorn")
    assert lexicons.lemmas("motor") == ("motor",)


def test_a_word_is_a_name_only_where_it_is_nothing_else() -> None:
    lexicons = rules("Bergs>Berg bergs>berg Ekstads>Ekstad", "")
    assert lexicons.lemmas("bergs") == ("berg",)
    assert lexicons.lemmas("ekstads") == ("ekstad",)


def test_words_are_kept_in_surface_form_and_only_words() -> None:
    lexicons = rules("idéer>idé A-traktor>traktor 2:an>två", "")
    assert lexicons.lemmas("ideer") == ("ide",)
    assert set(lexicons.lexicons.forms()) == {"ideer"}


def test_an_override_has_the_last_word() -> None:
    assert rules("ska>skola", "", ska=("ska",)).lemmas("ska") == ("ska",)
