#!/usr/bin/env bash
# --columns: the cells that are asked for, in that order, are the cells that
# the whole row has; outputs by name; and what is refused.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/lib.bash"
products=$SOURCE/fixtures/products/rare-disease.csv
price="$SHOKAN price --revision r8 --format csv"

expect "lead and an output" 0 "id,status,value,points
EX-RD1,determined,1.5,
EX-RD2,determined,1.2,2520
EX-RD3,determined,1.1,5500
EX-RD4,undetermined,,
EX-RD5,not_applicable,,"
