"""A pool of confined child processes that run parsers on files nobody trusts.

Each worker is a fresh interpreter (see ``worker``) that limits itself (see ``confine``), gets its
input as an open descriptor and answers with bytes. Whatever it does, the parent only waits, reads
an answer of limited length, and kills.

A death or failure is held against a file only if it was its worker's first one; otherwise the
file is tried again in a fresh worker, so that an unlucky file does not pay for its neighbours. A
worker that was taken over can still lie about the files it gets until it is replaced.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import selectors
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from indexer import errors
from indexer.errors import DocumentError, IndexerError, ParserCrash, ParserMemory, ParserTimeout
from indexer.extract import worker as wire
from indexer.extract.confine import DEFAULT_LIMITS, WorkerLimits

__all__ = ["Confinement", "Job", "WorkerLimits", "in_force", "run"]


@dataclass(frozen=True, slots=True)
class Job:
    """One file to parse; ``options`` are handed to the target (a few short strings)."""

    path: Path
    options: Mapping[str, str]


Answer = bytes | DocumentError


def run(
    target: str, jobs: Iterable[Job], *, workers: int, limits: WorkerLimits = DEFAULT_LIMITS
) -> Iterator[tuple[Job, Answer]]:
    """Yield every job once, as it finishes, with the target's bytes or what was wrong with it.

    ``target`` is "module:function"; a worker calls ``function(data, file_name, options)``. Jobs
    are pulled one by one, ``workers`` of them are under way. Closing the generator kills them.
    Use it from one thread: the kernel kills a worker when the thread that started it ends.
    Raises IndexerError when workers cannot be started at all.
    """
    with _Pool(target, limits) as pool:
        for job in jobs:
            finished = pool.wait() if len(pool.busy) >= workers else None
            try:
                pool.start(job)
            except DocumentError as error:
                yield job, error
            if finished:
                yield finished
            del finished  # it may be large, and the next one is about to come
        while pool.busy:
            yield pool.wait()


# --- what is in force ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Confinement:
    """What the kernel refuses a worker (True), found out by a worker that tried it.

    ``mechanisms``: those that hold, such as ("rlimits", "landlock (ABI 7)", "seccomp").
    """

    mechanisms: tuple[str, ...]
    memory: bool  # more than its limit
    reading: bool  # files other than its input
    writing: bool
    network: bool
    programs: bool  # other programs

    def __str__(self) -> str:
        held = ", ".join(self.mechanisms) or "none"
        open_doors = [name for name, refused in asdict(self).items() if refused is False]
        return f"{held}; not refused: {', '.join(open_doors)}" if open_doors else held


def in_force() -> Confinement:
    """Start one worker, let it try to break out, and return what was refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "outside"
        path.write_bytes(b"outside")
        job = Job(path, {"path": str(path)})
        ((_, answer),) = run("indexer.extract.confine:probe", [job], workers=1)
    if isinstance(answer, DocumentError):
        raise IndexerError(f"the parser worker cannot be probed: {answer.reason}")
    found = json.loads(answer)
    return Confinement(mechanisms=tuple(found.pop("mechanisms")), **found)


# --- the pool --------------------------------------------------------------------------------

START_SECONDS = 60.0  # to import the parsers on a busy machine
ANSWER_SECONDS = 10.0  # to hand over an answer once it has begun
DYING_SECONDS = 1.0  # from hanging up to being gone
NOTICE_BYTES = 2**16  # the longest message that is not a result
_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1])['path'];"
    "from indexer.extract.worker import main; main()"
)
_INHERITED = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # some interpreters need it to start


@dataclass(slots=True, eq=False)
class _Worker:
    """A child process and the file it is at. ``deadline`` is in monotonic seconds."""

    process: subprocess.Popen[bytes]
    connection: socket.socket
    job: Job
    deadline: float
    ready: bool = False
    served: int = 0  # files, with the present one


