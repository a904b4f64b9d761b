"""Small protokoll as HTML files, and an archive to put them in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from indexer.archive import Archive
from indexer.config import Settings
from indexer.ingest import IngestReport, ingest


def protokoll_html(date: str, *paragrafer: str, body: str = "Kommunstyrelsen") -> str:
    """A protokoll of Ekstad whose §§ have these texts; ``date`` is ISO."""
    items = "".join(
        f"<h2>§ {number} Ärende {number}</h2><p><b>Beslut</b></p><p>{text}</p>"
        for number, text in enumerate(paragrafer or ("Nämnden godkänner rapporten.",), 1)
    )
    return (
        "<html><head><meta charset='utf-8'><title>Protokoll</title></head><body>"
        f"<h1>Ekstads kommun</h1><p>{body}</p><p>Sammanträdesprotokoll</p>"
        f"<p>Sammanträdesdatum {date}</p>{items}</body></html>"
    )


@dataclass
class House:
    """A source folder and an archive, both empty at first."""

    root: Path
    settings: Settings
    archive: Archive

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def ingest(self, **settings: object) -> IngestReport:
        rehash = bool(settings.pop("rehash", False))
        changed = Settings(**{**self._settings(), **settings})  # type: ignore[arg-type]  # a wrong one fails
        return ingest(self.root, self.archive, changed, rehash=rehash)

    def _settings(self) -> dict[str, object]:
        return {name: getattr(self.settings, name) for name in Settings.__slots__}

    def outcomes(self) -> dict[str, str]:
        rows = self.archive.sources(str(self.root.resolve()))
        return {name: row.outcome for name, row in rows.items()}

    def ids(self) -> list[str]:
        rows = self.archive.connection.execute(
            "SELECT id FROM protokoll WHERE current AND withdrawn IS NULL ORDER BY id"
        )
        return [row["id"] for row in rows]

    def passages(self) -> list[tuple[str, str]]:
        rows = self.archive.connection.execute(
            "SELECT protokoll.id, anchor FROM passages JOIN protokoll ON key = protokoll"
            " ORDER BY protokoll.id, ordinal"
        )
        return [(row["id"], row["anchor"]) for row in rows]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    root = tmp_path / "sources"
    root.mkdir()
    settings = Settings(home=tmp_path, workers=1, wall_seconds=10)
    with Archive.open(settings.archive_path) as archive:
        yield House(root, settings, archive)
