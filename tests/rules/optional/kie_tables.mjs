/*
 * Record what Apache KIE, another DMN engine, answers to every decision table
 * of the rules: tests/rules/kie/r6.tsv and r8.tsv, against which
 * tests/dmn/test_kie.c and tests/rules/kie.sh hold our engine. Optional, since
 * it needs npm: start KIE as kie.mjs says, then
 *
 *   node tests/rules/optional/kie_tables.mjs http://127.0.0.1:18931
 *
 * Each table is asked alone: a wrapper model has what the table requires as
 * input data. An input is sampled where its cells turn, just below and above,
 * and between; what only the outputs read, at two values; of all samples the
 * cross product is asked. A second table in the wrapper, with the row numbers
 * as outputs, tells the row: each must be reached.
 */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ask, feel, json, plain } from "./kie_lib.mjs";

const [url] = process.argv.slice(2);
const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const BOUND = 700; /* samples of one table */

/* Samples that the cells do not tell: cells that compare two inputs, lists. */
const SAMPLES = {
	current_price: ["100", "5678.9"],
	market_price_taxed: ["99.99", "100", "100.01", "5678.9"],
	disclosed_cost: ["0", "49.99", "50", "50.01", "79.99", "80", "80.01",
		"100"],
	total_cost: ["100"],
	staged_cut: ["0", "14.99", "15", "15.01", "20", "24.99", "25", "25.01",
		"60"],
	staged_final_price: ["40", "75.5"],
	review_points_exact: ["49", "50", "100", "101"],
	current_points: ["50", "100"],
	cost_alphas: ["[]", "[0.1]", "[0.1, 0.25]", "[0.1, 0.25, 0.3]"],
	similar_alphas: ["[]", "[0.1]", "[0.1, 0.25]", "[0.1, 0.25, 0.3]"],
	requester_names: ["[]", '["A"]', '["A", "B"]'],
	application_date: ['@"2026-01-01"', '@"2026-06-30"', '@"2026-10-31"'],
	decision_date: Array.from({ length: 12 }, (_, m) =>
		`@"2026-${String(m + 1).padStart(2, "0")}-15"`).concat(
		['@"2026-02-28"', '@"2026-03-01"', '@"2026-11-30"',
			'@"2026-12-01"', '@"2026-12-31"']),
	next_quarter_day: ['@"2026-09-01"', '@"2026-12-01"'],
	next_month_day: ['@"2026-07-01"', '@"2026-08-01"'],
	expansion_ratio: ["1", "1.99", "2", "2.01", "10", "99.9", "100",
		"1000"],
};

/* Here two inputs are compared; elsewhere their cells say where they turn. */
const TABLE_SAMPLES = {
	"review_target.actual_tests": ["0", "199.99", "200", "200.01"],
	"review_target.annual_tests": ["0", "199.99", "200", "200.01"],
};

/*
 * Where two inputs are compared, one has values beyond the greatest of the
 * other. They are asked for this input's sake only: the line begins with + and
 * the place of the input.
 */
const BEYOND = {
	"review_target.actual_tests": ["300"],
	"review_target.annual_tests": ["300"],
	"review_target.current_points": ["49", "101", "200"],
	"disclosure_factor.total_cost": ["0", "50", "80", "150", "1000"],
	"above_price_applicability.current_price": ["50"],
	"above_price_applicability.market_price_taxed": ["6000"],
};

/* Rows of which the table's own inputs exclude each other. */
const NEVER = ["staged_prices 4"];

/*
 * KIE calls a null output an error where the table lists its output values;
 * its answer is null all the same, as the standard has it.
 */
const NULL_OUTPUT = "Value null does not match list of allowed values.";

const entity = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const unescape = (t) => t.replace(/&(lt|gt|amp|quot|apos);/g,
	(_, e) => entity[e]);

