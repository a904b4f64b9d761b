from __future__ import annotations

import pytest

from tests.engines.passages import SYLLABLES, WORDS
from tests.engines.states import MODULES, State

PREFIXES = (
    *SYLLABLES,
    *(a + b for a in SYLLABLES[:4] for b in SYLLABLES[:4]),
    *("", "b", "å", "§", "§1", "ks:", "n", "n\u0303", "\u0001", WORDS[0], WORDS[0] + "x"),
)


@pytest.mark.parametrize("engine", MODULES)
@pytest.mark.parametrize("limit", [0, 1, 5, 128, 10_000])
def test_prefixes_are_expanded_alike(state: State, engine: str, limit: int) -> None:
    for prefix in PREFIXES:
        expected = state.oracle.expand(prefix, limit)
        assert state.engines[engine].expand(prefix, limit) == expected, prefix


def test_there_is_something_to_cut_off(state: State) -> None:
    assert state.oracle.expand("b", 5).total > 5
    assert state.oracle.expand("", 128).total > 128


@pytest.mark.parametrize("engine", MODULES)
@pytest.mark.parametrize("prefix", ["\udc80", "x\udc80", "ö" * 40_000, "finnsinte"])
def test_an_absurd_prefix_has_no_words(state: State, engine: str, prefix: str) -> None:
    assert state.engines[engine].expand(prefix, 128).total == 0


@pytest.mark.parametrize("engine", MODULES)
def test_a_negative_limit_gives_no_words(state: State, engine: str) -> None:
    assert state.engines[engine].expand("b", -1).words == ()
