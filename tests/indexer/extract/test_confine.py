"""What a confined worker can still do: real attempts, made by a real worker."""

from __future__ import annotations

import errno
import json
import os
import platform
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import DocumentError
from indexer.extract.confine import WorkerLimits, landlock_version, system_call_filter
from indexer.extract.sandbox import Confinement, Job, in_force, run

ACT = "tests.indexer.extract.sandbox_targets:act"


@pytest.fixture(scope="module")
def confinement() -> Confinement:
    return in_force()


def do(source: Path, **options: str) -> str:
    ((_, answer),) = run(ACT, [Job(source, options)], workers=1)
    return as_text(answer)


def as_text(answer: bytes | DocumentError) -> str:
    return answer.decode() if isinstance(answer, bytes) else str(answer)


# --- attempts --------------------------------------------------------------------------------

# attempt, the property of Confinement that promises its failure
ATTEMPTS = [
    ("read a file", "reading"),
    ("list the root folder", "reading"),
    ("read the parent's environment", "reading"),
    ("create a file", "writing"),
    ("append to a file", "writing"),
    ("delete a file", "writing"),
    ("rename a file", "writing"),
    ("truncate a file", "writing"),
    ("make a folder", "writing"),
    ("make a link", "writing"),
    ("reopen the input for writing", "writing"),
    ("connect by TCP", "network"),
    ("listen by TCP", "network"),
    ("send by UDP", "network"),
    ("execute a program", "programs"),
    ("raise its own limits", "memory"),
]
# What only the filter of system calls refuses.
FILTERED = [
    "change the mode",
    "change the times",
    "bind a Unix socket",
    "fork",
    "signal the parent",
]


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, str]]:
    """Let a worker try everything, each in a folder of its own; the folders and the answers."""
    jobs = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        for attempt in (*(attempt for attempt, _ in ATTEMPTS), *FILTERED):
            outside = tmp_path_factory.mktemp("attempt") / "outside.txt"
            outside.write_text("untouched")
            outside.chmod(0o640)
            port = str(server.getsockname()[1])
            path = port if attempt == "connect by TCP" else str(outside)
            jobs.append(Job(outside, {"act": "attempt", "attempt": attempt, "path": path}))
        outcome = list(run(ACT, jobs, workers=1))
    return {job.options["attempt"]: (job.path, as_text(answer)) for job, answer in outcome}


def assert_refused(outside: Path, answer: str) -> None:
    assert answer in {"PermissionError", "ValueError"}  # setrlimit gives a ValueError
    assert os.listdir(outside.parent) == ["outside.txt"]
    assert outside.read_text() == "untouched"
    assert outside.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(("attempt", "promise"), ATTEMPTS)
def test_what_is_promised_to_be_refused_is_refused(
    confinement: Confinement, refusals: dict[str, tuple[Path, str]], attempt: str, promise: str
) -> None:
    if not getattr(confinement, promise):
        pytest.skip(f"this kernel cannot refuse it: {confinement}")
    assert_refused(*refusals[attempt])


@pytest.mark.parametrize("attempt", FILTERED)
def test_system_calls_without_use_for_a_parser_are_refused(
    confinement: Confinement, refusals: dict[str, tuple[Path, str]], attempt: str
) -> None:
    if "seccomp" not in confinement.mechanisms:
        pytest.skip(f"this kernel has no filter of system calls: {confinement}")
    assert_refused(*refusals[attempt])


def test_a_worker_can_still_load_modules_codecs_and_character_maps(tmp_path: Path) -> None:
    source = tmp_path / "a.pdf"
    source.touch()
    assert do(source, act="libraries") == "– False"


def test_a_worker_sees_neither_environment_nor_folder_of_its_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", "hemligt")
    monkeypatch.setenv("CMAP_PATH", str(tmp_path))
    source = tmp_path / "a.pdf"
    source.touch()
    seen = json.loads(do(source, act="surroundings"))
    assert not {"DATABASE_PASSWORD", "CMAP_PATH", "PATH", "HOME"} & set(seen["environ"])
    assert seen["folder"] == "/"
    assert (seen["RLIMIT_NOFILE"], seen["RLIMIT_CORE"]) == (64, 0)


# --- what is said about it -----------------------------------------------------------------------


def test_the_confinement_is_told_in_one_line(confinement: Confinement) -> None:
    everything = ("rlimits", "landlock (ABI 7)", "seccomp")
    whole = Confinement(everything, True, True, True, True, True)
    assert str(whole) == "rlimits, landlock (ABI 7), seccomp"
    limits_only = Confinement(("rlimits",), True, False, False, False, True)
    assert str(limits_only) == "rlimits; not refused: reading, writing, network"
    nothing = Confinement((), False, False, False, False, False)
    assert str(nothing).startswith("none; not refused: memory, reading")
    assert "\n" not in str(confinement)


