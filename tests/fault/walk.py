"""Walk the command through its faults: the n-th allocation or system call fails.

usage: walk.py --shokan FILE --preload FILE [--source DIR]
	[--only NAME[:KIND+...],...] [--kind KIND,...] [--all | --sample N]
	[--seconds S] [--lsan FILE] [--verbose]
       walk.py --shokan FILE --plain [--only NAME,...]

For each run of scenarios.ini and each kind of fault, n is one call for every
place from which such a call is made (a place is the chain of its callers), or
with --all every call, or with --sample N some N of the places, evenly, and the
last two, where output is handed over. A fault comes once, and again from there on for good. After each:
- it ended by itself, and no block of memory was lost (with --lsan);
- either all is as without the fault, or the status says that it failed, with a
  message that names what failed, and outputs are as they were before;
- no other file was left behind; stores are whole, and the same command brings
  them to the same end.
Status 1 when something was not so; 77 where the kernel has no such filter.
With --plain nothing fails, the runs are only done.
"""
import argparse
import configparser
import ctypes
import difflib
import errno
import hashlib
import mmap
import os
import re
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time

FRAMES = 24
PATH = 256
MARKS = 1 << 21
HEAD = 8 * 3 + 8 * FRAMES + PATH
SIZE = HEAD + 8 * MARKS
UNAVAILABLE = 125
LEAK = 23
TIMEOUT = 120
NO_RANDOM = 0x0040000  # of the addresses, or a place had a new name each time

# kind: its faults as (name, errno or 0 for half of the bytes, for good). No
# getrandom: without it libsodium ends the process, so that no key is guessed.
KINDS = {
    "memory": [("once", errno.ENOMEM, 0), ("always", errno.ENOMEM, 1)],
    "map": [("once", errno.ENOMEM, 0), ("always", errno.ENOMEM, 1)],
    "thread": [("once", errno.EAGAIN, 0), ("always", errno.EAGAIN, 1)],
    "open": [("EMFILE", errno.EMFILE, 0), ("EACCES", errno.EACCES, 1),
             ("EINTR", errno.EINTR, 0)],
    "read": [("EIO", errno.EIO, 0), ("EIO always", errno.EIO, 1),
             ("EINTR", errno.EINTR, 0), ("short", 0, 0),
             ("short always", 0, 1)],
    "write": [("EIO", errno.EIO, 0), ("ENOSPC always", errno.ENOSPC, 1),
              ("EINTR", errno.EINTR, 0), ("short", 0, 0),
              ("short always", 0, 1)],
    "sync": [("EIO", errno.EIO, 0), ("ENOSPC always", errno.ENOSPC, 1)],
    "rename": [("EIO", errno.EIO, 0), ("EACCES always", errno.EACCES, 1)],
    "size": [("EIO", errno.EIO, 0), ("ENOSPC always", errno.ENOSPC, 1)],
    "remove": [("EIO", errno.EIO, 0), ("EACCES always", errno.EACCES, 1)],
    "make": [("EACCES", errno.EACCES, 0), ("ENOSPC always", errno.ENOSPC, 1)],
    "list": [("EIO", errno.EIO, 0), ("EIO always", errno.EIO, 1)],
    "state": [("EACCES", errno.EACCES, 0), ("EIO always", errno.EIO, 1)],
    # not ENOLCK, for which SQLite waits as for another process
    "lock": [("EIO", errno.EIO, 0), ("EIO always", errno.EIO, 1)],
    "seek": [("EIO", errno.EIO, 0), ("EIO always", errno.EIO, 1)],
    "mode": [("EPERM", errno.EPERM, 0), ("EIO always", errno.EIO, 1)],
    "close": [("EIO", errno.EIO, 0), ("EIO always", errno.EIO, 1)],
}


class State:
    """The file that preload.c maps."""

    def __init__(self, path):
        self.path = path
        with open(path, "wb") as file:
            file.truncate(SIZE)
        self.file = open(path, "r+b")
        self.map = mmap.mmap(self.file.fileno(), SIZE)

    def clear(self):
        self.map[:HEAD] = bytes(HEAD)

    @property
    def calls(self):
        return struct.unpack_from("<Q", self.map, 0)[0]

    @property
    def fired(self):
        return struct.unpack_from("<Q", self.map, 8)[0]

    def frames(self):
        depth = struct.unpack_from("<Q", self.map, 16)[0]
        return struct.unpack_from(f"<{FRAMES}Q", self.map, 24)[:depth]

    def file_name(self):
        text = self.map[HEAD - PATH:HEAD].split(b"\0")[0]
        return text.decode("utf-8", "replace")

    def marks(self, count):
        return struct.unpack_from(f"<{min(count, MARKS)}Q", self.map, HEAD)


