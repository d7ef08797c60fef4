"""What gcov counted in a build with -DSHOKAN_COVERAGE=ON, room by room.

A branch is one way out of a condition of the source as gcc compiles it without
optimisation: both ways of every operand of && and ||, of if, ?: and loops, and
each label of a switch. Nothing is left out: no line, function or macro is
excluded, and there are no assertions in calc/. What a header of a room defines
counts once, however many files include it.

The list of reasons has lines "FILE FUNCTION BRANCHES | SOURCE" under headings
"[KIND] reason": BRANCHES are the numbers, from 1, of the branches of that line
that no test takes, separated by commas, and "FUNCTION/2" is the second line of
the function with the same text. "#" begins a remark, which tells more.
"""
import argparse
import collections
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

FLOORED = ("num", "feel", "dmn", "rulebook", "price")
FLOOR = 95


def gcov(job):
    """The answers of gcov about one object."""
    folder, note = job
    done = subprocess.run(
        ["gcov", "--json-format", "--branch-probabilities", "--stdout", note],
        cwd=folder, capture_output=True, check=False)
    if done.returncode:
        sys.exit("gcov: %s: %s" % (note, done.stderr.decode()))
    return [json.loads(row) for row in done.stdout.splitlines() if row]


def notes(build):
    for folder, _, files in os.walk(build):
        for name in files:
            if name.endswith(".gcno"):
                yield folder, os.path.join(folder, name)


def measure(build, source, rooms):
    """{(file, line): [function, times, [times of each branch]]}"""
    lines = {}
    under = os.path.join(source, "calc") + os.sep
    jobs = [job for job in notes(build)
            if not rooms or any("/room_%s.dir/" % r in job[1] for r in rooms)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for answer in (a for all_ in pool.map(gcov, jobs) for a in all_):
            for file in answer["files"]:
                path = os.path.normpath(os.path.join(
                    answer["current_working_directory"], file["file"]))
                if not path.startswith(under):
                    continue
                path = os.path.relpath(path, source)
                if rooms and path.split("/")[1] not in rooms:
                    continue
                for row in file["lines"]:
                    merge(lines, (path, row["line_number"]), row)
    return lines


def merge(lines, key, row):
    counts = [branch["count"] for branch in row["branches"]]
    have = lines.setdefault(
        key, [row.get("function_name", "-"), 0, [0] * len(counts)])
    if len(have[2]) != len(counts):
        sys.exit("%s:%d: has %d branches and %d" % (
            *key, len(have[2]), len(counts)))
    have[1] += row["count"]
    have[2] = [a + b for a, b in zip(have[2], counts)]


class Sources:
    """The texts of lines, and which of the same in a function one is."""

    def __init__(self, source, lines):
        self.keys = {}
        seen = collections.Counter()
        texts = {}
        for path, line in sorted(lines):
            if path not in texts:
                with open(os.path.join(source, path), encoding="utf-8") as file:
                    texts[path] = file.read().split("\n")
            text = " ".join(texts[path][line - 1].split())
            function, _, branches = lines[path, line]
            if not branches:
                continue
            seen[path, function, text] += 1
            nth = seen[path, function, text]
            self.keys[path, line] = (
                path, function + ("/%d" % nth if nth > 1 else ""), text)


def reasons(path):
    """{(file, function, text): branches} and {key: kind}"""
    listed, kinds, kind, told = {}, {}, None, None
    with open(path, encoding="utf-8") as file:
        for number, row in enumerate(file, 1):
            row = row.strip()
            if not row or row.startswith("#"):
                continue
            heading = re.fullmatch(r"\[([^\]]+)\] (\S.*)", row)
            if heading:
                kind, told = heading.groups()
                continue
            entry = re.fullmatch(r"(\S+) (\S+) ([0-9,]+) \| (.*)", row)
            if not entry or not told:
                sys.exit("%s:%d: neither a heading with a reason nor a branch "
                         "under one: %s" % (path, number, row))
            key = (entry[1], entry[2], " ".join(entry[4].split()))
            if key in listed:
                sys.exit("%s:%d: is listed twice" % (path, number))
            listed[key] = {int(n) for n in entry[3].split(",")}
            kinds[key] = kind
    return listed, kinds


def figures(lines):
    rows = collections.defaultdict(lambda: [0] * 4)
    for (path, _), (_, times, branches) in lines.items():
        row = rows[path.split("/")[1]]
        row[0] += times > 0
        row[1] += 1
        row[2] += sum(b > 0 for b in branches)
        row[3] += len(branches)
    return rows


def percent(part, whole):
    return "%6.2f %%" % (100 * part / whole) if whole else "       -"


def show(rows, gaps):
    """The table; the rooms below the floor."""
    below = []
    print("%-10s %15s %9s   %15s %9s  %s" % (
        "room", "lines", "", "branches", "", "not listed"))
    for room, (hit, all_, taken, ways) in sorted(rows.items()):
        floored = room in FLOORED
        low = floored and taken * 100 < FLOOR * ways
        print("%-10s %7d/%7d %s   %7d/%7d %s  %s" % (
            room, hit, all_, percent(hit, all_), taken, ways,
            percent(taken, ways), "%d%s" % (
                gaps[room], ", below %d %%" % FLOOR if low else "")
            if floored else ""))
        if low:
            below.append(room)
    return below


def compare(lines, keys, listed, kinds, draft, rooms):
    """Print what is not listed and what is covered now; the gaps by room.

    The list is of what the tests of the rooms by themselves do not take, so
    that with all tests more is covered, and nothing said about it."""
    gaps = collections.Counter()
    seen = {}
    for place in sorted(lines):
        path, line = place
        room = path.split("/")[1]
        times, branches = lines[place][1:]
        if room not in FLOORED or place not in keys:
            continue
        key = keys[place]
        missed = {n for n, b in enumerate(branches, 1) if not b}
        seen[key] = missed
        new = missed - listed.get(key, set())
        if new:
            gaps[room] += len(new)
            ways = ",".join(map(str, sorted(new)))
            if draft:
                print("%s %s %s | %s" % (path, key[1], ways, key[2]))
            else:
                print("%s:%d: %s %s of %d%s | %s" % (
                    path, line, key[1], ways, len(branches),
                    "" if times else ", never reached", key[2]))
    measured = {path for path, _ in lines}
    for key, missed in sorted(listed.items()):
        if key[0] not in measured and os.path.exists(key[0]):
            continue  # of a room that was not asked for
        if key not in seen:
            print("coverage.txt: is no line of the source: %s %s | %s" % key)
        elif rooms and missed - seen[key]:
            print("coverage.txt: covered now (%s): %s %s %s | %s" % (
                kinds[key], key[0], key[1], ",".join(
                    map(str, sorted(missed - seen[key]))), key[2]))
    return gaps


def main():
    parser = argparse.ArgumentParser()
    for name in ("build", "source", "reasons"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--draft", action="store_true",
                        help="what is not listed, as lines for the list")
    parser.add_argument("rooms", nargs="*")
    options = parser.parse_args()
    os.chdir(options.source)
    lines = measure(options.build, options.source, options.rooms)
    keys = Sources(options.source, lines).keys
    listed, kinds = reasons(options.reasons)
    gaps = compare(lines, keys, listed, kinds, options.draft,
                   options.rooms)
    below = show(figures(lines), gaps)
    sys.exit(1 if below or gaps else 0)


if __name__ == "__main__":
    main()
