"""The child process that runs a parser on files nobody trusts; its parent is ``sandbox``.

Both speak over one Unix socket. A message is a header (length of what follows, one status byte)
and its payload. The parent sends JSON together with the descriptor of the open input file; the
child answers READY once, then per file OK and the target's bytes or ERROR and JSON. Never pickle:
a parser that has been taken over may send anything at all.
"""

from __future__ import annotations

import importlib
import json
import os
import socket
import struct
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from indexer.errors import DocumentError, ParserCrash, ParserMemory, TooBig
from indexer.extract.confine import (
    WorkerLimits,
    allow_cpu_seconds,
    confine,
    die_with_parent,
    library_folders,
)

HEADER = struct.Struct("!Qc")
READY, FAILED, OK, ERROR = b"R", b"F", b"O", b"E"

Target = Callable[[bytes, str, Mapping[str, str]], bytes]


def main() -> None:
    """Serve files until the parent hangs up; ``sys.argv[1]`` is JSON, written by ``sandbox``."""
    setup = json.loads(sys.argv[1])
    die_with_parent(setup["parent"])
    limits = WorkerLimits(**setup["limits"])
    with socket.socket(fileno=setup["connection"]) as connection:
        try:
            target = _load(setup["target"])
        except (ImportError, AttributeError) as error:
            _send(connection, FAILED, str(error).encode())
            return
        _fall_silent()
        confine(limits, (*library_folders(), *_package_folders(setup["target"])))
        _send(connection, READY, b"")
        while request := _receive(connection):
            allow_cpu_seconds(limits.cpu_seconds)
            _send(connection, *_answer(target, *request, limits))


def _load(target: str) -> Target:
    """Import everything before the doors close."""
    module, _, name = target.partition(":")
    function: Target = getattr(importlib.import_module(module), name)
    return function


def _package_folders(target: str) -> tuple[Path, ...]:
    """Where the target's own package lies: its modules and data, not the checkout around it."""
    package = sys.modules[target.partition(":")[0].partition(".")[0]]
    return tuple(Path(folder) for folder in getattr(package, "__path__", ()))


def _fall_silent() -> None:
    """What native libraries print must reach neither the user's terminal nor a log."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _send(connection: socket.socket, status: bytes, payload: bytes) -> None:
    connection.sendall(HEADER.pack(len(payload), status))
    connection.sendall(payload)


def _receive(connection: socket.socket) -> tuple[int, str, Mapping[str, str]] | None:
    """Return descriptor, name and options of the next file; None when the parent hung up."""
    header, descriptors, _, _ = socket.recv_fds(connection, HEADER.size, 1)
    if not header:
        return None
    length, _ = HEADER.unpack(header)
    request = json.loads(connection.recv(length, socket.MSG_WAITALL))
    return descriptors[0], request["name"], request["options"]


def _answer(
    target: Target, descriptor: int, name: str, options: Mapping[str, str], limits: WorkerLimits
) -> tuple[bytes, bytes]:
    """Run the target and return status and payload, whatever the target does."""
    mebibytes = limits.memory_bytes // 2**20
    out_of_memory = _error(ParserMemory(f"needs more than the {mebibytes} MiB a parser may use"))
    try:
        with open(descriptor, "rb") as file:
            data = file.read()
        result = target(data, name, options)
        if len(result) > limits.result_bytes:
            return _error(TooBig(f"its text takes {len(result)} bytes, more than may be returned"))
        return OK, result
    except DocumentError as error:
        return _error(error)
    except MemoryError:
        return out_of_memory  # made before: here there may be no memory even for a message
    except (Exception, SystemExit) as error:  # noqa: BLE001 -- outermost: they raise anything
        return _error(ParserCrash(f"the parser failed with {_kind_and_place(error)}"))


def _error(error: DocumentError) -> tuple[bytes, bytes]:
    """Name the kind in ``indexer.errors``: the parent knows no finer ones that a parser has."""
    kinds = type(error).__mro__
    kind = next(kind.__name__ for kind in kinds if kind.__module__ == DocumentError.__module__)
    return ERROR, json.dumps({"error": kind, "reason": error.reason[:1000]}).encode()


def _kind_and_place(error: BaseException) -> str:
    """Name type and line, but not the message: it may quote the document."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    file = Path(trace.tb_frame.f_code.co_filename).name
    return f"{type(error).__name__} at {file}:{trace.tb_lineno}"