def store_text(path):
    """What a store holds, after SQLite has checked it."""
    database = sqlite3.connect(path)
    try:
        checked = database.execute("PRAGMA integrity_check").fetchall()
        if checked != [("ok",)]:
            return f"not whole: {checked[:3]}".encode()
        text = "\n".join(line for line in database.iterdump()
                         if "sqlite_sequence" not in line)
        # a run in which nothing was saved leaves no trace but its number
        text = re.sub(r'(INSERT INTO "run" VALUES\()[0-9]+,', r"\1RUN,", text)
        text = re.sub(r"\(([0-9]{10,}),([0-9]+),", lambda row: "(%d,RUN," % (
            int(row[1]) - (int(row[2]) << 32)), text)
        return text.encode()
    except sqlite3.DatabaseError as error:
        return f"not a store: {error}".encode()
    finally:
        database.close()


def contents(folder):
    """Name of file: its bytes, for all below the folder."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = file.read()
    return found


class Result:
    def __init__(self, status, out, err, files, fired, calls):
        self.status = status
        self.out = out
        self.err = err
        self.files = files
        self.fired = fired
        self.calls = calls


class Walk:
    def __init__(self, options):
        self.options = options
        self.work = os.path.realpath(tempfile.mkdtemp(prefix="faults."))
        self.state = State(os.path.join(self.work, "state"))
        self.findings = 0
        self.injected = 0
        self.harmless = 0
        self.seen = {}
        self.known = 0
        self.scenario = None
        self.messages = {}
        self.end = options.seconds and time.time() + options.seconds

    def command(self, words, folder, fault=None):
        words = [word.replace("SRC", self.options.source) for word in words]
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8",
                       "TMPDIR": os.path.join(self.work, "tmp"),
                       "SOURCE_DATE_EPOCH": "1780272000",
                       "SHOKAN_RULES": self.options.rules}
        if fault:
            libraries = [self.options.preload]
            if self.options.lsan:
                libraries.append(self.options.lsan)
            environment["LSAN_OPTIONS"] = (
                f"exitcode={LEAK}:print_suppressions=0")
            environment["ASAN_OPTIONS"] = (
                f"verify_asan_link_order=0:exitcode={LEAK}:detect_leaks=1:"
                "allocator_may_return_null=1")
            environment["LD_PRELOAD"] = ":".join(libraries)
            environment["FAULT_STATE"] = self.state.path
            environment.update(fault)
            self.state.clear()
        os.makedirs(environment["TMPDIR"], exist_ok=True)
        try:
            done = subprocess.run(
                [self.options.shokan] + words, cwd=folder, env=environment,
                stdin=subprocess.DEVNULL, capture_output=True,
                timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            return Result("timeout", b"", b"", {}, 1, 0)
        files = contents(folder)
        left = contents(environment["TMPDIR"])
        for name in left:
            files["TMPDIR/" + name] = left[name]
            os.unlink(os.path.join(environment["TMPDIR"], name))
        return Result(done.returncode, done.stdout, done.stderr, files,
                      self.state.fired if fault else 0,
                      self.state.calls if fault else 0)

    def again(self, start):
        now = os.path.join(self.work, "now")
        shutil.rmtree(now, ignore_errors=True)
        shutil.copytree(start, now)
        return now

    def find(self, name, kind, way, at, said, result):
        if "known" in self.scenario:
            self.known += 1
            return
        self.findings += 1
        key = (name, kind, said.split("\n")[0], result.status,
               tuple(self.state.frames()[1:4]))
        self.seen[key] = self.seen.get(key, 0) + 1
        if self.seen[key] > 1:
            return
        print(f"FAULT {name}: {kind} {at}, {way}: {said}")
        if self.state.file_name():
            print(f"      file {self.state.file_name()}")
        print(f"      status {result.status}, says "
              f"{result.err[:600].decode('utf-8', 'replace')!r}")
        for line in self.places():
            print(f"      {line}")
        sys.stdout.flush()

    def places(self):
        """The callers of the call that failed, by addr2line."""
        base = 0x555555554000  # where an executable is, not randomised
        own = [hex(frame - base - 1) for frame in self.state.frames()
               if base <= frame < base + (1 << 30)]
        if not own or not shutil.which("addr2line"):
            return []
        told = subprocess.run(
            ["addr2line", "-fse", self.options.shokan] + own,
            capture_output=True, text=True).stdout.split("\n")
        names = [(told[i], told[i + 1]) for i in range(0, len(told) - 1, 2)]
        ours = [f"{name} {place}" for name, place in names
                if re.search(r"\.c:[0-9]", place)]
        return [" < ".join(name for name, _ in names[:4]) + " ... " +
                " < ".join(ours[:6])]

    # --- what must be after a fault

    def stores(self, files, name):
        """The text of a store among files; journals beside it are used."""
        beside = os.path.join(self.work, "store")
        shutil.rmtree(beside, ignore_errors=True)
        os.mkdir(beside)
        for other in files:
            if other.startswith(name) and "/" not in other:
                with open(os.path.join(beside, other), "wb") as file:
                    file.write(files[other])
        if not files.get(name):
            return b""
        return store_text(os.path.join(beside, name))

    def is_memory(self, kind):
        return kind in ("memory", "map")

    def check_message(self, kind, number, result):
        text = result.err.decode("utf-8", "replace")
        if not text.strip():
            return "no message"
        if kind in ("memory", "map"):
            good = re.search("memory|メモリ", text)
        elif kind == "thread":
            good = re.search("thread", text)
        else:
            good = re.search("cannot|could not|disk|full|locked|writable|" +
                             os.strerror(number), text)
        if not good:
            return "the message does not name the failure"
        if kind in ("memory", "map"):
            wanted = (70, 5) if kind == "map" else (70,)
        else:
            wanted = (5,)
        if result.status not in wanted:
            return f"status {result.status}, not {wanted[0]}"
        return None

    def check(self, name, kind, way, number, start, done, result):
        """What is wrong, or None."""
        if result.status == "timeout":
            return "does not end"
        if isinstance(result.status, int) and result.status < 0:
            return f"ended by signal {signal.Signals(-result.status).name}"
        if result.status == LEAK:
            return "memory: " + result.err[-2000:].decode("utf-8", "replace")
        same = {**result.files} == {**done.files} or all(
            self.same(file, result, done) for file in
            set(result.files) | set(done.files))
        if (result.status == done.status and result.out == done.out and
                result.err == done.err and same):
            self.harmless += 1
            return None
        if result.status == done.status and result.err == done.err:
            return "other output, and no word of it"
        if result.status == done.status:
            return "a message, and a status that says nothing of it"
        if not done.out.startswith(result.out):
            return "standard output is not the beginning of what it was: " + \
                result.out[-200:].decode("utf-8", "replace")
        for file in sorted(set(result.files) | set(start)):
            said = self.check_file(file, kind, way, start, done, result)
            if said:
                return f"{file}: {said}"
        return self.check_message(kind, number, result)

    def same(self, file, one, other):
        if file.endswith(".store"):
            return (self.stores(one.files, file) ==
                    self.stores(other.files, file))
        return one.files.get(file) == other.files.get(file)

    def differs(self, file, one, other):
        if not file.endswith(".store"):
            return ""
        texts = [self.stores(result.files, file).decode().split("\n")
                 for result in (other, one)]
        return "".join("\n" + line[:300] for line in difflib.unified_diff(
            *texts, "wanted", "got", "", "", 0, ""))

    def check_file(self, file, kind, way, start, done, result):
        if re.search(r"\.store-(journal|wal|shm)$", file):
            if kind in ("remove", "write", "sync", "size", "close", "read",
                        "lock", "state", "open", "map", "seek"):
                return None  # rolled back when the store is opened next
            return "a journal is left"
        if re.search(r"\.run\d+\.part$", file):
            return None  # kept for --resume, by design
        if file.endswith(".store"):
            text = self.stores(result.files, file)
            if text.startswith(b"not "):
                return text.decode()
            return None
        if file not in result.files:
            return "the old file is gone"
        if file not in start and file in done.files:
            if result.files[file] == done.files[file]:
                return None
            return "half written"
        if file not in start:
            return "left behind"
        if result.files[file] not in (start[file], done.files.get(file)):
            return "changed"
        return None

    def go_on(self, scenario, folder, done):
        """The same command, now without a fault, comes to the same end."""
        result = None
        if "again" in scenario:
            result = self.command(scenario["again"].split(), folder)
        if not result or b"no run was interrupted" in result.err or \
                b"no store" in result.err:
            result = self.command(scenario["run"].split(), folder)
        if result.status != done.status:
            return f"then without a fault: status {result.status}, " + \
                result.err[:300].decode("utf-8", "replace")
        for file in done.files:
            if not self.same(file, result, done):
                return f"then without a fault: {file} is another one" + \
                    self.differs(file, result, done)
        return None

    # --- walking

    def walk(self, name, scenario, kinds):
        self.scenario = scenario
        start = os.path.join(self.work, "start")
        shutil.rmtree(start, ignore_errors=True)
        os.mkdir(start)
        for line in scenario.get("before", "").strip().split("\n"):
            if line.strip():
                made = self.command(line.split(), start)
                if made.status not in (0, 1):
                    sys.exit(f"{name}: {line}: {made.err.decode()}")
        words = scenario["run"].split()
        done = self.command(words, self.again(start))
        if done.status not in (0, 1, 4):
            print(f"{name}: status {done.status}: {done.err.decode()}")
            self.findings += 1
            return
        if self.options.plain:
            print(f"{name}: status {done.status}")
            return
        for kind in kinds:
            if self.end and time.time() > self.end:
                return
            self.walk_kind(name, kind, words, scenario, start, done)

    def calls_of(self, name, kind, words, start):
        """Which calls to let fail."""
        seen = self.command(words, self.again(start), {
            "FAULT_KIND": kind, "FAULT_RECORD": "1"})
        if seen.status == UNAVAILABLE:
            print("walk: skipped, no filter of system calls here")
            sys.exit(77)
        calls = range(1, seen.calls + 1)
        if not self.options.all:
            first = {}
            for call, mark in enumerate(self.state.marks(seen.calls), 1):
                first.setdefault(mark, call)
            calls = sorted(first.values())
        most = self.options.sample
        if most and len(calls) > most:
            calls = sorted({calls[(2 * i + 1) * len(calls) // (2 * most)]
                            for i in range(most)} | set(calls[-2:]))
        return seen.calls, calls

    def walk_kind(self, name, kind, words, scenario, start, done):
        total, calls = self.calls_of(name, kind, words, start)
        faults = 0
        before = contents(start)
        for way, number, stays in KINDS[kind]:
            for call in calls:
                if self.end and time.time() > self.end:
                    break
                now = self.again(start)
                result = self.command(words, now, {
                    "FAULT_KIND": kind, "FAULT_AT": str(call),
                    "FAULT_STAYS": str(stays), "FAULT_ERRNO": str(number),
                    "FAULT_SHORT": "0" if number else "1"})
                if not result.fired:
                    continue
                faults += 1
                said = self.check(name, kind, way, number, before, done,
                                  result)
                if result.status not in (done.status, LEAK):
                    key = (kind, way, result.status,
                           re.sub(r"/\S+|[0-9]+", "_",
                                  result.err.decode("utf-8", "replace")))
                    self.messages[key] = self.messages.get(key, 0) + 1
                if not said and result.files != before and \
                        result.files != done.files:
                    said = self.go_on(scenario, now, done)
                if said:
                    self.find(name, kind, way, call, said, result)
        self.injected += faults
        if total:
            print(f"{name}: {kind}: {total} calls, {len(calls)} of them, "
                  f"{faults} faults")
            sys.stdout.flush()


def arguments():
    parser = argparse.ArgumentParser()
    here = os.path.dirname(os.path.realpath(__file__))
    parser.add_argument("--shokan", required=True)
    parser.add_argument("--preload", default="")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--source", default=os.path.dirname(
        os.path.dirname(here)))
    parser.add_argument("--rules")
    parser.add_argument("--only", default=".*")
    parser.add_argument("--kind", default=",".join(KINDS))
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--lsan", default="")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    options.shokan = os.path.realpath(options.shokan)
    options.preload = os.path.realpath(options.preload)
    options.rules = options.rules or os.path.join(options.source, "rules")
    options.kind = options.kind.split(",")
    options.scenarios = os.path.join(here, "scenarios.ini")
    return options


def main():
    options = arguments()
    ctypes.CDLL(None).personality(NO_RANDOM)
    scenarios = configparser.ConfigParser(interpolation=None)
    scenarios.read(options.scenarios)
    walk = Walk(options)
    for name in scenarios.sections():
        for one in options.only.split(","):
            pattern, _, kinds = one.partition(":")
            if re.fullmatch(pattern, name):
                walk.walk(name, scenarios[name], kinds.split("+") if kinds
                          else options.kind)
                break
    shutil.rmtree(walk.work)
    if options.verbose:
        for key, count in sorted(walk.messages.items(), key=str):
            print(count, *key)
    if options.plain:
        sys.exit(1 if walk.findings else 0)
    if walk.known:
        print(f"{walk.known} wrong ends are known of a library, see `known` in "
              f"scenarios.ini")
    print(f"faults: {walk.injected} injected, {walk.harmless} of them without "
          f"effect, {walk.findings} findings")
    sys.exit(1 if walk.findings or not walk.injected else 0)


main()
