"""The documentation names what there is, and its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from indexer.config import KEYS, Settings
from search_app.cli import main

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("corpus/*.md")])
COMMANDS = (ROOT / "docs" / "kommandon.md").read_text("utf-8")
SETTINGS = (ROOT / "docs" / "installningar.md").read_text("utf-8")


def section(name: str) -> str:
    """The part of the page on commands that stands under a command's heading."""
    found = re.search(rf"^## `protokoll {name}\b.*?(?=^## |\Z)", COMMANDS, re.MULTILINE | re.DOTALL)
    assert found, f"docs/kommandon.md has no heading for protokoll {name}"
    return found.group()


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_and_option_is_documented(name: str) -> None:
    said = section(name)
    for parameter in main.commands[name].params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[0] in said, f"{name} {parameter.opts[0]}"


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_help_with_an_example(name: str) -> None:
    assert "Example: protokoll " in (main.commands[name].help or "")


@pytest.mark.parametrize("name", re.findall(r"^## `protokoll (\w+)", COMMANDS, re.MULTILINE))
def test_every_documented_command_exists(name: str) -> None:
    assert name in main.commands


@pytest.mark.parametrize("key", KEYS)
def test_every_setting_is_documented_with_its_default(key: str) -> None:
    row = re.search(rf"^\| `{key}` \| (.+?) \|", SETTINGS, re.MULTILINE)
    assert row, f"docs/installningar.md has no row for {key}"
    default = getattr(Settings(), key)
    shown = (
        "–" if default is None else f"`{default:g}`" if type(default) is float else f"`{default}`"
    )
    assert row[1] == shown


@pytest.mark.parametrize("key", re.findall(r"^\| `(\w+)` \|", SETTINGS, re.MULTILINE))
def test_every_documented_setting_exists(key: str) -> None:
    assert key in KEYS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_resolves(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))
    lost = [t for t in targets if "://" not in t and not (page.parent / t).exists()]
    assert lost == []


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_every_file_that_the_map_names_exists(page: str) -> None:
    named = re.findall(
        r"`((?:indexer|search_app|tests|corpus|docs)/[\w./-]*)`", (ROOT / page).read_text("utf-8")
    )
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
