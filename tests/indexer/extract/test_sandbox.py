"""The pool of parser workers, with real children that misbehave in every way we could think of."""

from __future__ import annotations

import itertools
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from indexer.errors import (
    DocumentError,
    IndexerError,
    NeedsOcr,
    ParserCrash,
    ParserMemory,
    ParserTimeout,
    TooBig,
    Unopened,
)
from indexer.extract.sandbox import Job, WorkerLimits, run

TARGETS = "tests.indexer.extract.sandbox_targets"
ACT = f"{TARGETS}:act"
# The memory is more than pytest itself ever has: a peak below its own cannot be told.
LIMITS = WorkerLimits(memory_bytes=900 * 2**20, cpu_seconds=20, wall_seconds=20, result_bytes=2**20)
BRIEF = WorkerLimits(memory_bytes=400 * 2**20, cpu_seconds=20, wall_seconds=1)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "källa.pdf"
    path.write_bytes(b"abc")
    return path


def answers(
    jobs: Iterable[Job], *, workers: int = 1, limits: WorkerLimits = LIMITS
) -> list[bytes | DocumentError]:
    return [answer for _, answer in run(ACT, jobs, workers=workers, limits=limits)]


def answer_to(path: Path, limits: WorkerLimits = LIMITS, **options: str) -> bytes | DocumentError:
    (answer,) = answers([Job(path, options)], limits=limits)
    return answer


def children() -> bool:
    """Tell whether this process has any child, alive or not yet reaped, but the tracker that
    multiprocessing leaves behind where other tests have used it."""
    found = [
        int(pid)
        for task in Path("/proc/self/task").iterdir()
        for pid in (task / "children").read_text().split()
    ]
    return any(b"resource_tracker" not in _command(pid) for pid in found)


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return b""


# --- the contract ----------------------------------------------------------------------------


def test_the_target_gets_content_name_and_options_and_its_bytes_come_back(source: Path) -> None:
    job = Job(source, {"språk": "sv"})
    ((same_job, answer),) = run(f"{TARGETS}:echo", [job], workers=1)
    assert same_job is job
    assert isinstance(answer, bytes)
    assert json.loads(answer) == ["abc", "källa.pdf", {"språk": "sv"}]


def test_no_jobs_start_no_worker() -> None:
    assert answers([]) == []
    assert not children()


def test_jobs_are_pulled_only_as_workers_come_free(source: Path) -> None:
    pulled = itertools.count()
    endless = (Job(source, {"act": "reverse", "n": str(next(pulled))}) for _ in itertools.repeat(0))
    running = run(ACT, endless, workers=2, limits=LIMITS)
    taken = list(itertools.islice(running, 5))
    running.close()  # type: ignore[attr-defined]
    assert len({job.options["n"] for job, _ in taken}) == 5
    assert next(pulled) <= 5 + 2


def test_a_worker_is_replaced_after_its_number_of_files(source: Path) -> None:
    limits = WorkerLimits(recycle_after=3)
    pids = answers([Job(source, {"act": "pid"})] * 7, limits=limits)
    assert [len(list(group)) for _, group in itertools.groupby(pids)] == [3, 3, 1]


def test_cpu_time_is_counted_per_file(source: Path) -> None:
    limits = WorkerLimits(cpu_seconds=1)
    busy = Job(source, {"act": "use cpu", "seconds": "0.6"})
    assert answers([busy] * 4, limits=limits) == [b"done"] * 4


@pytest.mark.parametrize(
    ("target", "said"),
    [("indexer.no_such_module:f", "no_such_module"), (f"{TARGETS}:no_such_function", "no_such_f")],
)
def test_a_target_that_does_not_exist_stops_the_run(source: Path, target: str, said: str) -> None:
    with pytest.raises(IndexerError, match=said) as caught:
        list(run(target, [Job(source, {})], workers=1))
    assert not isinstance(caught.value, DocumentError)
    assert not children()


def test_a_worker_that_cannot_be_started_stops_the_run(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    with pytest.raises(IndexerError, match="cannot start"):
        list(run(ACT, [Job(source, {})], workers=1))


# --- bad files and bad parsers -----------------------------------------------------------------

# act, outcome, a piece of the reason
FAILURES = [
    ("reject", DocumentError, "damaged: the trailer is missing"),
    ("raise own", NeedsOcr, "a copy of a copy"),
    ("abort", ParserCrash, "SIGABRT"),
    ("segfault", ParserCrash, "SIGSEGV"),
    ("exit", ParserCrash, "exit code 3"),
    ("sys.exit", ParserCrash, "SystemExit"),
    ("value error", ParserCrash, "ValueError at sandbox_targets.py:"),
    ("recurse", ParserCrash, "RecursionError"),
    ("not bytes", ParserCrash, "TypeError"),
    ("hang up", ParserCrash, "hung up"),
]
MEMORY_FAILURES = [
    ("allocate", "900 MiB"),
    ("fill memory", "900 MiB"),
    ("abort full", "SIGABRT"),
]


@pytest.fixture(scope="module")
def failures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes | DocumentError]:
    """What became of every failing act, all done by one pool."""
    path = tmp_path_factory.mktemp("failures") / "a.pdf"
    path.write_bytes(b"abc")
    acts = [act for act, _, _ in FAILURES] + [act for act, _ in MEMORY_FAILURES]
    jobs = [Job(path, {"act": act}) for act in (*acts, "reverse")]
    outcome = {job.options["act"]: a for job, a in run(ACT, jobs, workers=2, limits=LIMITS)}
    assert outcome.pop("reverse") == b"cba"
    return outcome


