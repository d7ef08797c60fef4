#!/usr/bin/env bash
# Rows of our own beside the vectors of the specification, in their form: for
# each decision an unknown, a boundary and a bad input, and the chains between
# decisions. Every expected value was worked out by hand.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
exec bash "$here/../vectors/run.sh" "$here/own.csv"
