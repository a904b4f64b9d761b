"""CPU time, and memory, of a stage in a process of its own.

CPU time because the machine is shared: it is hardly longer when others work. A process each,
because its greatest memory is only known of a process as a whole.
"""

from __future__ import annotations

import math
import multiprocessing
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

MOST_ROUNDS = 5
ENOUGH = 0.15  # CPU seconds for one query: then it is not asked again


@dataclass(frozen=True, slots=True)
class Stage(Generic[T]):
    """``cpu``, ``wall``: seconds. ``peak``: MiB that were in memory at once."""

    result: T
    cpu: float
    wall: float
    peak: float


def staged(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Stage[T]:
    """The function run in a fresh process; imports are charged to nobody."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(_measured, partial(function, *args, **kwargs)).result()


def _measured(function: Callable[[], T]) -> Stage[T]:
    cpu, wall = time.process_time(), time.perf_counter()
    result = function()
    return Stage(result, time.process_time() - cpu, time.perf_counter() - wall, peak_mib())


def peak_mib() -> float:
    """The high-water mark of this process, without what the one it was made by had."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    (line,) = (line for line in lines if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def least_cpu(asked: Callable[[], object]) -> float:
    """Milliseconds of CPU, the least of a few rounds: what others' work adds is never less."""
    spent = 0.0
    least = float("inf")
    for _ in range(MOST_ROUNDS):
        began = time.process_time()
        asked()
        took = time.process_time() - began
        least = min(least, took)
        spent += took
        if spent > ENOUGH:
            break
    return least * 1000


def percentile(values: Iterable[float], share: float) -> float:
    """The least value that at least such a share of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def folder_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
