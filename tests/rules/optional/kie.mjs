/*
 * Evaluate the models in Apache KIE, another DMN engine, with known inputs and
 * compare with vectors.csv. Optional: not part of the test suite, since it
 * needs npm. To run (outside the repository):
 *
 *   npm install @kie-tools/jitexecutor-native      (then chmod +x its binary)
 *   dist/linux/jitexecutor -Dquarkus.http.host=127.0.0.1 \
 *       -Dquarkus.http.port=18931 &
 *   node tests/rules/optional/kie.mjs http://127.0.0.1:18931 vectors.csv [id-prefix]
 *
 * KIE knows nothing of "unknown", so only rows with status determined or
 * not_applicable are compared. A fact that stands in place of a decision is
 * turned into inputs from which that decision gives the same value.
 */
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [url, vectors, prefix = ""] = process.argv.slice(2);
const rules = join(dirname(fileURLToPath(import.meta.url)), "../../../rules");
const book = readFileSync(join(rules, "rulebook.xml"), "utf8");

/* decision -> { revision -> model, outputs, applicability } */
const decisions = {};
for (const [, name, body] of book.matchAll(
	/<decision name="(\w+)"[^>]*>(.*?)<\/decision>/gs)) {
	decisions[name] = { models: {}, outputs: {}, applicability: null };
	for (const [, r, m] of body.matchAll(
		/<in revision="(\w+)" model="([\w.]+)"/g))
		decisions[name].models[r] = m;
	for (const [, o, of] of body.matchAll(
		/<output name="(\w+)" of="(\w+)"/g))
		decisions[name].outputs[o] = of;
	const a = body.match(/<applicability of="(\w+)"/);
	decisions[name].applicability = a && a[1];
}

function fields(text) {
	const out = {};
	for (const part of text.split(";").filter(Boolean)) {
		const at = part.indexOf("=");
		out[part.slice(0, at)] = part.slice(at + 1);
	}
	return out;
}

function csv(line) {
	return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
		.map((m) => m[1].replace(/^"|"$/g, "").replace(/""/g, '"'));
}

const LISTS = {
	shares: (p) => p[1].startsWith("q")
		? { maker: p[0], share: null, quantity: Number(p[1].slice(1)) }
		: { maker: p[0], share: Number(p[1]), quantity: null },
	requesters: (p) => p[0],
	base_items: (p) => ({ points: Number(p[0]), times: Number(p[1]) }),
	field_prices: (p) => Number(p[0]),
	similar_parts: (p) => ({ price: Number(p[0]), times: Number(p[1]) }),
	foreign_prices: (p) => ({ country: p[0], price: Number(p[1]) }),
	premiums: (p) => ({ kind: p[0],
		rate_percent: p[1] && !p[1].startsWith("p") ? Number(p[1]) : null,
		points: p[1]?.startsWith("p") ? Number(p[1].slice(1)) : null }),
};

