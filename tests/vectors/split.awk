# Vectors to record files: rows that share revision, decision and policy go
# into one CSV file, rows that expect an error each into their own.
# Variables: out = folder. Writes out/N.csv, out/N.json (policy), out/plan
# (N, revision, decision, rows) and out/rows (tab-separated, for jq).

function cells(line,    n, i, c, quoted, cell)
{
	n = 0
	cell = ""
	quoted = 0
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		if (quoted && c == "\"" && substr(line, i + 1, 1) == "\"") {
			cell = cell c
			i++
		} else if (c == "\"") {
			quoted = !quoted
		} else if (c == "," && !quoted) {
			at[++n] = cell
			cell = ""
		} else {
			cell = cell c
		}
	}
	at[++n] = cell
	return n
}

function csv(cell)
{
	if (cell !~ /[",\r\n]/)
		return cell
	gsub(/"/, "\"\"", cell)
	return "\"" cell "\""
}

# "a=1;b=x" to a JSON object; numbers and booleans bare.
function policy_json(text,    n, i, part, name, value, json, places)
{
	n = split(text, part, ";")
	json = "{"
	for (i = 1; i <= n; i++) {
		places = index(part[i], "=")
		name = substr(part[i], 1, places - 1)
		value = substr(part[i], places + 1)
		if (value !~ /^-?[0-9]+(\.[0-9]+)?$/ && value !~ /^(true|false)$/)
			value = "\"" value "\""
		json = json (i > 1 ? ", " : "") "\"" name "\": " value
	}
	return json "}"
}

function flush_group(g,    file, i, k, count, name, line, row)
{
	file = out "/" g ".csv"
	count = split(columns[g], name, " ")
	line = "id"
	for (k = 1; k <= count; k++)
		line = line "," name[k]
	print line >file
	for (i = 1; i <= rows_of[g]; i++) {
		row = g SUBSEP i
		line = id_of[row]
		for (k = 1; k <= count; k++)
			line = line "," csv(value_of[row, name[k]])
		print line >file
	}
	close(file)
	if (policy_of[g] != "") {
		print policy_json(policy_of[g]) >(out "/" g ".json")
		close(out "/" g ".json")
	}
	print g "\t" (revision_of[g] == "" ? "-" : revision_of[g]) "\t" \
		decision_of[g] "\t" rows_of[g] >(out "/plan")
}

NR == 1 || $0 == "" { next }
{
	sub(/\r$/, "")
	cells($0)
	id = at[1]; decision = at[2]; revision = at[3]; inputs = at[4]
	policy = at[5]; status = at[6]; expected = at[7]
	key = revision SUBSEP decision SUBSEP policy
	if (status == "error")
		key = key SUBSEP id
	if (!(key in group_of)) {
		group_of[key] = ++groups
		revision_of[groups] = revision
		decision_of[groups] = decision
		policy_of[groups] = policy
	}
	g = group_of[key]
	row = g SUBSEP (++rows_of[g])
	id_of[row] = id
	n = split(inputs, part, ";")
	for (i = 1; i <= n; i++) {
		p = index(part[i], "=")
		name = substr(part[i], 1, p - 1)
		value_of[row, name] = substr(part[i], p + 1)
		if (!((g, name) in seen)) {
			seen[g, name] = 1
			columns[g] = columns[g] (columns[g] == "" ? "" : " ") name
		}
	}
	print id "\t" decision "\t" revision "\t" status "\t" expected "\t" \
		g "\t" inputs "\t" policy >(out "/rows")
}
END {
	for (g = 1; g <= groups; g++)
		flush_group(g)
}