@pytest.mark.parametrize(("act", "error", "reason"), FAILURES)
def test_a_failure_has_its_own_outcome(
    failures: dict[str, bytes | DocumentError], act: str, error: type[DocumentError], reason: str
) -> None:
    answer = failures[act]
    assert type(answer) is error
    assert reason in answer.reason
    assert "\n" not in answer.reason


def test_every_kind_of_document_error_comes_back_as_itself(source: Path) -> None:
    kinds = [k for k in DocumentError.__subclasses__() if k.__module__ == DocumentError.__module__]
    outcome = answers([Job(source, {"act": "raise", "kind": kind.__name__}) for kind in kinds])
    assert [(type(answer), str(answer)) for answer in outcome] == [
        (kind, "3 pages of it") for kind in kinds
    ]
    assert len(kinds) >= 5


@pytest.mark.skipif(sys.platform != "linux", reason="this kernel does not limit address space")
@pytest.mark.parametrize(("act", "reason"), MEMORY_FAILURES)
def test_a_parser_out_of_memory_is_told_from_a_crash(
    failures: dict[str, bytes | DocumentError], act: str, reason: str
) -> None:
    answer = failures[act]
    assert type(answer) is ParserMemory
    assert reason in answer.reason


def test_a_crash_does_not_quote_the_document(failures: dict[str, bytes | DocumentError]) -> None:
    assert "Testdotter" not in str(failures["value error"])


@pytest.mark.parametrize("act", ["sleep", "loop on"])
def test_a_parser_that_never_ends_is_killed_at_the_wall_limit(source: Path, act: str) -> None:
    answer = answer_to(source, BRIEF, act=act)
    assert type(answer) is ParserTimeout
    assert answer.reason == "the parser gave no answer in 1 s"


def test_a_parser_that_calculates_for_ever_is_stopped_by_its_cpu_limit(source: Path) -> None:
    answer = answer_to(source, WorkerLimits(cpu_seconds=1), act="loop")
    assert type(answer) is ParserTimeout
    assert "1 s of CPU time" in answer.reason


def test_an_answer_may_be_as_long_as_the_limit_and_no_longer(source: Path) -> None:
    jobs = [Job(source, {"act": "zeros", "size": str(2**20 + more)}) for more in (0, 1)]
    just, over = answers(jobs)
    assert just == bytes(2**20)
    assert type(over) is TooBig


