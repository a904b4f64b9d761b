"""What a parser worker takes away from itself before it sees the first file.

A parser needs memory, processor time and the bytes it was handed; neither network nor other
programs nor files beyond Python's own libraries. Each function here makes the kernel hold that.
What a kernel lacks is left out: ``probe`` tells by trying, not by version, what is held. Not held
by any: a worker may still ask whether a path exists, and how large a file is.

No package for Landlock or seccomp works without a system library, so both are called directly.
Sources: landlock(7), seccomp(2), linux/landlock.h, linux/filter.h, asm/unistd.h.
"""

from __future__ import annotations

import ctypes
import json
import math
import mmap
import os
import platform
import resource
import signal
import site
import socket
import struct
import sys
import sysconfig
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_LIBC = ctypes.CDLL(None, use_errno=True)
_LINUX = sys.platform == "linux"


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What one worker may use. ``file_bytes``: no file it writes may be longer.

    ``result_bytes`` keeps the parent small: it holds one answer while it receives the next.
    """

    memory_bytes: int = 1536 * 2**20  # of address space
    cpu_seconds: int = 60  # per file
    wall_seconds: float = 90.0  # per file
    file_bytes: int = 64 * 2**20
    result_bytes: int = 100 * 2**20
    recycle_after: int = 200  # files per worker


DEFAULT_LIMITS = WorkerLimits()


def confine(limits: WorkerLimits, readable: Iterable[Path]) -> None:
    """Give up, for good, everything but the limits and reading below the ``readable`` folders."""
    _limit_resources(limits)
    if _LINUX:
        _give_up_privileges()
        _restrict_files(readable)
        _filter_system_calls()


def library_folders() -> tuple[Path, ...]:
    """Where Python's libraries lie, and the system libraries that this process has loaded.

    Parsers load modules, codecs and character tables late, and those load shared objects.
    """
    paths = sysconfig.get_paths()
    named = {paths[key] for key in ("stdlib", "platstdlib", "purelib", "platlib")}
    named.update(site.getsitepackages(), (site.getusersitepackages(),), _loaded_from())
    return tuple(folder for folder in map(Path, sorted(named)) if folder.is_dir())


def _loaded_from() -> set[str]:
    """Read proc_pid_maps(5): address, mode, offset, device, inode, path."""
    maps = Path("/proc/self/maps")
    lines = maps.read_text().splitlines() if maps.exists() else []
    files = (line.split(maxsplit=5)[5] for line in lines if ".so" in line)
    return {os.path.dirname(file) for file in files if file.startswith("/")}


# --- resources -------------------------------------------------------------------------------


def _limit_resources(limits: WorkerLimits) -> None:
    for name, value in {
        "RLIMIT_AS": limits.memory_bytes,
        "RLIMIT_FSIZE": limits.file_bytes,
        "RLIMIT_NOFILE": 64,
        "RLIMIT_NPROC": 0,  # root is exempt; seccomp is not
        "RLIMIT_CORE": 0,
    }.items():
        _limit(getattr(resource, name), value, value)


def allow_cpu_seconds(seconds: int) -> None:
    """Set SIGXCPU ``seconds`` of CPU time from now: the kernel counts over the whole process."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    _limit(resource.RLIMIT_CPU, math.ceil(time.process_time()) + seconds, hard)


def _limit(kind: int, soft: int, hard: int) -> None:
    _, ceiling = resource.getrlimit(kind)
    if ceiling != resource.RLIM_INFINITY:
        soft = min(soft, ceiling)
        hard = ceiling if hard == resource.RLIM_INFINITY else min(hard, ceiling)
    try:
        resource.setrlimit(kind, (soft, hard))
    except (OSError, ValueError):  # macOS refuses RLIMIT_AS
        return


# --- privileges ------------------------------------------------------------------------------

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_GET_SECCOMP = 21
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_CAPABILITY_VERSION_3 = 0x20080522


def die_with_parent(parent: int) -> None:
    """Be killed when the parent process (its spawning thread) ends; at once if it has already."""
    if _LINUX:
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _give_up_privileges() -> None:
    """No set-uid programs, no reading of this process by its like, and no powers of root.

    Without CAP_SYS_RESOURCE not even a worker of root can raise its limits again.
    """
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    _prctl(_PR_SET_DUMPABLE, 0)
    header = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
    _LIBC.capset(header, bytes(24))  # effective, permitted, inheritable: 2 words each, all empty