function read(revision, file) {
	const text = readFileSync(join(root, "rules", revision, file), "utf8");
	const all = (tag) => [...text.matchAll(new RegExp(
		`<${tag} id="(\\w+)"[^>]*?(?:/>|>.*?</${tag}>)`, "gs"))];
	const model = { file, text, types: {}, elements: {}, imports: {},
		space: text.match(/ namespace="([^"]+)"/)[1] };
	for (const [xml, id] of all("itemDefinition"))
		model.types[id] = { xml,
			list: /^[^>]*isCollection="true"/.test(xml),
			base: xml.match(/<typeRef>([^<]+)/)?.[1],
			allowed: unescape(xml.match(
				/<allowedValues[^>]*>\s*<text>([^<]*)/)?.[1] ??
				"") };
	for (const tag of ["inputData", "decision", "businessKnowledgeModel"])
		for (const [xml, id] of all(tag))
			model.elements[id] = { tag, xml, id,
				type: xml.match(
					/<variable [^>]*typeRef="([^"]+)"/)
					?.[1] };
	for (const [xml] of text.matchAll(/<import [^>]*>/g))
		model.imports[xml.match(/ name="(\w+)"/)[1]] = { xml,
			space: xml.match(/ namespace="([^"]+)"/)[1],
			file: xml.match(/locationURI="([^"]+)"/)[1] };
	return model;
}

/* The FEEL type, the allowed values and whether it is a list. */
function domain(model, name) {
	const type = model.types[name];
	if (!type)
		return { base: name, allowed: "", list: false };
	if (!type.base)
		return { base: "Any", allowed: "", list: type.list };
	const of = domain(model, type.base);
	return { base: of.base, allowed: type.allowed || of.allowed,
		list: type.list || of.list };
}

const words = (text) => text.match(/"[^"]*"/g) ?? [];
const numbers = (text) => (text.replace(/"[^"]*"|\w*[a-z_]\w*/gi, "")
	.match(/\d+(\.\d+)?/g) ?? []).map(Number);

function inside(allowed, x) {
	let m = allowed.match(/^([<>]=?)\s*(-?[\d.]+)$/);
	if (m)
		return { "<": x < m[2], "<=": x <= m[2], ">": x > m[2],
			">=": x >= m[2] }[m[1]];
	m = allowed.match(/^([[(])(-?[\d.]+)\.\.(-?[\d.]+)([\])])$/);
	if (m)
		return (m[1] === "[" ? x >= m[2] : x > m[2]) &&
			(m[4] === "]" ? x <= m[3] : x < m[3]);
	return true;
}

function samples(table, need) {
	const own = TABLE_SAMPLES[`${table.id}.${need.id}`];
	const { base, allowed, list } = need.domain;
	const given = own ?? SAMPLES[need.id];
	if (given && base === "number" && !list &&
	    !given.every((x) => inside(allowed, Number(x))))
		throw new Error(`${need.id}: ${given} not in ${allowed}`);
	if (given)
		return given;
	if (list)
		return ["[]", "[1.5, 2]"];
	if (base === "boolean")
		return ["false", "true"];
	if (base === "string") {
		const all = words(allowed);
		for (const column of table.columns)
			if (column.text === need.written)
				all.push(...column.cells.flatMap(words));
		return all.length ? [...new Set(all)] : ['"x"'];
	}
	if (/^[\d,.\s]+$/.test(allowed))
		return numbers(allowed).map(String);
	/* where a cell turns, or a comparison with a constant */
	const points = new Set();
	for (const column of table.columns) {
		if (column.text === need.written)
			column.cells.flatMap(numbers)
				.forEach((n) => points.add(n));
		const m = column.text.match(new RegExp(
			`^${need.written} [<>=!]+ (\\d+)$`));
		if (m)
			points.add(Number(m[1]));
	}
	const sorted = [...points].sort((a, b) => a - b);
	const out = new Set(sorted.flatMap((p, i) => [p - 0.01, p, p + 0.01,
		i + 1 < sorted.length ? (p + sorted[i + 1]) / 2 : p + 100]));
	if (points.size === 0)
		[1, 2, 50, 150].forEach((x) => out.add(x));
	const kept = [...out].filter((x) => inside(allowed, x))
		.sort((a, b) => a - b);
	return (points.size ? kept : kept.slice(0, 2))
		.map((x) => plain(String(Number(x.toFixed(4)))));
}

/* Without citations. */
const bare = (xml) => xml
	.replace(/<extensionElements>.*?<\/extensionElements>/gs, "")
	.replace(/<authorityRequirement.*?<\/authorityRequirement>/gs, "");

