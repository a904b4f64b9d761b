"""Imports point down only, as ARCHITECTURE.md says."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Each room of the house and the rooms of ours it may use. A room is a folder or a single file;
# `model` and `errors` may be used by all and use nothing.
MAY_USE = {
    "indexer.model": set(),
    "indexer.errors": set(),
    "indexer.config": set(),
    "indexer.identifiers": set(),
    "indexer.masking": set(),
    "indexer.progress": set(),
    "indexer.lock": set(),
    "indexer.schema": set(),
    "indexer.status": set(),
    "indexer.extract": set(),
    "indexer.structure": {"indexer.identifiers"},
    "indexer.outline": set(),
    "indexer.ids": set(),
    "indexer.passages": {"indexer.ids"},
    "indexer.archive": {"indexer.ids", "indexer.passages", "indexer.schema"},
    "indexer.discover": {"indexer.masking"},
    "indexer.changes": {"indexer.archive", "indexer.discover"},
    "indexer.parser_task": {"indexer.extract", "indexer.masking", "indexer.structure"},
    "indexer.parse": {"indexer.config", "indexer.extract"},
    "indexer.ingest": {
        "indexer.archive",
        "indexer.changes",
        "indexer.config",
        "indexer.discover",
        "indexer.parse",
    },
    "indexer.analysis": set(),
    "indexer.engines": set(),
    "indexer.served": set(),
    "indexer.indexed": {
        "indexer.analysis",
        "indexer.engines",
        "indexer.identifiers",
        "indexer.ids",
        "indexer.served",
    },
    "indexer.reindex": {
        "indexer.analysis",
        "indexer.archive",
        "indexer.config",
        "indexer.engines",
        "indexer.indexed",
        "indexer.served",
    },
    "indexer.cli": {
        "indexer.archive",
        "indexer.config",
        "indexer.engines",
        "indexer.extract",
        "indexer.ingest",
        "indexer.lock",
        "indexer.outline",
        "indexer.parse",
        "indexer.progress",
        "indexer.reindex",
        "indexer.served",
        "indexer.status",
    },
    "search_app.retrieval": {
        "indexer.analysis",
        "indexer.archive",
        "indexer.config",
        "indexer.engines",
        "indexer.identifiers",
        "indexer.ids",
        "indexer.indexed",
        "indexer.served",
        "indexer.status",
    },
    "search_app.wording": {"indexer.identifiers"},
    "search_app.help_examples": set(),
    "search_app.security": set(),
    "search_app.site": {"search_app.retrieval", "search_app.wording"},
    "search_app.error_pages": {"search_app.retrieval", "search_app.site"},
    "search_app.views": {
        "search_app.help_examples",
        "search_app.retrieval",
        "search_app.security",
        "search_app.site",
        "search_app.wording",
    },
    "search_app.api": {"search_app.retrieval", "search_app.site", "search_app.views"},
    "search_app": {  # the application: all of its pages put together
        "indexer.config",
        "search_app.api",
        "search_app.error_pages",
        "search_app.retrieval",
        "search_app.security",
        "search_app.site",
        "search_app.views",
    },
    "search_app.server": {"indexer.config", "search_app", "search_app.retrieval"},
    "search_app.cli": {
        "indexer.cli",
        "indexer.config",
        "indexer.engines",
        "search_app.retrieval",
        "search_app.server",
    },
}

FOR_ALL = {"indexer.model", "indexer.errors"}
NO_ROOM = {"indexer"}  # the package itself: a docstring and nothing else


def modules() -> list[str]:
    files = [*ROOT.glob("indexer/**/*.py"), *ROOT.glob("search_app/**/*.py")]
    return sorted(
        ".".join(f.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for f in files
    )


def room_of(module: str) -> str:
    """The room a module lies in: the longest listed name that it is or lies below."""
    rooms = [r for r in (*MAY_USE, *NO_ROOM) if module == r or module.startswith(f"{r}.")]
    return max(rooms, key=len)


def imported(module: str) -> set[str]:
    """Our modules that a module imports, at any depth of the file."""
    path = ROOT / Path(*module.split("."))
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    names = set()
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            assert node.module
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in names if name.split(".")[0] in ("indexer", "search_app")}


def forbidden(module: str) -> list[str]:
    room = room_of(module)
    allowed = MAY_USE.get(room, set()) | FOR_ALL | {room}
    return sorted(name for name in imported(module) if room_of(name) not in allowed)


@pytest.mark.parametrize("module", modules())
def test_a_module_imports_only_what_lies_below_it(module: str) -> None:
    if room_of(module) not in FOR_ALL:
        assert forbidden(module) == []
    else:
        assert imported(module) == set()


@pytest.mark.parametrize("module", modules())
def test_every_module_lies_in_a_listed_room(module: str) -> None:
    room = room_of(module)
    assert module in NO_ROOM or room in MAY_USE
    assert room != "search_app" or module == room, "a room of its own, not the application"


def test_every_listed_room_exists() -> None:
    assert {room_of(module) for module in modules()} >= set(MAY_USE)


def test_the_list_has_no_circle() -> None:
    done: set[str] = set()
    left = dict(MAY_USE)
    while left:
        free = {room for room, uses in left.items() if uses <= done}
        assert free, f"a circle among {sorted(left)}"
        done |= free
        left = {room: uses for room, uses in left.items() if room not in free}
