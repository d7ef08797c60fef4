/*
 * Have Apache KIE validate 1,000 generated decision tables and record whether
 * it finds gaps and overlaps: tests/rules/kie/checks.tsv, which tests/dmn/test_kie.c holds our check
 * against. Optional, since it needs npm: start KIE as kie.mjs says, then
 *
 *   node tests/rules/optional/kie_checks.mjs http://127.0.0.1:18931 SHOKAN
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ask } from "./kie_lib.mjs";

const [url, shokan] = process.argv.slice(2);
const golden = join(dirname(fileURLToPath(import.meta.url)),
	"../kie/checks.tsv");
const COUNT = 1000;

let seed = 20260601;
function below(n) /* a linear congruential generator, the upper bits */
{
	seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
	return Math.floor(seed / 65536) % n;
}
const pick = (list) => list[below(list.length)];

const DATES = ["2026-01-01", "2026-03-31", "2026-06-01", "2026-12-31"]
	.map((d) => `date("${d}")`);
const WORDS = ['"x"', '"y"', '"z"'];

function interval(points)
{
	const a = below(points.length - 1);
	const b = a + 1 + below(points.length - a - 1);
	return pick(["[", "("]) + points[a] + ".." + points[b] +
		pick(["]", ")"]);
}

function ordered(points)
{
	return () => {
		switch (below(8)) {
		case 0: return "-";
		case 1: return `< ${pick(points)}`;
		case 2: return `<= ${pick(points)}`;
		case 3: return `> ${pick(points)}`;
		case 4: return `>= ${pick(points)}`;
		case 5: return pick(points);
		default: return interval(points);
		}
	};
}

function some(words)
{
	return () => {
		const kept = words.filter(() => below(2));
		return kept.length === 0 || kept.length === words.length ? "-" :
			kept.join();
	};
}

const COLUMNS = [
	{ type: "number", cell: ordered(["0", "2.5", "5", "10"]) },
	{ type: "number [0..10]", cell: ordered(["0", "2.5", "5", "10"]) },
	{ type: "boolean", cell: () => pick(["-", "true", "false"]) },
	{ type: `string ${WORDS.join()}`, cell: some(WORDS) },
	{ type: "date", cell: ordered(DATES) },
];

/* Rows that split what there is, so that gaps and overlaps are not the rule:
 * a row is cut in two at one column, again and again. */
const SPLITS = {
	"number": () => ["0", "2.5", "5", "10"].map((p) =>
		below(2) ? [`< ${p}`, `>= ${p}`] : [`<= ${p}`, `> ${p}`]),
	"number [0..10]": () => [["[0..2.5)", "[2.5..10]"],
		["[0..5]", "(5..10]"], ["0", "(0..10]"]],
	"boolean": () => [["true", "false"]],
	"date": () => DATES.map((d) => [`< ${d}`, `>= ${d}`]),
};
SPLITS[COLUMNS[3].type] = () => [['"x"', '"y","z"'], ['"x","z"', '"y"']];

function splitting(columns)
{
	const rows = [columns.map(() => "-")];
	for (let cuts = 1 + below(4); cuts > 0; cuts--) {
		const at = below(rows.length), column = below(columns.length);
		if (rows[at][column] !== "-")
			continue;
		const [a, b] = pick(SPLITS[columns[column].type]());
		const twin = [...rows[at]];
		rows[at][column] = a;
		twin[column] = b;
		rows.push(twin);
	}
	/* and now and then one cell is changed, or one row taken */
	if (below(3) === 0) {
		const column = below(columns.length);
		pick(rows)[column] = columns[column].cell();
	} else if (below(4) === 0 && rows.length > 1) {
		rows.splice(below(rows.length), 1);
	}
	return rows;
}

function generate()
{
	const columns = Array.from({ length: 1 + below(3) },
		() => pick(COLUMNS));
	const rows = below(3) ? splitting(columns) :
		Array.from({ length: 1 + below(5) }, () =>
			columns.map((c) => c.cell()));
	return { policy: below(4) ? "UNIQUE" : pick(["ANY", "FIRST",
		"RULE ORDER"]), types: columns.map((c) => c.type), rows,
		outputs: rows.map(() => below(2)) };
}

