from __future__ import annotations

import pytest

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.lexicon import ensure
from indexer.config import default_cache


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    """The real one; its lexicon is made once a machine."""
    ensure(default_cache())
    return Analyzer.open(default_cache())
