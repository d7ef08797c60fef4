# The table of tests/bench/run: what each lane took (raw), what each program
# pays (tally) and the library's own figures (library), as text or as JSON.
# A rate is records a second of one core (user and system time); a ratio is the
# rate of the group's first lane over the lane's, taken round by round.
function grouped(value, text, out)
{
	text = sprintf("%.0f", value)
	while (length(text) > 3) {
		out = "," substr(text, length(text) - 2) out
		text = substr(text, 1, length(text) - 3)
	}
	return text out
}
# the middle, least or most of list[1..count]; which: 0, -1, 1
function pick(list, count, which, i, j, held)
{
	for (i = 2; i <= count; i++)
		for (j = i; j > 1 && list[j - 1] > list[j]; j--) {
			held = list[j]
			list[j] = list[j - 1]
			list[j - 1] = held
		}
	return which < 0 ? list[1] : which > 0 ? list[count] : \
		list[int((count + 1) / 2)]
}
function three(lane, values, name, i, list)
{
	for (i = 1; i <= rounds; i++)
		list[i] = values[lane, i]
	result[lane, name, "min"] = pick(list, rounds, -1)
	result[lane, name, "median"] = pick(list, rounds, 0)
	result[lane, name, "max"] = pick(list, rounds, 1)
}
function quoted(text)
{
	gsub(/["\\]/, "\\\\&", text)
	return "\"" text "\""
}
BEGIN { FS = "\t" }
FILENAME ~ /raw$/ {
	lane = $1 FS $2
	if (!(lane in records_of)) {
		lanes[++count] = lane
		group_of[lane] = $1
		name_of[lane] = $2
		records_of[lane] = $3
		if (!($1 in base))
			base[$1] = lane
	}
	rate[lane, $4] = $3 * 1000000 / ($5 ? $5 : 1)
	wall[lane, $4] = $3 * 1000000 / ($6 ? $6 : 1)
	took[lane, $4] = $6 / 1000
	took_processor[lane, $4] = $5 / 1000
	peak[lane, $4] = $7 / 1024
	ratio[lane, $4] = rate[base[$1], $4] / rate[lane, $4]
	wall_ratio[lane, $4] = wall[base[$1], $4] / wall[lane, $4]
	if ($1 == "jobs") # here: how many times as fast as one thread
		wall_ratio[lane, $4] = 1 / wall_ratio[lane, $4]
	if ($8)
		broken[lane] = $8
	next
}
FILENAME ~ /tally$/ {
	lane = $1 FS $2
	pays[lane] = $3
	paid[lane] = $4
	answered[lane] = $5
	different[lane] = $6
	next
}
{
	library[++stages] = $1
	library_count[stages] = $2
	for (i = 1; i <= NF - 2; i++)
		list[i] = $2 * 1000000 / ($(i + 2) ? $(i + 2) : 1)
	library_min[stages] = pick(list, NF - 2, -1)
	library_rate[stages] = pick(list, NF - 2, 0)
	library_max[stages] = pick(list, NF - 2, 1)
	next
}
function spread(lane, name, decimals, f)
{
	if (name ~ /ratio/ && result[lane, name, "max"] < 0.1)
		decimals = 4
	f = "%." decimals "f (" "%." decimals "f-%." decimals "f)"
	return sprintf(f, result[lane, name, "median"],
		result[lane, name, "min"], result[lane, name, "max"])
}
function title(group)
{
	if (group == "alone")
		return "coefficient alone, every fact known: CSV to CSV"
	if (group == "known")
		return "coefficient and points, every fact known: CSV to CSV"
	if (group == "coefficient")
		return "coefficient, a third with unknown facts: CSV to CSV"
	if (group == "unprofitable")
		return "unprofitable category, a third with unknown facts: " \
			"CSV to CSV"
	if (group == "above")
		return "category sold above its price, a third with unknown " \
			"facts: CSV to CSV"
	if (group == "full")
		return "what more output costs (ratio to the first line)"
	if (group == "jobs")
		return "threads (ratio: times as fast as --jobs 1, by the clock)"
	if (group == "memory")
		return "peak memory"
	return "start-up: the whole run of one record, median of many"
}
# than were asked for
function fewer(lane)
{
	return records_of[lane] + 0 < records + 0
}
function text_lane(lane, group)
{
	group = group_of[lane]
	if (group == "memory")
		printf "  %-34s %8.1f MiB\n", name_of[lane],
			result[lane, "peak", "max"]
	else if (group == "start")
		printf "  %-34s %8s ms wall, %s ms processor, %.1f MiB\n",
			name_of[lane], spread(lane, "took", 1),
			spread(lane, "processor", 1),
			result[lane, "peak", "max"]
	else {
		printf "  %-24s %-22s %11s %11s %11s%s", name_of[lane],
			spread(lane, group == "jobs" ? "wall_ratio" : "ratio",
				2),
			grouped(result[lane, "rate", "median"]),
			grouped(result[lane, "wall", "median"]),
			grouped(records_of[lane]), fewer(lane) ? "*" : " "
		printf " %7.1f", result[lane, "peak", "max"]
		if (lane in pays)
			printf " %16s %10s %10s %6s", grouped(pays[lane]),
				grouped(paid[lane]), grouped(answered[lane]),
				different[lane]
		printf "\n"
	}
	if (lane in broken)
		printf "  ^ FAILED: exit status %s\n", broken[lane]
}
function text(i, lane)
{
	printf "%s, %s records, %d rounds in turn, %d x %s\n", version,
		grouped(records), rounds, cores, model
	print "ratio: speed of the first line over that of the line, median " \
		"(least-most) of the rounds; above 1: shokan is faster"
	print "pays: sum of points or yen; unknown paid: records that nobody " \
		"can price for want of facts, with an amount;"
	print "unknown said: those with any answer; other: answers to known " \
		"facts that are not shokan's"
	print "*: the first so many of the records only, all would take too " \
		"long; rates, pays and counts are of those"
	for (i = 1; i <= count; i++) {
		lane = lanes[i]
		if (lane == base[group_of[lane]]) {
			print ""
			print title(group_of[lane])
			if (group_of[lane] !~ /^(memory|start)$/)
				printf "  %-24s %-22s %11s %11s %11s  %7s%s\n",
					"program", "ratio", "a s a core",
					"a s (wall)", "records", "MiB",
					(lane in pays) ? sprintf( \
					" %16s %10s %10s %6s", "pays",
					"unkn. paid", "unkn. said", "other") : ""
		}
		text_lane(lane)
	}
	if (bytes == "same")
		print "\nthe fastest loop and shokan wrote the same bytes"
	if (awkward != "same")
		print "\nFAILED: the awkward input has other answers"
	print "\nlibrary, one core"
	printf "  %-34s %10s %14s %14s %14s\n", "", "ratio", "a s", "least",
		"most"
	for (i = 1; i <= stages; i++)
		printf "  %-34s %10.4f %14s %14s %14s\n", library[i],
			library_rate[1] / library_rate[i],
			grouped(library_rate[i]), grouped(library_min[i]),
			grouped(library_max[i])
	if (absent != "")
		print "\nnot installed: " absent
}
function json_three(lane, name)
{
	return sprintf("{\"median\":%.3f,\"min\":%.3f,\"max\":%.3f}",
		result[lane, name, "median"], result[lane, name, "min"],
		result[lane, name, "max"])
}
function json(i, lane)
{
	printf "{\"version\":%s,\"records\":%.0f,\"rounds\":%d,\"cores\":%d," \
		"\"model\":%s,\"same_bytes_as_hand\":%s," \
		"\"same_from_awkward\":%s,\"not_installed\":%s,\n" \
		"\"lanes\":[", quoted(version), records, rounds, cores,
		quoted(model), bytes == "same" ? "true" : "false",
		awkward == "same" ? "true" : "false", quoted(absent)
	for (i = 1; i <= count; i++) {
		lane = lanes[i]
		printf "%s\n{\"group\":%s,\"name\":%s,\"records\":%.0f," \
			"\"ratio\":%s,\"wall_ratio\":%s," \
			"\"records_per_second_core\":%s," \
			"\"records_per_second_wall\":%s,\"wall_ms\":%s," \
			"\"processor_ms\":%s,\"peak_mib\":%s",
			(i > 1 ? "," : ""), quoted(group_of[lane]),
			quoted(name_of[lane]), records_of[lane],
			json_three(lane, "ratio"),
			json_three(lane, "wall_ratio"),
			json_three(lane, "rate"), json_three(lane, "wall"),
			json_three(lane, "took"), json_three(lane, "processor"),
			json_three(lane, "peak")
		if (lane in pays)
			printf ",\"pays\":%.0f,\"unknown_paid\":%.0f," \
				"\"unknown_answered\":%.0f,\"other\":%.0f",
				pays[lane], paid[lane], answered[lane],
				different[lane]
		printf ",\"failed\":%s}", (lane in broken) ? "true" : "false"
	}
	printf "],\n\"library\":["
	for (i = 1; i <= stages; i++)
		printf "%s\n{\"name\":%s,\"count\":%.0f,\"ratio\":%.6f," \
			"\"per_second\":{\"median\":%.0f,\"min\":%.0f," \
			"\"max\":%.0f}}", (i > 1 ? "," : ""), quoted(library[i]),
			library_count[i], library_rate[1] / library_rate[i],
			library_rate[i], library_min[i], library_max[i]
	print "]}"
}
END {
	for (i = 1; i <= count; i++) {
		lane = lanes[i]
		three(lane, rate, "rate")
		three(lane, wall, "wall")
		three(lane, took, "took")
		three(lane, took_processor, "processor")
		three(lane, peak, "peak")
		three(lane, ratio, "ratio")
		three(lane, wall_ratio, "wall_ratio")
		if (lane in broken || different[lane] > 0)
			failed = 1
	}
	if (awkward != "same")
		failed = 1
	if (form == "json")
		json()
	else
		text()
	exit failed
}
