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
	for (const [, o, holds, words] of body.matchAll(
		/<output name="(\w+)" holds="([^"]+)" words="([^"]+)"/g))
		decisions[name].outputs[o] = [holds.split(" "),
			words.split(" ")];
	const a = body.match(/<applicability of="(\w+)"/);
	decisions[name].applicability = a && a[1];
}

/* presence auxiliary -> the fields of which it tells whether one is given */
const presence = Object.fromEntries([...book.matchAll(
	/<auxiliary name="(\w+)" type="given" fields="([^"]+)"/g)]
	.map((m) => [m[1], m[2].split(" ")]));
const FIRST_DAY = { r6: "2024-06-01", r8: "2026-06-01" };
/* facts from which coverage_class is the class */
const CLASS = {
	a1: { fee_bundled: true, fee_note_change: false,
		specified_fee_device: false },
	a3: { fee_bundled: true, fee_note_change: true },
	b2: { existing_category: true, time_limited_premium: false,
		existing_category_change: true },
	c1: { new_fee: false }, c2: { new_fee: true } };

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
	foreign_prices: (p) => p[1].includes("@")
		? { country: p[0], price: null,
			local_price: Number(p[1].split("@")[0]),
			rate: Number(p[1].split("@")[1]) }
		: { country: p[0], price: Number(p[1]), local_price: null,
			rate: null },
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
function context(inputs, policy, revision) {
	const c = { consumption_tax_factor: 1.1, price_rounding: "round3",
		pattern3_rule: "unpublished",
		unprofitable_over_pattern3: "undecided",
		revision_first_day: FIRST_DAY[revision],
		outlier_rules_after_large_fall: false,
		review_when_fewer_tests: false,
		unstated_slope: 1, unstated_economic_amount: 0,
		unseen_decision_period: 4, foreign_average_use: "repricing",
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
	category_facts(c);
	new_facts(c);
	for (const [name, list] of Object.entries(presence))
		c[name] = list.some((f) => f in c);
	return c;
}

/* The same for existing categories. */
function category_facts(c) {
	const result = (name) => {
		const v = c[name];
		delete c[name];
		return v;
	};
	const eligible = result("unprofitable_recalculation.eligible");
	const pattern = result("above_price_pattern.pattern");
	const target = result("foreign_price_repricing.target");
	if (eligible !== undefined)
		Object.assign(c, { requesters: ["A"], divergence_max: 1000,
			society_request: false, price_extremely_low: true,
			specific_only_indication: eligible,
			others_can_cover_specific: false,
			others_can_cover_single: true,
			others_can_cover_top2: true, large_share_single: 100,
			large_share_top2: 100, top2_reading: "of_requesters",
			society_request_suffices: false,
			necessity_shown_otherwise: true });
	if (pattern !== undefined)
		Object.assign(c, { current_price: 100, market_price: 200,
			majority_share: [100, 40, 70, 90][pattern],
			shares: [40, 30, 20, 10].map((share, i) => ({
				maker: "ABCD"[i], share, quantity: null })) });
	if (target !== undefined)
		Object.assign(c, { current_price: 100,
			foreign_average: target ? 10 : 1000,
			paediatric_or_rare_only: false,
			unprofitable_repriced_recently: false });
	if ("final_price" in c) {
		Object.assign(c, { consumption_tax_factor: 1,
			paediatric_or_rare_only: false,
			unprofitable_repriced_recently: false,
			foreign_average: c.final_price / 1.3 });
		delete c.final_price;
	}
	if ("foreign_average" in c) {
		c.foreign_prices = c.foreign_average === null ? [] :
			[{ country: "us", price: c.foreign_average,
				local_price: null, rate: null }];
		delete c.foreign_average;
	}
}

/* The same for new categories and for coverage. */
function new_facts(c) {
	if ("new_price" in c && "similar_price" in c) {
		/* a large premium, and a ceiling that gives the price */
		c.premiums = (c.premiums || []).map((p) => ({ ...p,
			rate_percent: 1000 }));
		Object.assign(c, { field_prices: [c.similar_price],
			needs_listed: false, orphan_designated: false,
			specific_use_designated: false,
			pioneering_designated: false,
			ceiling_tax_basis: "as_is", foreign_prices: [{
				country: "us", price: c.new_price / 1.25,
				local_price: null, rate: null }] });
		delete c.new_price;
	}
	if ("calculated_price" in c) {
		c.similar_price = c.calculated_price;
		c.premiums = [];
		delete c.calculated_price;
	}
	if ("similar_price" in c) {
		c.similar_parts = [{ price: c.similar_price, times: 1 }];
		delete c.similar_price;
	}
	if ("field_mean_price" in c) {
		c.field_prices = [c.field_mean_price];
		delete c.field_mean_price;
	}
	if ("economic_saving" in c)
		Object.assign(c, { uses_existing: 1, existing_price_for_new: 0,
			existing_price: c.economic_saving });
	if (c.economic_amount === null)
		delete c.economic_amount;
	if ("economic_amount" in c) /* half of the saving, for one use */
		Object.assign(c, { uses_existing: 1, uses_new: 1,
			existing_price_for_new: 0,
			existing_price: 2 * c.economic_amount });
	if ("listing_date" in c) /* 2025-12-01 */
		Object.assign(c, { coverage_class: "c1",
			decision_date: "2025-09-01" });
	if ("coverage_class" in c) {
		Object.assign(c, { kind: "device", not_covered: false,
			is_reprocessed: false, fee_bundled: false,
			existing_category: false }, CLASS[c.coverage_class]);
		delete c.coverage_class;
	}
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
	/* a model without decisions has nothing to give */
	if (!text.includes("<decision "))
		return out;
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
	if (Array.isArray(got) && got[0]?.from)
		return want === got.map((s) => `${s.from}:${s.price}`)
			.join("|");
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
	    !["determined", "not_applicable", "conflict"].includes(status)) {
		skipped++;
		continue;
	}
	const c = context(fields(inputs), fields(policy), revision);
	const result = await evaluate(revision, model, c);
	const values = Object.fromEntries((result.decisionResults || [])
		.map((r) => [r.decisionName.replace(/.*\./, ""), r.result]));
	const want = fields(expected);
	if (status !== "determined") {
		compared++;
		if ((values[d.applicability] ?? null) === null) {
			open++;
		} else if (values[d.applicability] !==
			(status === "conflict" ? "conflict:" : "") +
				want.reason) {
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
		const of = d.outputs[name];
		const got = Array.isArray(of)
			? of[1].filter((_, i) => values[of[0][i]] === true)
			: values[of] ?? null;
		if (got === null) {
			open++; /* decided in spite of an unknown: beyond KIE */
		} else if (!same(text, got)) {
			wrong++;
			console.log(id, name, JSON.stringify(got), "want",
				text);
		}
	}
}
console.log(`${compared} values compared, ${wrong} differ,`,
	`${open} are null for KIE because a fact is unknown,`,
	`${skipped} rows are not for KIE`);
process.exit(wrong ? 1 : 0);
