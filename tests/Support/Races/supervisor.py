"""Runs a program and replaces a folder with a link just before one of its system calls.

usage: supervisor.py AREA OUTSIDE USER STEP VICTIM PROGRAM [ARGUMENT ...]

AREA is a folder of the user with the id USER. Each system call of the program that names a file below it, outside of
folders that the user cannot enter, is one step.
Before the step STEP (from 1), a process of that user moves a folder away and puts a link to OUTSIDE in its place:
VICTIM is "parent" (the folder of what is named), "self" (what is named, if it is a folder) or "top" (the first folder
below AREA). What the user may not rename stays. Prints the number of steps and whether the folder was replaced, as
JSON, on the last line of stderr; the exit code is that of the program. x86-64 Linux only.
"""
import ctypes
import json
import os
import signal
import struct
import sys

AT_FDCWD = 0xFFFFFFFFFFFFFF9C
# Number: pairs of the arguments with the folder's descriptor (None: the working folder) and the path.
CALLS = {
    2: [(None, 0)], 4: [(None, 0)], 6: [(None, 0)], 21: [(None, 0)], 76: [(None, 0)], 80: [(None, 0)],
    82: [(None, 0), (None, 1)], 83: [(None, 0)], 84: [(None, 0)], 86: [(None, 0), (None, 1)], 87: [(None, 0)],
    88: [(None, 1)], 89: [(None, 0)], 90: [(None, 0)], 92: [(None, 0)], 94: [(None, 0)], 257: [(0, 1)], 258: [(0, 1)],
    260: [(0, 1)], 262: [(0, 1)], 263: [(0, 1)], 264: [(0, 1), (2, 3)], 265: [(0, 1), (2, 3)], 266: [(1, 2)],
    267: [(0, 1)], 268: [(0, 1)], 269: [(0, 1)], 280: [(0, 1)], 316: [(0, 1), (2, 3)], 332: [(0, 1)], 437: [(0, 1)],
    439: [(0, 1)],
}
TRACEME, CONT, SETOPTIONS, GET_SYSCALL_INFO = 0, 7, 0x4200, 0x420E
OPTIONS = 2 | 4 | 8 | 0x10 | 0x80 | 0x100000  # fork, vfork, clone, exec, seccomp, kill with the supervisor
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def watch_calls():
    """Stops this process and its children at these calls (seccomp(2), SECCOMP_RET_TRACE), and at no others."""
    lines = [(0x20, 0, 0, 0)]  # load the number
    for place, number in enumerate(CALLS):
        lines.append((0x15, len(CALLS) - place, 0, number))
    lines += [(0x06, 0, 0, 0x7FFF0000), (0x06, 0, 0, 0x7FF00000)]
    code = b"".join(struct.pack("HBBI", *line) for line in lines)
    buffer = ctypes.create_string_buffer(code)
    if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, ctypes.byref(Program(len(lines), ctypes.addressof(buffer)))):
        os._exit(126)


def text(pid, address):
    with open(f"/proc/{pid}/mem", "rb", 0) as memory:
        data = b""
        while address and b"\0" not in data and len(data) < 4096:
            try:
                memory.seek(address + len(data))
                data += memory.read(256 - (address + len(data)) % 256)
            except (OSError, ValueError):
                break
    return os.fsdecode(data.split(b"\0")[0])


def named(pid):
    """The paths that the call names, absolute; not resolved."""
    info = ctypes.create_string_buffer(88)
    if libc.ptrace(GET_SYSCALL_INFO, pid, len(info), ctypes.addressof(info)) < 0:
        return []
    number, *arguments = struct.unpack_from("7Q", info, 24)
    found = []
    for folder, path in CALLS.get(number, []):
        at = AT_FDCWD if folder is None else arguments[folder] & 0xFFFFFFFFFFFFFFFF
        at = AT_FDCWD if at & 0xFFFFFFFF == 0xFFFFFF9C else at
        link = f"/proc/{pid}/cwd" if at == AT_FDCWD else f"/proc/{pid}/fd/{at & 0xFFFFFFFF}"
        try:
            found.append(os.path.normpath(os.path.join(os.readlink(link), text(pid, arguments[path]))))
        except OSError:
            pass
    return found


def is_reachable(path, area, user):
    """Whether the user can enter the folder of a file."""
    folder = os.path.dirname(path)
    while len(folder) > len(area):
        try:
            facts = os.lstat(folder)
            if facts.st_uid != user and not facts.st_mode & 0o001:
                return False
        except OSError:
            pass
        folder = os.path.dirname(folder)
    return True


def replace(path, area, outside, user, victim):
    """Puts the link there, as the user; whether that succeeded."""
    parts = os.path.relpath(path, area).split(os.sep)
    folder = os.path.join(area, parts[0]) if victim == "top" else path if victim == "self" else os.path.dirname(path)
    if folder == area or not os.path.isdir(folder) or os.path.islink(folder):
        return False
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setresgid(user, user, user)
            os.setresuid(user, user, user)
            os.rename(folder, folder + ".moved")
            os.symlink(outside, folder)
            os._exit(0)
        except OSError:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def main():
    area, outside, user, step, victim, *program = sys.argv[1:]
    user, step = int(user), int(step)
    child = os.fork()
    if child == 0:
        if libc.ptrace(TRACEME, 0, None, None) < 0:
            os._exit(125)
        os.kill(os.getpid(), signal.SIGSTOP)
        watch_calls()
        os.execvp(program[0], program)
    if os.WIFEXITED(os.waitpid(child, 0)[1]):
        sys.exit("ptrace is not permitted")
    libc.ptrace(SETOPTIONS, child, None, OPTIONS)
    libc.ptrace(CONT, child, None, None)
    steps, replaced, status = 0, False, None
    while status is None:
        pid, event = os.waitpid(-1, 0x40000000)  # __WALL
        if os.WIFEXITED(event) or os.WIFSIGNALED(event):
            if pid == child:
                status = os.waitstatus_to_exitcode(event)
            continue
        stop = os.WSTOPSIG(event)
        if event >> 8 == signal.SIGTRAP | 7 << 8:  # PTRACE_EVENT_SECCOMP
            for path in named(pid):
                if path.startswith(area + os.sep) and is_reachable(path, area, user):
                    steps += 1
                    if steps == step:
                        replaced = replace(path, area, outside, user, victim)
            stop = 0
        elif stop in (signal.SIGTRAP, signal.SIGSTOP):
            stop = 0
        libc.ptrace(CONT, pid, None, stop)
    print(json.dumps({"steps": steps, "replaced": replaced}), file=sys.stderr)
    sys.exit(status if status >= 0 else 128 - status)


main()
