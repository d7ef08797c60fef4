# JSON lines with every number made a string, digit for digit: jq would read
# numbers as doubles, and the vectors compare exact decimals.
{
	n = split($0, part, "\"")
	line = ""
	inside = 0
	for (i = 1; i <= n; i++) {
		text = part[i]
		if (!inside)
			gsub(/-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?/, "\"&\"", text)
		line = line text
		if (i == n)
			break
		line = line "\""
		if (inside) {
			match(part[i], /\\*$/)
			if (RLENGTH % 2 == 0)
				inside = 0
		} else {
			inside = 1
		}
	}
	print line
}