const escape = (t) => t.replace(/&/g, "&amp;").replace(/</g, "&lt;")
	.replace(/>/g, "&gt;");

/* The same as in tests/dmn/test_kie.c. */
function model(t)
{
	const names = t.types.map((_, i) => "abc"[i]);
	const base = (type) => type.split(" ")[0];
	const allowed = (type) => type.slice(base(type).length + 1);
	let id = 0;
	const head = (tag) => `<${tag} id="x${id++}"`;
	return `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/` +
		`MODEL/" id="m" name="m" namespace="urn:m">\n` +
		t.types.map((type, i) => allowed(type) ?
			`<itemDefinition id="t${i}" name="t${i}"><typeRef>` +
			`${base(type)}</typeRef><allowedValues id="v${i}">` +
			`<text>${allowed(type)}</text></allowedValues>` +
			"</itemDefinition>\n" : "").join("") +
		names.map((n, i) => `<inputData id="${n}" name="${n}">` +
			`${head("variable")} name="${n}" typeRef="` +
			`${allowed(t.types[i]) ? "t" + i : base(t.types[i])}"` +
			"/></inputData>\n").join("") +
		`<decision id="d" name="d">${head("variable")} name="d" ` +
		'typeRef="number"/>' +
		names.map((n) => `${head("informationRequirement")}>` +
			`<requiredInput href="#${n}"/>` +
			"</informationRequirement>").join("") +
		`<decisionTable id="table" hitPolicy="${t.policy}">` +
		names.map((n, i) => `${head("input")}>` +
			`${head("inputExpression")} typeRef="` +
			`${allowed(t.types[i]) ? "t" + i : base(t.types[i])}">` +
			`<text>${n}</text></inputExpression></input>`).join("") +
		`${head("output")}/>` +
		t.rows.map((row, i) => `${head("rule")}>` + row.map((cell) =>
			`${head("inputEntry")}><text>${escape(cell)}</text>` +
			"</inputEntry>").join("") + `${head("outputEntry")}>` +
			`<text>${t.outputs[i]}</text></outputEntry></rule>\n`)
			.join("") +
		"</decisionTable></decision></definitions>";
}

