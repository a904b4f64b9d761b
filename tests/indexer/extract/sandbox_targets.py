"""What the tests of the sandbox let a worker do: ``options["act"]`` names the function."""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import resource
import signal
import socket
import stat
import sys
import time
from collections.abc import Callable, Mapping

from indexer import errors
from indexer.errors import DocumentError, NeedsOcr
from indexer.extract.worker import ERROR, FAILED, HEADER, OK, READY

Options = Mapping[str, str]


def act(data: bytes, name: str, options: Options) -> bytes:
    """Do what ``options["act"]`` says; the others are its arguments."""
    return _ACTS[options["act"]](data, options)


def echo(data: bytes, name: str, options: Options) -> bytes:
    """Return everything the target was given."""
    return json.dumps([data.decode(), name, dict(options)]).encode()


# --- good and bad behaviour --------------------------------------------------------------------


def _reverse(data: bytes, options: Options) -> bytes:
    return data[::-1]


def _pid(data: bytes, options: Options) -> bytes:
    return str(os.getpid()).encode()


def _surroundings(data: bytes, options: Options) -> bytes:
    soft = {
        n: resource.getrlimit(getattr(resource, n))[0] for n in ("RLIMIT_NOFILE", "RLIMIT_CORE")
    }
    return json.dumps({"environ": list(os.environ), "folder": os.getcwd(), **soft}).encode()


def _chatter(data: bytes, options: Options) -> bytes:
    os.write(1, b"garbage on standard output\n" * 5000)
    os.write(2, b"garbage on standard error\n" * 5000)
    return b"quiet" if not os.read(0, 1) else b"standard input is open"


def _loop(data: bytes, options: Options) -> bytes:
    while True:
        pass


def _loop_on(data: bytes, options: Options) -> bytes:
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    return _loop(data, options)


def _sleep(data: bytes, options: Options) -> bytes:
    time.sleep(600)
    return b""


def _use_cpu(data: bytes, options: Options) -> bytes:
    end = time.process_time() + float(options["seconds"])
    while time.process_time() < end:
        pass
    return b"done"


def _allocate(data: bytes, options: Options) -> bytes:
    return bytes(4 * 2**30)


def _fill_memory(data: bytes, options: Options) -> bytes:
    held: list[object] = []
    while True:
        held.append([held, object()])


def _abort_full(data: bytes, options: Options) -> bytes:
    """Do what a C library does that gets no more memory."""
    held = []
    try:
        while True:
            held.append(b"\1" * 2**20)
    except MemoryError:
        os.abort()


def _abort(data: bytes, options: Options) -> bytes:
    os.abort()


def _segfault(data: bytes, options: Options) -> bytes:
    return ctypes.string_at(0)


def _exit(data: bytes, options: Options) -> bytes:
    os._exit(3)


def _sys_exit(data: bytes, options: Options) -> bytes:
    sys.exit("a library that thinks it is a program")


def _recurse(data: bytes, options: Options) -> bytes:
    return _recurse(data, options)


def _value_error(data: bytes, options: Options) -> bytes:
    raise ValueError("Karin Testdotter bor på Provgatan 1")


def _reject(data: bytes, options: Options) -> bytes:
    raise DocumentError("damaged: the\x1b\udc80 trailer\nis missing")


def _raise(data: bytes, options: Options) -> bytes:
    kind: type[DocumentError] = getattr(errors, options["kind"])
    raise kind("3 pages of it")


class _ScanOfAScan(NeedsOcr):
    """A kind of error that only the parser knows."""


def _raise_own(data: bytes, options: Options) -> bytes:
    raise _ScanOfAScan("a copy of a copy")


def _zeros(data: bytes, options: Options) -> bytes:
    return bytes(int(options["size"]))


def _not_bytes(data: bytes, options: Options) -> bytes:
    return None  # type: ignore[return-value]


_calls = 0


def _fail_when_used(data: bytes, options: Options) -> bytes:
    """Work only in a worker that has seen no other file."""
    global _calls
    _calls += 1
    if _calls > 1:
        os.abort()
    return b"fresh"


# --- a parser that was taken over and speaks to the parent itself --------------------------------


def _parent() -> socket.socket:
    sockets = (fd for fd in range(3, 64) if _is_socket(fd))
    return socket.socket(fileno=next(sockets))


def _is_socket(descriptor: int) -> bool:
    try:
        return stat.S_ISSOCK(os.fstat(descriptor).st_mode)
    except OSError:
        return False