/* A decision with a table, alone: what it needs, and its wrapper. */
function table(models, model, element) {
	const out = { id: element.id, file: model.file, needs: [] };
	let body = element.xml;
	for (const [, href] of body.matchAll(
		/<required(?:Input|Decision) href="([^"]+)"/g)) {
		const [space, id] = href.split("#");
		const prefix = space && Object.keys(model.imports).find((n) =>
			model.imports[n].space === space);
		const home = space ? models.find((m) => m.space === space) :
			model;
		out.needs.push({ id, domain: domain(home,
			home.elements[id].type), written: id,
			type: space ? null : home.elements[id].type });
		if (space)
			body = body.replace(new RegExp(
				`\\b${prefix}\\.${id}\\b`, "g"), id);
	}
	out.columns = [...body.matchAll(/<inputExpression[^>]*>\s*<text>([^<]*)/g)]
		.map((m) => ({ text: unescape(m[1]).trim(), cells: [] }));
	out.rows = [...body.matchAll(/<rule .*?<\/rule>/gs)].map((m) => m[0]);
	for (const row of out.rows)
		[...row.matchAll(/<inputEntry[^>]*>\s*<text>([^<]*)/g)].forEach(
			(m, i) => out.columns[i].cells.push(unescape(m[1])));
	out.date = domain(model, element.type).base === "date";
	out.collect = body.includes('hitPolicy="COLLECT"');

	body = bare(body).replace(/<informationRequirement.*?<\/informationRequirement>/gs,
			"");
	const knows = body.match(/<knowledgeRequirement.*?<\/knowledgeRequirement>/gs)
		?? [];
	const local = Object.values(model.elements)
		.filter((e) => e.tag === "businessKnowledgeModel");
	const space = [...local.map((e) => e.xml), ...knows].join("");
	const requires = out.needs.map((n, i) => `<informationRequirement ` +
		`id="need_ID_${i}"><requiredInput href="#${n.id}"/>` +
		`</informationRequirement>`).join("\n");
	body = body.replace(/(<variable [^>]*>)/, `$1\n${requires}`);
	/* the same table with the numbers of its rows for outputs */
	let at = 0;
	const rows = body.replace(/(<decision [^>]*name=")\w+/, "$1row_reached")
		.replace(/(<variable [^>]*name=")\w+("[^>]*?)( typeRef="\w+")/,
			"$1row_reached$2")
		.replace(/<outputValues.*?<\/outputValues>/gs, "")
		.replace(/(<outputEntry[^>]*>\s*<text>)[^<]*/g,
			(_, head) => head + ++at)
		.replace(/ id="/g, ' id="row_').replace(/need_ID/g, "need_row");
	out.model = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/` +
		`MODEL/" id="wrapper" name="wrapper" namespace="urn:wrapper">\n` +
		Object.values(model.imports)
			.filter((i) => space.includes(`"${i.space}#`))
			.map((i) => i.xml).join("\n") +
		Object.values(model.types).map((t) => t.xml).join("\n") +
		out.needs.map((n) => `<inputData id="${n.id}" name="${n.id}">` +
			`<variable id="${n.id}_v" name="${n.id}" typeRef="` +
			(n.type ?? (n.domain.list ? "Any" : n.domain.base)) +
			`"/></inputData>`).join("\n") +
		local.map((e) => bare(e.xml)).join("\n") +
		body.replace(/need_ID/g, "need") + rows + "</definitions>";
	out.imports = Object.entries(model.imports)
		.filter(([, i]) => space.includes(`"${i.space}#`));
	return out;
}

/* Input data of imported models are asked for, though nobody reads them. */
function shaped(models, imports) {
	return imports.map(([name, { space }]) => {
		const of = models.find((m) => m.space === space);
		const inputs = Object.values(of.elements)
			.filter((e) => e.tag === "inputData")
			.map((e) => `"${e.id}":null`);
		return `"${name}":{${inputs.join()}}`;
	});
}

function product(lists) {
	return lists.reduce((all, list) => all.flatMap((head) =>
		list.map((x) => [...head, x])), [[]]);
}

/*
 * The cross product; of inputs that no cell tests only the first two samples
 * enter it, and the others while the rest of these are at their first.
 */
function choose(t) {
	const lists = t.needs.map((n) => samples(t, n));
	const free = t.needs.map((n) => !t.columns.some((c) =>
		new RegExp(`\\b${n.id}\\b`).test(c.text)));
	const asked = product(lists.map((list, i) => free[i] ?
		list.slice(0, 2) : list));
	lists.forEach((list, i) => {
		if (free[i] && list.length > 2)
			asked.push(...product(lists.map((other, j) =>
				j === i ? list.slice(2) :
				free[j] ? other.slice(0, 1) : other)));
	});
	const out = asked.map((values) => ({ head: [], values }));
	t.needs.forEach((need, i) => {
		const beyond = BEYOND[`${t.id}.${need.id}`];
		if (beyond)
			out.push(...product(lists.map((list, j) =>
				i === j ? beyond : list)).map((values) =>
				({ head: [`+${i + 1}`], values })));
	});
	return out;
}

/* The models that a wrapper imports, and what these import. */
function reachable(models, imports, found = new Set()) {
	for (const [, { space }] of imports) {
		const of = models.find((m) => m.space === space);
		if (!found.has(of)) {
			found.add(of);
			reachable(models, Object.entries(of.imports), found);
		}
	}
	return found;
}

async function record(models, t) {
	const reached = new Set();
	const asked = choose(t);
	if (asked.length > BOUND)
		throw new Error(`${t.id}: ${asked.length} samples`);
	const lines = [];
	const resources = [{ URI: "wrapper.dmn", content: t.model },
		...[...reachable(models, t.imports)].map((m) => (
			{ URI: m.file, content: m.text }))];
	if (process.env.DUMP)
		writeFileSync(join(process.env.DUMP, t.id + ".dmn"), t.model);
	for (const { head, values } of asked) {
		const context = "{" + [...t.needs.map((n, i) =>
			`"${n.id}":${json(values[i])}`),
			...shaped(models, t.imports)].join() + "}";
		const answer = await ask(url, "/jitdmn/dmnresult", resources,
			context);
		const of = (name) => answer.decisionResults?.find((r) =>
			r.decisionName === name);
		const result = of(t.id);
		const errors = (answer.messages ?? []).filter((m) =>
			m.severity === "ERROR" &&
			!m.message.endsWith(NULL_OUTPUT));
		if (!result || errors.length ||
		    (result.evaluationStatus !== "SUCCEEDED" &&
		     result.result !== null))
			console.error(t.file, t.id, values.join(" "),
				JSON.stringify(answer).slice(0, 800));
		[of("row_reached").result].flat().forEach((r) =>
			r && reached.add(Number(String(r).slice(1))));
		lines.push([...head, ...values, feel(result.result, t.date)]
			.join("\t"));
	}
	for (let row = 1; row <= t.rows.length; row++)
		if (!reached.has(row) && !NEVER.includes(`${t.id} ${row}`))
			console.error(`${t.file} ${t.id}: row ${row} is not`,
				"reached");
	return lines;
}

for (const revision of ["r6", "r8"]) {
	const models = readdirSync(join(root, "rules", revision)).sort()
		.filter((f) => f.endsWith(".dmn"))
		.map((f) => read(revision, f));
	const out = ["# Answers of Apache KIE to the decision tables of " +
		`rules/${revision}, made by`,
		"# tests/rules/optional/kie_tables.mjs. A table opens with " +
		"its file, its decision", "# and what it reads; a sample a " +
		"line follows, the answer last. FEEL texts. A line with",
		"# +N adds values of the Nth input to those of the lines " +
		"that are like it otherwise."];
	let tables = 0, count = 0;
	for (const model of models)
		for (const e of Object.values(model.elements)) {
			if (!e.xml.includes("<decisionTable"))
				continue;
			const t = table(models, model, e);
			const lines = await record(models, t);
			out.push("", ["table", t.file, t.id,
				...t.needs.map((n) => n.id)].join("\t"),
				...lines);
			tables++;
			count += lines.length;
		}
	writeFileSync(join(root, "tests/rules/kie", `${revision}.tsv`),
		out.join("\n") + "\n");
	console.log(`${revision}: ${tables} tables, ${count} samples`);
}