def test_what_a_parser_prints_reaches_nobody(
    source: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert answer_to(source, act="chatter") == b"quiet"
    assert capfd.readouterr() == ("", "")


def test_a_forged_answer_harms_only_its_own_file(source: Path) -> None:
    expected = {
        "endless": TooBig,
        "long error": TooBig,
        "unknown status": ParserCrash,
        "no json": ParserCrash,
        "deep json": ParserCrash,
        "no object": ParserCrash,
        "no such error": ParserCrash,
        "failed to start": ParserCrash,
        "ready again": ParserCrash,
        "half a header": ParserCrash,
    }
    forged = [Job(source, {"act": "forge", "message": message}) for message in expected]
    *outcome, last = answers([*forged, Job(source, {"act": "reverse"})])
    assert dict(zip(expected, map(type, outcome), strict=True)) == expected
    assert last == b"cba"


def test_a_file_is_not_blamed_for_what_came_before_it(source: Path) -> None:
    assert answers([Job(source, {"act": "fail when used"})] * 3) == [b"fresh"] * 3


def test_every_job_is_answered_once_and_good_files_do_not_suffer_from_bad_ones(
    tmp_path: Path,
) -> None:
    chance = random.Random(20)
    acts = ["reverse"] * 60 + ["abort", "exit", "recurse", "allocate", "reject", "zeros"]
    chance.shuffle(acts)
    jobs = []
    for number, act in enumerate(acts):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(f"{number}<".encode())
        jobs.append(Job(path, {"act": act, "size": "100"}))
    outcome = list(run(ACT, jobs, workers=3, limits=LIMITS))
    assert sorted(job.path for job, _ in outcome) == sorted(job.path for job in jobs)
    for job, answer in outcome:
        expected = {"reverse": job.path.read_bytes()[::-1], "zeros": bytes(100)}
        act = job.options["act"]
        assert answer == expected[act] if act in expected else isinstance(answer, DocumentError)


# --- the file --------------------------------------------------------------------------------


def test_what_is_not_a_readable_file_is_an_outcome_and_never_waited_for(
    source: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "nowhere.pdf").symlink_to(tmp_path / "gone")
    (tmp_path / "link.pdf").symlink_to(source)
    outcome = {
        name: answer_to(tmp_path / f"{name}.pdf", act="reverse")
        for name in ("pipe", "folder", "nowhere", "missing", "link")
    }
    assert {name: str(answer) for name, answer in outcome.items() if name != "link"} == {
        "pipe": "not a regular file but a folder, pipe or device",
        "folder": "not a regular file but a folder, pipe or device",
        "nowhere": "cannot be opened: No such file or directory",
        "missing": "cannot be opened: No such file or directory",
    }
    assert all(type(outcome[n]) is Unopened for n in ("pipe", "folder", "nowhere", "missing"))
    assert outcome["link"] == b"cba"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_an_outcome(source: Path) -> None:
    source.chmod(0)
    assert str(answer_to(source, act="reverse")) == "cannot be opened: Permission denied"


def test_bad_files_between_good_ones_do_not_hold_up_the_pool(source: Path, tmp_path: Path) -> None:
    paths = [source, tmp_path / "missing.pdf"] * 10
    outcome = answers([Job(path, {"act": "reverse"}) for path in paths], workers=2)
    assert outcome.count(b"cba") == 10
    assert len(outcome) == 20


# --- nothing is left behind ----------------------------------------------------------------------


def sleepers(source: Path) -> Iterator[tuple[Job, bytes | DocumentError]]:
    """A run that has given one answer and has two workers asleep."""
    jobs = [Job(source, {"act": act}) for act in ("reverse", "sleep", "sleep")]
    running = run(ACT, jobs, workers=2, limits=LIMITS)
    assert next(running)[1] == b"cba"
    assert children()
    return running


def test_closing_the_run_early_kills_the_workers(source: Path) -> None:
    sleepers(source).close()  # type: ignore[attr-defined]
    assert not children()


def test_an_interrupt_kills_the_workers(source: Path) -> None:
    running = sleepers(source)
    with pytest.raises(KeyboardInterrupt):
        running.throw(KeyboardInterrupt)  # type: ignore[attr-defined]
    assert not children()


def test_an_error_in_the_jobs_kills_the_workers(source: Path) -> None:
    def jobs() -> Iterator[Job]:
        yield Job(source, {"act": "sleep"})
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        answers(jobs(), workers=2)
    assert not children()


PARENT = """
import sys
from pathlib import Path
from indexer.extract.sandbox import Job, run
sys.path.insert(0, sys.argv[2])
source = Path(sys.argv[1])
jobs = [Job(source, {"act": "pid"}), Job(source, {"act": "sleep"})]
for _, answer in run(sys.argv[3], jobs, workers=1):
    print(answer.decode(), flush=True)
"""
ROOT = str(Path(__file__).parents[3])


def is_alive(pid: int) -> bool:
    """A zombie, which its new parent has yet to reap, is not alive."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    try:
        return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_workers_die_with_a_parent_that_was_killed(source: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(source), ROOT, ACT], stdout=subprocess.PIPE
    )
    with parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        time.sleep(0.2)  # let it fall asleep over its second file
        assert is_alive(worker)
        parent.kill()
    give_up = time.monotonic() + 5
    while is_alive(worker) and time.monotonic() < give_up:
        time.sleep(0.02)
    assert not is_alive(worker)


def test_five_hundred_jobs_leave_no_descriptor_and_no_child_behind(source: Path) -> None:
    bad = {0: "abort", 1: "reject", 2: "value error"}
    jobs = [Job(source, {"act": bad.get(n % 150, "reverse")}) for n in range(500)]
    before = len(os.listdir("/dev/fd"))
    assert len(answers(jobs, workers=2)) == 500
    assert len(os.listdir("/dev/fd")) == before
    assert not children()


# Its peak is read from /proc, as getrusage goes on counting from what started it.
PARENT_OF_TALKERS = """
import re, sys
from pathlib import Path
from indexer.extract.sandbox import Job, WorkerLimits, run
sys.path.insert(0, sys.argv[2])
longest = str(WorkerLimits().result_bytes)
jobs = [Job(Path(sys.argv[1]), {"act": "zeros", "size": longest})] * 6
print([len(answer) for _, answer in run(sys.argv[3], jobs, workers=3)] == [int(longest)] * 6)
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="there is no /proc")
def test_the_parent_stays_under_300_mebibytes_when_workers_return_all_they_may(
    source: Path,
) -> None:
    command = [sys.executable, "-c", PARENT_OF_TALKERS, str(source), ROOT, ACT]
    printed = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout.split()
    assert printed[0] == "True"
    assert int(printed[1]) * 1024 < 300 * 2**20
