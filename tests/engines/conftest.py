from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.engines.states import State, changed_state, full_state


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[State]:
    yield from closing(full_state(tmp_path_factory.mktemp("full")))


@pytest.fixture(scope="session")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[State]:
    yield from closing(changed_state(tmp_path_factory.mktemp("changed")))


@pytest.fixture(params=["full", "changed"])
def state(request: pytest.FixtureRequest) -> State:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, State)
    return found


def closing(state: State) -> Iterator[State]:
    yield state
    for engine in state.engines.values():
        engine.close()
