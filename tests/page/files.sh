#!/usr/bin/env bash
# Files of records over the server: the table, the files, two revisions, the
# rules, and the same values in every way of asking.
set -u
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
run files.py