class _Pool:
    """The workers of one run: ``busy`` ones have a file, the idle ones wait for the next."""

    def __init__(self, target: str, limits: WorkerLimits) -> None:
        self.busy: set[_Worker] = set()
        self._idle: list[_Worker] = []
        self._target = target
        self._limits = limits
        self._selector = selectors.DefaultSelector()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in (*self.busy, *self._idle):
            _end(worker)
        self._selector.close()

    def start(self, job: Job, *, fresh: bool = False) -> None:
        """Give the job to an idle worker or a new one; a DocumentError if it cannot be opened."""
        descriptor = _open_regular(job.path)
        try:
            worker = self._spawn(job) if fresh or not self._idle else self._idle.pop()
            self.busy.add(worker)
            self._selector.register(worker.connection, selectors.EVENT_READ, worker)
            worker.job = job
            worker.served += 1
            wall = self._limits.wall_seconds if worker.ready else START_SECONDS
            worker.deadline = time.monotonic() + wall
            _hand_over(worker.connection, job, descriptor)
        finally:
            os.close(descriptor)

    def wait(self) -> tuple[Job, Answer]:
        """Wait until one of the busy workers is done with its file, in whatever way."""
        while True:
            earliest = min(worker.deadline for worker in self.busy)
            events = self._selector.select(max(0.0, earliest - time.monotonic()))
            heard = {key.data for key, _ in events}
            late = {w for w in self.busy - heard if w.deadline <= time.monotonic()}
            for worker in (*late, *heard):
                answer = self._time_out(worker) if worker in late else self._listen(worker)
                if answer is not None:
                    return worker.job, answer

    def _spawn(self, job: Job) -> _Worker:
        ours, theirs = socket.socketpair()
        setup = {
            "target": self._target,
            "limits": asdict(self._limits),
            "parent": os.getpid(),
            "connection": theirs.fileno(),
            "path": [os.path.abspath(folder) for folder in sys.path],
        }
        try:
            process = subprocess.Popen(
                [sys.executable, "-I", "-X", "utf8", "-c", _BOOT, json.dumps(setup)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                cwd="/",
                env={name: os.environ[name] for name in _INHERITED if name in os.environ},
                start_new_session=True,  # Ctrl-C reaches the parent alone
            )
        except OSError as error:
            ours.close()
            raise IndexerError(f"the parser worker cannot start: {error}") from error
        finally:
            theirs.close()
        return _Worker(process, ours, job, deadline=0.0)

    def _listen(self, worker: _Worker) -> Answer | None:
        """Read one message; None if the file is not done yet."""
        try:
            status, payload = _read_message(worker, self._limits)
        except (EOFError, ConnectionError):
            return self._bury(worker)
        except DocumentError as error:
            self._dismiss(worker)
            return error
        if not worker.ready:  # it has seen no file yet: what it says is true
            if status == wire.FAILED:
                raise IndexerError(f"the parser worker cannot start: {payload.decode()}")
            worker.ready = True
            worker.deadline = time.monotonic() + self._limits.wall_seconds
            return None
        answer = payload if status == wire.OK else _document_error(payload)
        if isinstance(answer, ParserCrash | ParserMemory):
            self._dismiss(worker)
            return self._believe(worker, answer)
        self._release(worker)
        return answer

    def _bury(self, worker: _Worker) -> Answer | None:
        exit_code, peak = self._dismiss(worker, patience=DYING_SECONDS)
        if not worker.ready:
            raise IndexerError(
                f"the parser worker ended with {_name_of(exit_code)} before its first file; "
                "what it wrote to standard error says why"
            )
        return self._believe(worker, _cause_of_death(exit_code, peak, self._limits))

    def _time_out(self, worker: _Worker) -> Answer:
        self._dismiss(worker)
        if not worker.ready:
            raise IndexerError(f"the parser worker was not ready after {START_SECONDS:.0f} s")
        return ParserTimeout(f"the parser gave no answer in {self._limits.wall_seconds:g} s")

    def _believe(self, worker: _Worker, failure: DocumentError) -> Answer | None:
        """Return the failure of a fresh worker; try the file again after that of a used one."""
        if worker.served == 1:
            return failure
        try:
            self.start(worker.job, fresh=True)
        except DocumentError as error:  # it can no longer be opened
            return error
        return None

    def _release(self, worker: _Worker) -> None:
        if worker.served >= self._limits.recycle_after:
            self._dismiss(worker)
        else:
            self._leave(worker)
            self._idle.append(worker)

    def _dismiss(self, worker: _Worker, patience: float = 0.0) -> tuple[int | None, int]:
        self._leave(worker)
        return _end(worker, patience)

    def _leave(self, worker: _Worker) -> None:
        self.busy.remove(worker)
        self._selector.unregister(worker.connection)


def _end(worker: _Worker, patience: float = 0.0) -> tuple[int | None, int]:
    """Wait so many seconds for a worker to end, then kill it; its whole process group at any rate.

    Returns its exit code (None: it had to be killed) and its peak of memory in bytes. 0: not known,
    since Linux never tells it as less than the parent's own peak at the time it was started.
    """
    worker.connection.close()
    pid = worker.process.pid
    give_up = time.monotonic() + patience
    ended, status, usage = os.wait4(pid, os.WNOHANG)
    while not ended and time.monotonic() < give_up:
        time.sleep(0.005)
        ended, status, usage = os.wait4(pid, os.WNOHANG)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)  # without seccomp it may have children
    if not ended:
        _, status, usage = os.wait4(pid, 0)
    worker.process.returncode = os.waitstatus_to_exitcode(status)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak = usage.ru_maxrss if usage.ru_maxrss > own else 0
    unit = 1 if sys.platform == "darwin" else 1024
    return worker.process.returncode if ended else None, peak * unit