@pytest.mark.skipif(
    not (landlock_version() and system_call_filter(platform.machine())),
    reason="this kernel has no Landlock, or this processor no filter",
)
def test_a_kernel_that_has_everything_refuses_everything(confinement: Confinement) -> None:
    assert confinement == Confinement(
        ("rlimits", f"landlock (ABI {landlock_version()})", "seccomp"), True, True, True, True, True
    )


def test_probing_leaves_this_process_as_it_was(tmp_path: Path, confinement: Confinement) -> None:
    (tmp_path / "still.txt").write_text("allowed")
    assert os.listdir("/")
    assert in_force() == confinement


def test_the_longest_answers_twice_leave_room_in_the_parent() -> None:
    assert 2 * WorkerLimits().result_bytes < 250 * 2**20


# --- the filter of system calls, run by hand: most machines have only one of the processors ------

ALLOWED, REFUSED, KILLED = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000
X86_64, AARCH64, I386 = 0xC000003E, 0xC00000B7, 0x40000003


def judge(machine: str, processor: int, number: int, *arguments: int) -> int:
    """Run the classic BPF program as the kernel does (linux/filter.h) and return its verdict."""
    words = {0: number, 4: processor}
    words |= {16 + 8 * i: a & 0xFFFFFFFF for i, a in enumerate((*arguments, 0, 0, 0, 0))}
    program, at, accumulator = system_call_filter(machine), 0, 0
    while True:
        code, if_true, if_false, constant = program[at]
        at += 1
        match code:
            case 0x20:  # BPF_LD | BPF_W | BPF_ABS
                accumulator = words[constant]
            case 0x15:  # BPF_JMP | BPF_JEQ | BPF_K
                at += if_true if accumulator == constant else if_false
            case 0x35:  # BPF_JMP | BPF_JGE | BPF_K
                at += if_true if accumulator >= constant else if_false
            case 0x45:  # BPF_JMP | BPF_JSET | BPF_K
                at += if_true if accumulator & constant else if_false
            case 0x06:  # BPF_RET | BPF_K
                return constant
            case _:
                raise AssertionError(f"no such instruction: {code:#x}")


@pytest.mark.parametrize(
    ("machine", "processor", "number", "arguments", "verdict"),
    [
        ("x86_64", X86_64, 0, (), ALLOWED),  # read
        ("x86_64", X86_64, 47, (), ALLOWED),  # recvmsg: from the parent
        ("x86_64", X86_64, 41, (), REFUSED),  # socket
        ("x86_64", X86_64, 59, (), REFUSED),  # execve
        ("x86_64", X86_64, 56, (), REFUSED),  # clone
        ("x86_64", X86_64, 2, (0, os.O_RDONLY | os.O_CLOEXEC), ALLOWED),  # open
        ("x86_64", X86_64, 2, (0, os.O_WRONLY), REFUSED),
        ("x86_64", X86_64, 257, (0, 0, os.O_RDONLY), ALLOWED),  # openat
        ("x86_64", X86_64, 257, (0, 0, os.O_RDWR), REFUSED),
        ("x86_64", X86_64, 257, (0, 0, os.O_RDONLY | os.O_TRUNC), REFUSED),
        ("x86_64", X86_64, 0x40000000 + 41, (), REFUSED),  # socket, by the x32 door
        ("x86_64", I386, 102, (), KILLED),  # socketcall, by the 32-bit door
        ("aarch64", AARCH64, 63, (), ALLOWED),  # read
        ("aarch64", AARCH64, 41, (), ALLOWED),  # pivot_root: the filter is not that of x86_64
        ("aarch64", AARCH64, 198, (), REFUSED),  # socket
        ("aarch64", AARCH64, 221, (), REFUSED),  # execve
        ("aarch64", AARCH64, 220, (), REFUSED),  # clone
        ("aarch64", AARCH64, 56, (0, 0, os.O_RDONLY), ALLOWED),  # openat
        ("aarch64", AARCH64, 56, (0, 0, os.O_WRONLY | os.O_CREAT), REFUSED),
        ("aarch64", X86_64, 63, (), KILLED),
    ],
)
def test_the_filter_judges_each_system_call_by_processor_number_and_flags(
    machine: str, processor: int, number: int, arguments: tuple[int, ...], verdict: int
) -> None:
    assert judge(machine, processor, number, *arguments) == verdict


@given(
    machine=st.sampled_from([("x86_64", X86_64), ("aarch64", AARCH64)]),
    number=st.integers(0, 2**32 - 1),
    arguments=st.tuples(*[st.integers(0, 2**64 - 1)] * 4),
)
def test_the_filter_ends_with_a_verdict_for_every_call(
    machine: tuple[str, int], number: int, arguments: tuple[int, ...]
) -> None:
    assert judge(*machine, number, *arguments) in {ALLOWED, REFUSED}


def test_an_unknown_processor_has_no_filter() -> None:
    assert system_call_filter("vax") == ()
