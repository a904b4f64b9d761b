from __future__ import annotations

import pytest

from indexer.analysis.hunspell import Inflection, inflections, read_suffixes

AFF = """\
SET UTF-8
# comment: SFX D 0 aldrig .
SFX  D  Y  2
SFX  D  0  en  [^a]
SFX  D  0  nde  a
SFX  E  Y  1
SFX  E  0  n  [^m]
SFX  F  Y  1
SFX  F  el  len  [^m]el
SFX  v  N  1
SFX  v  0  s/WXZ  .
SFX  d  Y  1
SFX  d  0  sbo  .
"""


def forms(*dic: str) -> list[str]:
    return [found.form for found in inflections(dic, read_suffixes(AFF))]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("bil/D\n", ["bil", "bilen"]),
        ("skriva/D\n", ["skriva", "skrivande"]),
        ("exempel/F\n", ["exempel", "exemplen"]),
        ("himmel/F\n", ["himmel"]),
        ("bil\n", ["bil"]),
        ("bil/Dv\tpo:noun\n", ["bil", "bilen"]),
        ("bil/Z\n", []),
        ("bil/D%\n", []),
        ("bil/¤D\n", []),
        ("Ekstad/d\n", ["Ekstad"]),
        ("bil jag\n", []),
        ("8:a/D\n", []),
        ("279191\n", []),
    ],
)
def test_a_root_is_inflected_by_the_rules_of_its_flags(line: str, expected: list[str]) -> None:
    assert forms(line) == expected


def test_a_form_by_a_suffix_of_nouns_tells_that_the_root_is_a_noun() -> None:
    found = tuple(inflections(("skola/E", "skola/D"), read_suffixes(AFF)))
    assert found == (
        Inflection("skola", "skola", False),
        Inflection("skolan", "skola", True),
        Inflection("skola", "skola", False),
        Inflection("skolande", "skola", False),
    )
