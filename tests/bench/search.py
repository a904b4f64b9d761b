"""CPU time of search beside raw tantivy and SQLite's FTS5; of a result page beside an empty one.

    python -m tests.bench.search [--sizes 10000,100000] [--no-whoosh] [--keep FOLDER]

A synthetic archive of each size goes through our own stages: archive, analysis, index, query,
page. All peers are asked for the same terms in turn, and must give the same totals, or the run
ends. Figures are CPU time, since the machine may be shared; wall time is printed and proves
nothing. Needs Linux.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from indexer.analysis import lexicon
from indexer.config import Settings
from tests.bench.engines import PEERS, WHOOSH, ask_all
from tests.bench.measuring import staged
from tests.bench.pages import pages, requests
from tests.bench.prepare import prepare
from tests.bench.table import machine, print_building, print_pages, print_queries

SIZES = "10000,100000"


def run(home: Path, size: int, *, whoosh: bool) -> None:
    peers = [p.name for p in PEERS if size <= p.most and (whoosh or p.name != WHOOSH)]
    print(f"{size} passages", file=sys.stderr)
    prepared = prepare(home, size, peers)
    print_building(prepared)
    asked = staged(ask_all, home, peers, prepared.frequency)
    print_queries(asked.result)
    cases = [one.case for one in asked.result]
    answered = staged(pages, home, requests(cases))
    print_pages(answered.result, answered.peak)
    spent = asked.cpu + answered.cpu
    print(f"asking took {spent:.0f} s of CPU, {asked.wall + answered.wall:.0f} s of wall time")


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(
        "tests.bench.search", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--sizes", default=SIZES, help=f"passages, default {SIZES}")
    parser.add_argument("--no-whoosh", action="store_true", help="leave Whoosh out of small sizes")
    parser.add_argument("--keep", type=Path, help="folder to keep archives and indexes in, and use")
    given = parser.parse_args(arguments)
    lexicon.ensure(Settings().cache_path)
    print(machine())
    with ExitStack() as stack:
        folder = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for size in map(int, given.sizes.split(",")):
            run(folder / str(size), size, whoosh=not given.no_whoosh)


if __name__ == "__main__":
    main(sys.argv[1:])
