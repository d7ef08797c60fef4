# The public headers as Doxygen wants them: comments of the house in front of
# a declaration become /** ... */, those behind one /**< ... */, the first of a
# file is the file's, and what would be a command or a tag inside is escaped.
function escaped(text,    out, i, c)
{
	for (i = 1; i <= length(text); i++) {
		c = substr(text, i, 1)
		if (c == "`")
			code = !code
		out = out (!code && c ~ /[\\@<>#&]/ ? "\\" c : c)
	}
	return out
}

# What is behind the opening of a comment, up to its end or that of the line.
function inside(text,    end)
{
	end = index(text, "*/")
	open = end == 0
	if (open)
		return escaped(text)
	code = 0
	return escaped(substr(text, 1, end - 1)) substr(text, end)
}

BEGIN { first = 1 }
open { print inside($0); next }
{
	start = index($0, "/*")
	if (!start) {
		print
		next
	}
	before = substr($0, 1, start - 1)
	code = 0
	print before (before ~ /[^ \t]/ ? "/**< " : "/** ") \
		(first ? "\\file" : "") inside(substr($0, start + 2))
	first = 0
}
