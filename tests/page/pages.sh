#!/usr/bin/env bash
# The pages on which a person asks, without a browser.
set -u
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
run pages.py
