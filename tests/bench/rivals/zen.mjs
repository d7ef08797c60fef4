/*
 * The coefficient as a decision table of zen (GoRules): node zen.mjs
 * NPM_FOLDER, CSV from standard input to standard output. As a program around
 * an engine does, it gives an empty number as 0 and an empty word as false.
 */
import { createRequire } from "node:module";
import { readFileSync, writeSync } from "node:fs";

const require = createRequire(process.argv[2] + "/");
const { ZenEngine } = require("@gorules/zen-engine");

const bands = [["< 200", 15], ["[200..400)", 14], ["[400..600)", 13],
	["[600..800)", 12], [">= 800", 11]];
const row = (number, orphan, aid, tests, tenths) => ({ _id: String(number),
	orphan, aid, tests, tenths: String(tenths) });
const rules = [
	...bands.map(([tests, tenths], i) => row(i, "true", "", tests, tenths)),
	...bands.map(([tests, tenths], i) => row(i + 5, "", "true",
		tests === ">= 800" ? "[800..1000)" : tests, tenths)),
	row(10, "", "", "", 0)];
const input = (id, field) => ({ id, name: id, type: "expression", field });
const table = { hitPolicy: "first", rules,
	inputs: [input("orphan", "orphan"), input("aid", "aid"),
		input("tests", "tests")],
	outputs: [input("tenths", "tenths")] };
const model = { contentType: "application/vnd.gorules.decision",
	nodes: [{ id: "in", name: "in", type: "inputNode" },
		{ id: "table", name: "table", type: "decisionTableNode",
			content: table },
		{ id: "out", name: "out", type: "outputNode" }],
	edges: [{ id: "1", sourceId: "in", targetId: "table", type: "edge" },
		{ id: "2", sourceId: "table", targetId: "out", type: "edge" }] };
const decision = new ZenEngine()
	.createDecision(Buffer.from(JSON.stringify(model)));

const out = ["id,status,value,points"];
for (const line of readFileSync(0, "utf8").split("\n").slice(1)) {
	if (!line)
		continue;
	const [id, , orphan, aid, tests, points] = line.split(",");
	const { result } = await decision.evaluate({ orphan: orphan === "true",
		aid: aid === "true", tests: Number(tests) });
	const tenths = result.tenths;
	out.push(tenths === 0 ? `${id},not_applicable,,` :
		`${id},determined,${tenths / 10},${
			Math.floor((Number(points) * tenths + 5) / 10)}`);
}
const text = Buffer.from(out.join("\n") + "\n");
for (let at = 0; at < text.length;)
	at += writeSync(1, text, at);