_FORGERIES = {
    "endless": HEADER.pack(2**63, OK),
    "long error": HEADER.pack(2**30, ERROR),
    "unknown status": HEADER.pack(2, b"?") + b"{}",
    "no json": HEADER.pack(4, ERROR) + b"\xff\xfe{[",
    "deep json": HEADER.pack(60_000, ERROR) + b"[" * 60_000,
    "no object": HEADER.pack(4, ERROR) + b"null",
    "no such error": HEADER.pack(35, ERROR) + b'{"error": "SystemExit", "reason": 1}'[:35],
    "failed to start": HEADER.pack(3, FAILED) + b"\xff..",
    "ready again": HEADER.pack(0, READY),
    "half a header": b"\0\0\0",
}


def _forge(data: bytes, options: Options) -> bytes:
    _parent().sendall(_FORGERIES[options["message"]])
    os._exit(0)


def _hang_up(data: bytes, options: Options) -> bytes:
    _parent().close()
    return _sleep(data, options)


# --- attempts to break out: the operating system's answer -----------------------------------------


def _attempt(data: bytes, options: Options) -> bytes:
    """Return "allowed" or the name of the error with which the kernel refused."""
    try:
        _ATTEMPTS[options["attempt"]](options["path"])
    except (OSError, ValueError, MemoryError) as error:
        return type(error).__name__.encode()
    return b"allowed"


def _create(path: str) -> None:
    with open(path + ".new", "wb"):
        pass


def _append(path: str) -> None:
    with open(path, "ab"):
        pass


def _read(path: str) -> None:
    with open(path, "rb"):
        pass


def _connect(path: str) -> None:
    with socket.socket() as connection:
        connection.connect(("127.0.0.1", int(path)))


def _listen(path: str) -> None:
    with socket.create_server(("127.0.0.1", 0)):
        pass


def _unix_socket(path: str) -> None:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.bind(path + ".socket")


def _datagram(path: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as connection:
        connection.sendto(b".", ("127.0.0.1", 9))


def _fork(path: str) -> None:
    if not os.fork():
        os._exit(0)


def _execute(path: str) -> None:
    os.execv(sys.executable, [sys.executable, "-c", ""])


def _raise_limits(path: str) -> None:
    unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    resource.setrlimit(resource.RLIMIT_AS, unlimited)


def _write_input(path: str) -> None:
    """Reopen the input file, which the worker holds, for writing."""
    with open(path, "rb") as file, open(f"/proc/self/fd/{file.fileno()}", "wb"):
        pass


_ATTEMPTS: Mapping[str, Callable[[str], object]] = {
    "read a file": _read,
    "list the root folder": lambda path: os.listdir("/"),
    "read the parent's environment": lambda path: _read(f"/proc/{os.getppid()}/environ"),
    "create a file": _create,
    "append to a file": _append,
    "delete a file": os.unlink,
    "rename a file": lambda path: os.rename(path, path + ".old"),
    "truncate a file": lambda path: os.truncate(path, 0),
    "make a folder": lambda path: os.mkdir(path + ".folder"),
    "make a link": lambda path: os.symlink("/", path + ".link"),
    "change the mode": lambda path: os.chmod(path, 0o777),
    "change the times": lambda path: os.utime(path, (0, 0)),
    "reopen the input for writing": _write_input,
    "connect by TCP": _connect,
    "listen by TCP": _listen,
    "send by UDP": _datagram,
    "bind a Unix socket": _unix_socket,
    "fork": _fork,
    "execute a program": _execute,
    "signal the parent": lambda path: os.kill(os.getppid(), 0),
    "raise its own limits": _raise_limits,
}


def _libraries(data: bytes, options: Options) -> bytes:
    """Load late what parsers load late: a module, a codec, a character map of pdfminer."""
    importlib.import_module("colorsys")
    text = b"\x96".decode("windows-1252")
    character_map = importlib.import_module("pdfminer.cmapdb").CMapDB.get_cmap("UniJIS-UCS2-H")
    return f"{text} {character_map.is_vertical()}".encode()


_ACTS: Mapping[str, Callable[[bytes, Options], bytes]] = {
    "reverse": _reverse,
    "pid": _pid,
    "surroundings": _surroundings,
    "chatter": _chatter,
    "loop": _loop,
    "loop on": _loop_on,
    "sleep": _sleep,
    "use cpu": _use_cpu,
    "allocate": _allocate,
    "fill memory": _fill_memory,
    "abort full": _abort_full,
    "abort": _abort,
    "segfault": _segfault,
    "exit": _exit,
    "sys.exit": _sys_exit,
    "recurse": _recurse,
    "value error": _value_error,
    "reject": _reject,
    "raise": _raise,
    "raise own": _raise_own,
    "zeros": _zeros,
    "not bytes": _not_bytes,
    "fail when used": _fail_when_used,
    "forge": _forge,
    "hang up": _hang_up,
    "attempt": _attempt,
    "libraries": _libraries,
}