function value(name, text) {
	if (text === "none")
		return LISTS[name] ? [] : null;
	if (LISTS[name])
		return text.split("|").map((i) => LISTS[name](i.split(":")));
	if (text === "true" || text === "false")
		return text === "true";
	return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/* Constants, and facts in place of decisions turned into inputs. */
function context(inputs, policy) {
	const c = { consumption_tax_factor: 1.1, price_rounding: "round3",
		pattern3_rule: "unpublished",
		special_depreciation_first_day: "2019-04-01",
		special_depreciation_last_day: "2027-03-31",
		unlisted_top_share: 0, unlisted_requester_share: 0,
		unpublished_pattern3_price: 1 };
	for (const [k, v] of Object.entries(inputs))
		c[k] = value(k, v);
	for (const [k, v] of Object.entries(policy))
		c[k] = v === "none" ? v : value(k, v);
	if ("market_price_taxed" in c) {
		c.market_price = c.market_price_taxed;
		c.consumption_tax_factor = 1;
	}
	if ("base_points" in c)
		c.base_items = [{ points: c.base_points, times: 1 }];
	if ("necessity_particularly_high" in c)
		c.necessity_shown_otherwise = c.necessity_particularly_high;
	if ("divergence_large" in c) {
		c.current_price ??= 110;
		c.market_price ??= 100;
		c.divergence_max = c.divergence_large ? -1000 : 1000;
	} else if ("divergence_percent" in c) {
		Object.assign(c, { current_price: 100,
			market_price: 100 - c.divergence_percent,
			consumption_tax_factor: 1 });
	}
	if ("cost_calculated_price" in c) {
		Object.assign(c, { cost_packaging: 0, cost_labour: 0,
			cost_manufacturing: 0, cost_admin_sales: 0,
			cost_rnd: 0, cost_operating_profit: 0,
			cost_distribution: 0, consumption_tax_factor: 1,
			cost_materials: c.cost_calculated_price });
	}
	return c;
}

function resources(revision) {
	const folder = join(rules, revision);
	return readdirSync(folder).filter((f) => f.endsWith(".dmn"))
		.map((f) => ({ URI: f,
			content: readFileSync(join(folder, f), "utf8") }));
}

/* A model's input data, and those of what it imports below the import name. */
function shaped(files, model, c) {
	const text = files.find((f) => f.URI === model).content;
	const out = {};
	for (const [, n] of text.matchAll(/<inputData id="(\w+)"/g))
		out[n] = c[n] ?? null;
	for (const [, n, uri] of text.matchAll(
		/<import [^>]*name="(\w+)"[^>]*locationURI="([\w.]+)"/g))
		out[n] = shaped(files, uri, c);
	return out;
}

async function evaluate(revision, model, c) {
	const files = resources(revision);
	const answer = await fetch(url + "/jitdmn/dmnresult", {
		method: "POST", headers: { "content-type": "application/json" },
		body: JSON.stringify({ mainURI: model, resources: files,
			context: shaped(files, model, c) }) });
	const text = await answer.text();
	if (!answer.ok)
		throw new Error(text.slice(0, 400));
	return JSON.parse(text);
}

function same(want, got) {
	if (want.includes("/") && typeof got === "number") {
		const [a, b] = want.split("/");
		return Math.abs(Number(a) / Number(b) - got) < 1e-12;
	}
	if (Array.isArray(got))
		return want.split("|").filter(Boolean).sort().join() ===
			got.map(String).sort().join();
	if (typeof got === "number")
		return Math.abs(Number(want) - got) < 1e-9;
	return String(got) === want;
}

const OTHER = new Set(["evidence", "caveat", "reason", "revision", "missing",
	"flips", "outcomes", "field"]);
let compared = 0, wrong = 0, skipped = 0, open = 0;
for (const line of readFileSync(vectors, "utf8").split(/\r?\n/).slice(1)) {
	if (!line || !line.startsWith(prefix))
		continue;
	const [id, decision, revision, inputs, policy, status, expected] =
		csv(line);
	const d = decisions[decision];
	const model = d?.models[revision];
	if (!model || inputs.includes("payer_lane") ||
	    (status !== "determined" && status !== "not_applicable")) {
		skipped++;
		continue;
	}
	const c = context(fields(inputs), fields(policy));
	const result = await evaluate(revision, model, c);
	const values = Object.fromEntries((result.decisionResults || [])
		.map((r) => [r.decisionName.replace(/.*\./, ""), r.result]));
	const want = fields(expected);
	if (status === "not_applicable") {
		compared++;
		if (values[d.applicability] !== want.reason) {
			wrong++;
			console.log(id, d.applicability,
				values[d.applicability], "want", want.reason);
		}
		continue;
	}
	for (const [name, text] of Object.entries(want)) {
		if (OTHER.has(name) || text.startsWith("undetermined") ||
		    text === "not_applicable" || name.endsWith("~"))
			continue;
		compared++;
		if (values[d.outputs[name]] === null) {
			open++; /* decided in spite of an unknown: beyond KIE */
		} else if (!same(text, values[d.outputs[name]])) {
			wrong++;
			console.log(id, name, JSON.stringify(
				values[d.outputs[name]]), "want", text);
		}
	}
}
console.log(`${compared} values compared, ${wrong} differ,`,
	`${open} are null for KIE because a fact is unknown,`,
	`${skipped} rows are not for KIE`);
process.exit(wrong ? 1 : 0);