def _prctl(option: int, *arguments: int | ctypes.c_void_p) -> int:
    filled = (*arguments, 0, 0, 0, 0)[:4]
    result: int = _LIBC.prctl(
        option, *(ctypes.c_ulong(a) if isinstance(a, int) else a for a in filled)
    )
    return result


# --- Landlock: the file system, TCP, signals ---------------------------------------------------

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every processor
_ASK_VERSION = 1
_RULE_PATH_BENEATH = 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
# How many rights over files each version of the interface knows: all of them are taken away.
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_BIND_AND_CONNECT_TCP = 0b11  # from version 4
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11  # from version 6


def landlock_version() -> int:
    """Return the version of Landlock's interface, 0 where the kernel has none or it is off."""
    return max(0, _system_call(_CREATE_RULESET, None, 0, _ASK_VERSION)) if _LINUX else 0


def _restrict_files(readable: Iterable[Path]) -> None:
    version = landlock_version()
    if not version:
        return
    words = [(1 << _FILE_RIGHTS[min(version, 5)]) - 1]
    words += [_BIND_AND_CONNECT_TCP] if version >= 4 else []
    words += [_ABSTRACT_SOCKETS_AND_SIGNALS] if version >= 6 else []
    handled = struct.pack(f"={len(words)}Q", *words)
    ruleset = _system_call(_CREATE_RULESET, handled, len(handled), 0)
    if ruleset < 0:
        return
    for folder in readable:
        _allow_reading(ruleset, folder)
    _system_call(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def _allow_reading(ruleset: int, folder: Path) -> None:
    descriptor = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    rule = struct.pack("=Qi", _READ_FILE | _READ_DIR, descriptor)
    _system_call(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, rule, 0)
    os.close(descriptor)


def _system_call(number: int, *arguments: int | bytes | None) -> int:
    """Call the kernel directly, as libc has no function for it; -1 is an error."""
    result: int = _LIBC.syscall(
        ctypes.c_long(number),
        *(ctypes.c_long(a) if isinstance(a, int) else ctypes.c_char_p(a) for a in arguments),
    )
    return result


# --- seccomp: system calls a parser has no use for ---------------------------------------------

# Their numbers on x86_64 and aarch64 (None: that processor has only the newer form of it).
_Numbers = tuple[int | None, int | None]
# fmt: off
_REFUSED: Mapping[str, _Numbers] = {
    # network; the connection to the parent is open already
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200),
    "listen": (50, 201), "accept": (43, 202), "accept4": (288, 242),
    # processes, threads and programs
    "clone": (56, 220), "clone3": (435, 435), "fork": (57, None), "vfork": (58, None),
    "execve": (59, 221), "execveat": (322, 281),
    # other processes; abort() signals itself by tgkill, which stays
    "kill": (62, 129), "ptrace": (101, 117), "pidfd_open": (434, 434), "pidfd_getfd": (438, 438),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    # doors to the kernel itself; io_uring would also get around this filter
    "io_uring_setup": (425, 425), "bpf": (321, 280), "perf_event_open": (298, 241),
    "userfaultfd": (323, 282), "unshare": (272, 97), "setns": (308, 268),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    # changes to the file system, also where there is no Landlock
    "openat2": (437, 437), "creat": (85, None), "truncate": (76, 45),
    "rename": (82, None), "renameat": (264, 38), "renameat2": (316, 276),
    "mkdir": (83, None), "mkdirat": (258, 34), "mknod": (133, None), "mknodat": (259, 33),
    "link": (86, None), "linkat": (265, 37), "symlink": (88, None), "symlinkat": (266, 36),
    "rmdir": (84, None), "unlink": (87, None), "unlinkat": (263, 35),
    # mode, owner, times and attributes, which Landlock does not guard
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "chown": (92, None), "lchown": (94, None), "fchown": (93, 55), "fchownat": (260, 54),
    "utime": (132, None), "utimes": (235, None), "futimesat": (261, None), "utimensat": (280, 88),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
}
# fmt: on
# Refused when the flags, the argument of the given index, ask for more than reading.
_REFUSED_FOR_WRITING: Mapping[str, tuple[_Numbers, int]] = {
    "open": ((2, None), 1),
    "openat": ((257, 56), 2),
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

_PROCESSORS = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column, AUDIT_ARCH_*
_X32 = 0x40000000  # system calls of x86_64's 32-bit pointer mode start here

# Classic BPF: load a word of struct seccomp_data; jump if equal, at least, any bit set; return.
_LOAD, _EQUAL, _AT_LEAST, _BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _PROCESSOR_AT, _ARGUMENTS_AT = 0, 4, 16
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050001, 0x80000000  # _REFUSE: the call fails with EPERM

Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, constant


class _Program(ctypes.Structure):
    """``struct sock_fprog``: the number of instructions and where they are."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def _filter_system_calls() -> None:
    instructions = system_call_filter(platform.machine()) if sys.maxsize > 2**32 else ()
    if instructions:
        packed = b"".join(struct.pack("=HBBI", *instruction) for instruction in instructions)
        program = _Program(len(instructions), packed)
        _prctl(_PR_SET_SECCOMP, 2, ctypes.cast(ctypes.byref(program), ctypes.c_void_p))


def system_call_filter(machine: str) -> tuple[Instruction, ...]:
    """Return the program that judges every system call; empty for an unknown processor."""
    return tuple(_instructions(*_PROCESSORS[machine])) if machine in _PROCESSORS else ()


def _instructions(column: int, processor: int) -> Iterator[Instruction]:
    """Each test either returns or falls through to the next one."""
    yield from ((_LOAD, 0, 0, _PROCESSOR_AT), (_EQUAL, 1, 0, processor), (_RETURN, 0, 0, _KILL))
    yield from ((_LOAD, 0, 0, _NUMBER_AT), (_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _REFUSE))
    for numbers in _REFUSED.values():
        number = numbers[column]
        if number is not None:
            yield from ((_EQUAL, 0, 1, number), (_RETURN, 0, 0, _REFUSE))
    for numbers, argument in _REFUSED_FOR_WRITING.values():
        number = numbers[column]
        if number is not None:
            yield from ((_EQUAL, 0, 4, number), (_LOAD, 0, 0, _ARGUMENTS_AT + 8 * argument))
            yield from ((_BITS, 0, 1, _WRITING), (_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW))
    yield (_RETURN, 0, 0, _ALLOW)


# --- what is in force ------------------------------------------------------------------------


def probe(data: bytes, name: str, options: Mapping[str, str]) -> bytes:
    """Try what a parser must not do, as a worker's target; ``options["path"]`` may be destroyed.

    Returns JSON: for every attempt whether it was refused, and the mechanisms that hold.
    """
    path = options["path"]
    refused = {attempt: _is_refused(try_it, path) for attempt, try_it in _ATTEMPTS.items()}
    version = landlock_version()
    mechanisms = {
        "rlimits": refused["memory"],
        f"landlock (ABI {version})": version > 0 and refused["reading"],
        "seccomp": _LINUX and _prctl(_PR_GET_SECCOMP) == 2,
    }
    held = [mechanism for mechanism, holds in mechanisms.items() if holds]
    return json.dumps({"mechanisms": held, **refused}).encode()


def _is_refused(attempt: Callable[[str], object], path: str) -> bool:
    try:
        attempt(path)
    except (OSError, MemoryError):
        return True
    return False


def _take_all_memory(path: str) -> None:
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit != resource.RLIM_INFINITY:
        mmap.mmap(-1, limit).close()


def _read(path: str) -> None:
    with open(path, "rb") as file:
        file.read(1)


def _write(path: str) -> None:
    with open(path, "ab") as file:
        file.write(b".")
    os.unlink(path)


def _use_network(path: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as connection:
        connection.connect(("127.0.0.1", 9))  # UDP: nothing is sent


def _start_program(path: str) -> None:
    child = os.posix_spawn(sys.executable, [sys.executable, "-I", "-S", "-c", ""], {})
    os.waitpid(child, 0)


_ATTEMPTS: Mapping[str, Callable[[str], object]] = {
    "memory": _take_all_memory,
    "reading": _read,
    "writing": _write,
    "network": _use_network,
    "programs": _start_program,
}