# --- to the worker and back --------------------------------------------------------------------


def _open_regular(path: Path) -> int:
    """Open a file for reading; a pipe or a device is refused, and never waited for."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError as error:
        raise errors.Unopened(f"cannot be opened: {error.strerror}") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise errors.Unopened("not a regular file but a folder, pipe or device")
    return descriptor


def _hand_over(connection: socket.socket, job: Job, descriptor: int) -> None:
    request = json.dumps({"name": job.path.name, "options": dict(job.options)}).encode()
    assert len(request) <= NOTICE_BYTES, "options are a few short strings"
    connection.settimeout(ANSWER_SECONDS)
    # A worker that has died, or does not listen, is met when its answer is awaited.
    with contextlib.suppress(ConnectionError, TimeoutError):
        message = wire.HEADER.pack(len(request), wire.OK) + request
        socket.send_fds(connection, [message], [descriptor])


def _read_message(worker: _Worker, limits: WorkerLimits) -> tuple[bytes, bytes]:
    """Read status and payload. Nothing the worker says is trusted, its length least of all.

    Raises EOFError or ConnectionError when the worker is gone, DocumentError when it breaks rules.
    """
    until = time.monotonic() + ANSWER_SECONDS
    header = _read(worker.connection, wire.HEADER.size, until)
    length, status = wire.HEADER.unpack(header)
    if length > (limits.result_bytes if status == wire.OK else NOTICE_BYTES):
        raise errors.TooBig(f"the parser's answer of {length} bytes is longer than allowed")
    return status, _read(worker.connection, length, until)


def _read(connection: socket.socket, size: int, until: float) -> bytes:
    """Read ``size`` bytes; memory grows with what arrives, not with what was announced."""
    received = io.BytesIO()  # its getvalue() does not copy
    while missing := size - received.tell():
        connection.settimeout(max(0.001, until - time.monotonic()))
        try:
            piece = connection.recv(min(missing, 2**20))
        except TimeoutError as error:
            raise ParserTimeout("the parser stopped in the middle of its answer") from error
        if not piece:
            raise EOFError
        received.write(piece)
    return received.getvalue()


# By the name that goes over the wire.
_KINDS: Mapping[str, type[DocumentError]] = {
    name: kind
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, DocumentError)
}


def _document_error(payload: bytes) -> DocumentError:
    """Read what the worker says went wrong: one line of at most 500 printable characters."""
    try:
        said = json.loads(payload)
        line = " ".join(said["reason"].split())[:500]
        return _KINDS[said["error"]]("".join(filter(str.isprintable, line)))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ParserCrash("the parser gave a garbled answer")


def _cause_of_death(exit_code: int | None, peak: int, limits: WorkerLimits) -> DocumentError:
    """Tell from its end what a worker died of; ``peak`` is the memory it held, in bytes.

    A library that gets no memory aborts like one with a bug. What had used half of its limit is
    taken to have run out of it: tables are doubled when full, so the other half was asked for.
    """
    if exit_code is None:
        return ParserCrash("the parser hung up without an answer")
    if exit_code == -signal.SIGXCPU:
        return ParserTimeout(f"the parser was stopped after {limits.cpu_seconds} s of CPU time")
    if exit_code == -signal.SIGKILL:
        return ParserMemory(
            "the parser was killed from outside, perhaps by a machine out of memory"
        )
    used = f", {peak // 2**20} of {limits.memory_bytes // 2**20} MiB in use" if peak else ""
    if exit_code < 0 and peak >= limits.memory_bytes // 2:
        return ParserMemory(f"the parser died of {_name_of(exit_code)}{used}")
    return ParserCrash(f"the parser ended with {_name_of(exit_code)}{used}")


def _name_of(exit_code: int | None) -> str:
    if exit_code is None:
        return "a closed connection"
    return signal.Signals(-exit_code).name if exit_code < 0 else f"exit code {exit_code}"
