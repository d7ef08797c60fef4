#!/usr/bin/env bash
# The pages in headless Chromium; screenshots into the build folder. With AXE=
# a folder that has axe.min.js, axe-core looks at each page too.
set -u
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
python=/usr/bin/python3
[ -x /usr/bin/chromium ] && [ -x /usr/bin/chromedriver ] &&
	$python -c 'import selenium' 2>/dev/null ||
	{ echo "skipped, no chromium, chromium-driver or python3-selenium"
		exit 77; }
exec $python "$here/browser.py" "${BUILD:-$SOURCE/build/dev}/page"
