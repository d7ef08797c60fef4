# Compare vectors (rows, tab-separated) with results (JSON, numbers quoted).
# Input: null. Arguments: $rows (text), $results (array), $runs (object: group
# to exit status and standard error). Prints one line a failing row.

def number: type == "string" and test("^-?[0-9]+(\\.[0-9]+)?$");
# One spelling for one number: 1.50 is 1.5, 130/100 is 1.3.
def canon:
	if type == "boolean" then tostring
	elif type == "null" then "null"
	elif number then
		if test("\\.") then sub("0+$"; "") | sub("\\.$"; "") else . end
	elif type == "string" and test("^[0-9]+/100$") then
		sub("/100$"; "") | ("000" + .) | sub("(?<a>..)$"; ".\(.a)")
		| sub("^0+(?=[0-9])"; "") | canon
	else . end;
def set_text: "{" + (map(canon) | sort | join(",")) + "}";
# An outcome of a result as the vectors write it.
def outcome:
	if type == "object" then
		if has("value") then .value | outcome
		elif has("from") or has("to") then
			(if .from_closed == false then "(" else "[" end)
			+ "\(.from // "" | canon)..\(.to // "" | canon)"
			+ (if .to_closed == false then ")" else "]" end)
		elif has("status") then .status
		else tojson end
	elif type == "array" then set_text
	else canon end;
def want_outcome:
	if test("^\\{.*\\}$") then ltrimstr("{") | rtrimstr("}")
		| if . == "" then [] else split(",") end | set_text
	else canon end;
def want_list: if . == "" then [] else split("|") end;
def wanted: want_list | map(want_outcome) | sort;
# Members of a list; nothing else is one.
def members:
	if type == "array" then map(canon) else null end;
def name_of: if type == "object" then (.name // .field) else . end;

# One claim against a result: null when it holds, else what was got.
def check($name; $approx; $value; $r; $run):
	if $name == "outcomes" then
		($r.outcomes // [] | map(outcome) | sort) as $got
		| if $got == ($value | wanted) then null else $got end
	elif $name == "missing" then
		($r.missing // [] | map(name_of) | sort) as $got
		| if $got == ($value | want_list | sort) then null else $got end
	elif $name == "flips" then
		($r.flips // [] | map("\(.field // .name):\(.at | canon)") | unique) as $got
		| if $got == ($value | want_list | map(split(":") | "\(.[0]):\(.[1] | canon)") | unique)
		  then null else $got end
	elif $name == "evidence" or $name == "reason" or $name == "revision" then
		if $r[$name] == $value then null else $r[$name] end
	elif $name == "caveat" then
		if $r.caveats // [] | index($value) then null else $r.caveats end
	elif $name == "caveats" then
		if ($r.caveats // [] | sort) == ($value | want_list | sort) then null else $r.caveats end
	elif $name == "inexact" then
		if ($r.inexact // [] | sort) == ($value | want_list | sort) then null else $r.inexact // "none" end
	elif $name == "ends" then
		($r.values.steps // [] | map(.to // "open")) as $got
		| if ($got | sort) == ($value | want_list | sort) then null else $got end
	elif $name == "field" then
		if $r.field == $value or ($run.said | contains($value)) then null
		else $r.field // $run.said end
	elif $name == "steps" then
		($r.values[$name] // [] | if type == "array"
			then map("\(.from):\(.price | canon)") else [.status] end) as $got
		| if $got == ($value | want_list) then null else $got end
	elif $name == "limbs" or $name == "columns" or $name == "components"
		or $name == "actions" or $name == "alphas" then
		($r.values[$name] | members) as $got
		| if $got != null and ($got | sort) == ($value | want_list | sort)
		  then null else $r.values[$name] end
	else
		$r.values[$name] as $got
		| if $value | test("^undetermined(\\{.*\\})?$") then
			if ($got | type) != "object" or $got.status != "undetermined" then $got // "absent"
			elif $value == "undetermined" then null
			elif ($got.outcomes // [] | map(outcome) | sort)
				== ($value | capture("^undetermined\\{(?<x>.*)\\}$").x | wanted)
			then null
			else $got end
		  elif $value == "not_applicable" then
			if ($got | type) == "object" and $got.status == $value then null
			else $got // "absent" end
		  elif $approx then
			if ($got | type) == "string" and ($got | startswith($value)) then null
			else $got // "absent" end
		  elif ($got | type) == "object" or ($got | type) == "array" then $got
		  elif ($got | canon) == ($value | canon) then null
		  else $got // "absent" end
	end;

($results | map({key: "\(.id) \(.decision)", value: .}) | from_entries) as $by
| $rows | split("\n")[] | select(. != "") | split("\t")
| .[0] as $id | .[1] as $decision | .[3] as $status | .[4] as $expected
| $runs[.[5]] as $run | .[6] as $inputs | .[7] as $policy
| $by["\($id) \($decision)"] as $r
| ($expected | if . == "" then [] else split(";") end
	| map(capture("^(?<name>[A-Za-z0-9_.]+)(?<sign>[=~])(?<value>.*)$"))) as $claims
| (if $r == null then
	# a refused policy is not an answer: the command says so and stops
	if $status == "error" and $run.status == 3 then
		$claims | map(. as $c | select($c.name == "field" or $c.name == "reason")
			| select($run.said | contains($c.value) | not)
			| select($c.name == "field")
			| "\($c.name)=\($c.value) not said: \($run.said)")
	else ["no result; exit \($run.status): \($run.said)"] end
   else
	[if $r.status != $status then "status \($status), got \($r.status)"
		+ (if $r.reason then " (\($r.reason))" else "" end) else empty end,
	 if $status == "error" and $run.status != 4 then "exit 4, got \($run.status)"
	 elif $status != "error" and $run.status != 0 then
		"exit 0, got \($run.status): \($run.said)"
	 else empty end]
	+ [$claims[] | . as $c
		| check($c.name; $c.sign == "~"; $c.value; $r; $run) as $got
		| select($got != null)
		| "\($c.name)\($c.sign)\($c.value), got \($got | if type == "string" then . else tojson end)"]
   end) as $wrong
| select($wrong | length > 0)
| "\($id) \($decision): \($wrong | join("; "))  <- \($inputs) [\($policy)]"
