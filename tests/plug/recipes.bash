# The SQL examples of README.md. Sourced.
# recipe DATABASE: the block whose first line is a comment that begins with
# it; statements in $work/statements, what they print ("--> ") in $work/says
recipe()
{
	awk -v name="-- $1" '
		/^```$/ { inside = 0 }
		inside { print }
		/^```sql$/ { getline; inside = index($0, name) == 1 }
		' "$SOURCE/README.md" >"$work/recipe"
	grep -v '^-->' "$work/recipe" >"$work/statements"
	sed -n 's/^--> //p' "$work/recipe" >"$work/says"
	[ -s "$work/statements" ] && [ -s "$work/says" ] && ok ||
		fail "README.md has no example for $1"
}