function ours(folder, text)
{
	const path = join(folder, "m.dmn");
	let out;
	writeFileSync(path, text);
	try {
		out = execFileSync(shokan, ["dmn", "check", path],
			{ encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
	} catch (error) {
		if (error.status !== 1)
			throw error;
		out = error.stdout;
	}
	if (/: (fault|unchecked): /.test(out))
		throw new Error(out);
	return { gap: / gap: /.test(out), overlap: / overlap: /.test(out),
		text: out.replace(/^\S* /gm, "") };
}

async function theirs(text)
{
	const answer = await ask(url, "/jitdmn/validate",
		[{ URI: "m.dmn", content: text }]);
	const types = answer.map((m) => m.messageType);
	if (types.some((type) => !/^DECISION_TABLE_/.test(type)))
		console.error(JSON.stringify(answer).slice(0, 600), text);
	return { gap: types.some((type) => type === "DECISION_TABLE_GAP"),
		overlap: types.some((type) => /OVERLAP/.test(type)),
		text: answer.map((m) => `${m.messageType} ${m.message}`)
			.join("\n") };
}

/* Values of a column: its constants, between them, and beyond. */
const DAYS = ["2025-12-31", "2026-01-01", "2026-02-01", "2026-03-31",
	"2026-05-01", "2026-06-01", "2026-08-01", "2026-12-31", "2027-01-01"];
const VALUES = {
	"number": [-1, 0, 1, 2.5, 3, 5, 7, 10, 11],
	"number [0..10]": [0, 1, 2.5, 3, 5, 7, 10],
	"boolean": ["true", "false"],
	"date": DAYS,
	[COLUMNS[3].type]: WORDS,
};

function takes(cell, x)
{
	const value = (text) => /date/.test(text) ?
		text.match(/"(.*)"/)[1] : Number(text);
	if (cell === "-")
		return true;
	if (/^"|true|false/.test(cell))
		return cell.split(",").includes(x);
	let m = cell.match(/^([[(])(.*)\.\.(.*)([\])])$/);
	if (m)
		return (m[1] === "[" ? x >= value(m[2]) : x > value(m[2])) &&
			(m[4] === "]" ? x <= value(m[3]) : x < value(m[3]));
	m = cell.match(/^([<>]?=?) ?(.*)$/);
	return { "<": x < value(m[2]), "<=": x <= value(m[2]),
		">": x > value(m[2]), ">=": x >= value(m[2]),
		"": x === value(m[2]) }[m[1]];
}

/* What trying every value finds: who is right where the engines differ. */
function tried(t)
{
	const found = { gap: false, overlap: false };
	const points = t.types.reduce((all, type) => all.flatMap((head) =>
		VALUES[type].map((x) => [...head, x])), [[]]);
	for (const point of points) {
		const hits = t.rows.map((_, i) => i).filter((i) =>
			t.rows[i].every((cell, k) => takes(cell, point[k])));
		if (hits.length === 0)
			found.gap = true;
		else if (t.policy === "UNIQUE" ? hits.length > 1 :
			t.policy === "ANY" && hits.some((i) =>
				t.outputs[i] !== t.outputs[hits[0]]))
			found.overlap = true;
	}
	return found;
}

/* Why KIE differs from what trying every value finds. */
function reason(t, answer)
{
	if (/ANALYSIS_ERROR/.test(answer))
		return "KIE gives up (inconsistent sort of bounds)";
	if (t.rows.some((row) => row.some((cell, i) =>
		t.types[i] === "number [0..10]" &&
		/^(< 0|> 10)$/.test(cell))))
		return "KIE takes a cell outside of the allowed values for " +
			"one inside";
	return "KIE misses the gap";
}

const folder = mkdtempSync(join(tmpdir(), "kie-"));
const lines = [], bad = [], seen = new Set();
let gaps = 0, overlaps = 0;
while (seen.size < COUNT) {
	const t = generate();
	const key = [t.policy, t.types.join(" | "), t.rows.map((r, i) =>
		[...r, t.outputs[i]].join(" | ")).join(" ; ")].join("\t");
	if (seen.has(key))
		continue;
	seen.add(key);
	const text = model(t);
	const a = ours(folder, text), b = await theirs(text);
	const verdict = (v) => (v.gap ? "gap" : "") +
		(v.gap && v.overlap ? "+" : "") + (v.overlap ? "overlap" : "") ||
		"none";
	gaps += b.gap;
	overlaps += b.overlap;
	const right = verdict(tried(t));
	if (verdict(a) !== right)
		console.error(`ours is wrong: ${key}\n${a.text}`);
	lines.push([key, verdict(b), ...(right === verdict(b) ? [] :
		[right, reason(t, b.text)])].join("\t"));
	if (verdict(b) !== right)
		bad.push(`${key}\nKIE: ${b.text}\nours: ${a.text}`);
}
rmSync(folder, { recursive: true });
lines.sort();
writeFileSync(golden, ["# 1,000 generated tables and what Apache KIE finds in " +
	"them: policy, columns, rows", "# (cells and output), KIE's verdict; " +
	"where trying every value finds something else,",
	"# that and the reason. Made by tests/rules/optional/kie_checks.mjs: " +
	`gaps in ${gaps},`, `# overlaps in ${overlaps}, ${bad.length} verdicts ` +
	"of KIE are wrong.", ...lines].join("\n") + "\n");
console.log(bad.join("\n\n"));
console.log(`${COUNT} tables, KIE finds gaps in ${gaps}, overlaps in`,
	`${overlaps}; ${bad.length} disagreements`);
