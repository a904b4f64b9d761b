"""What can go wrong, as a tree. Every message is one line: what, where, what to do.

IndexerError                   stop; the command ends with ``exit_code``
├── DocumentError              one source file cannot be read; it is recorded and the run goes on
│   ├── NeedsOcr               pages without a text layer
│   ├── TooBig                 over a limit of size, pages or characters
│   ├── ParserTimeout          the worker was stopped at its wall or CPU limit
│   ├── ParserMemory           the worker ran out of the memory it may use
│   └── ParserCrash            the worker died
├── SettingsError              a setting or argument is wrong (exit 2)
├── ArchiveError               the archive cannot be opened or written
│   └── ArchiveMissing         there is none yet (exit 2)
├── IndexFault                 the search index cannot be opened or made
│   ├── IndexMissing           there is none yet (exit 2)
│   └── IndexMismatch          made by another engine, analysis or version (exit 2)
└── LockedError                another run holds the lock (exit 4)

Two rooms add their own below IndexerError: ``analysis.lexicon`` (LexiconError, LexiconMissing) and
``search_app.retrieval.originals`` (OriginalHeldBack, OriginalGone).
"""

from __future__ import annotations

from typing import ClassVar


class IndexerError(Exception):
    exit_code: ClassVar[int] = 1


class DocumentError(IndexerError):
    """One document cannot be read. ``outcome`` is the word stored in the archive."""

    outcome: ClassVar[str] = "rejected"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unopened(DocumentError):
    pass


class NeedsOcr(DocumentError):
    outcome = "needs_ocr"


class TooBig(DocumentError):
    outcome = "too_big"


class ParserTimeout(DocumentError):
    outcome = "timeout"


class ParserMemory(DocumentError):
    outcome = "memory"


class ParserCrash(DocumentError):
    outcome = "crash"


class SettingsError(IndexerError):
    exit_code = 2


class ArchiveError(IndexerError):
    pass


class ArchiveMissing(ArchiveError):
    exit_code = 2


class IndexFault(IndexerError):
    pass


class IndexMissing(IndexFault):
    exit_code = 2


class IndexMismatch(IndexFault):
    exit_code = 2


class LockedError(IndexerError):
    exit_code = 4
