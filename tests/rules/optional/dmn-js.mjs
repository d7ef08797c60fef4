/*
 * Open every model in dmn-js, the common DMN editor, and photograph its
 * decision requirements diagram and its decision tables. Optional: needs npm
 * and Chromium, so it is not part of the test suite. To run, in an empty
 * folder outside the repository:
 *
 *   npm install dmn-js playwright-core
 *   NODE_PATH=$PWD/node_modules node .../tests/rules/optional/dmn-js.mjs \
 *       $PWD/node_modules pictures [part-of-a-file-name]
 *
 * Fails on an import warning, a shape that overlaps another, or a name that
 * does not fit its box. Then look at the pictures.
 */
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [modules, pictures, part = ""] = process.argv.slice(2);
const require = createRequire(join(modules, "x.js"));
const { chromium } = require("playwright-core");
const rules = join(dirname(fileURLToPath(import.meta.url)), "../../../rules");
const dist = join(modules, "dmn-js/dist");
mkdirSync(pictures, { recursive: true });

const page_html = `<!doctype html><meta charset="utf-8">
${["diagram-js.css", "dmn-js-shared.css", "dmn-js-drd.css",
	"dmn-js-decision-table.css", "dmn-js-decision-table-controls.css",
	"dmn-js-literal-expression.css", "dmn-js-boxed-expression.css",
	"dmn-font/css/dmn.css"].map((f) =>
		`<link rel="stylesheet" href="/assets/${f}">`).join("\n")}
<style>html,body,#canvas{margin:0;width:100%;height:100%}</style>
<div id="canvas"></div>
<script src="/dmn-navigated-viewer.development.js"></script>`;

const server = createServer((request, response) => {
	if (request.url === "/") {
		response.setHeader("content-type", "text/html");
		response.end(page_html);
		return;
	}
	try {
		if (request.url.endsWith(".css"))
			response.setHeader("content-type", "text/css");
		response.end(readFileSync(join(dist,
			request.url.split("?")[0])));
	} catch {
		response.statusCode = 404;
		response.end();
	}
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium",
	args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
		"--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync"] });
let bad = 0;
const complain = (...words) => { bad++; console.log(...words); };

async function open(page, xml) {
	return page.evaluate(async (text) => {
		document.getElementById("canvas").innerHTML = "";
		window.viewer = new DmnJS({ container: "#canvas" });
		const { warnings } = await window.viewer.importXML(text);
		return warnings.map((w) => w.message || String(w));
	}, xml);
}

/* Overlapping shapes, and labels wider than their shape. */
function look() {
	const active = window.viewer.getActiveViewer();
	const canvas = active.get("canvas");
	canvas.zoom("fit-viewport", "auto");
	const shapes = active.get("elementRegistry").filter((e) =>
		e.width && e.businessObject?.name && e.type !== "label");
	const out = [];
	for (const [i, a] of shapes.entries()) {
		for (const b of shapes.slice(i + 1))
			if (a.x < b.x + b.width && b.x < a.x + a.width &&
			    a.y < b.y + b.height && b.y < a.y + a.height)
				out.push(`${a.id} overlaps ${b.id}`);
		const text = canvas.getGraphics(a).querySelector("text");
		const words = text && text.textContent;
		if (words !== a.businessObject.name.replace(/ /g, "") &&
		    words !== a.businessObject.name)
			out.push(`${a.id}: "${words}" is shown`);
		const icon = /Decision|BusinessKnow/.test(a.type) ?
			28 : 0;
		if (text && text.getBBox().width > a.width - 2 * icon)
			out.push(`${a.id}: the name does not fit`);
	}
	return [shapes.length, out];
}

for (const revision of readdirSync(rules).filter((d) => /^r\d+$/.test(d))) {
	for (const file of readdirSync(join(rules, revision))) {
		if (!file.endsWith(".dmn") || !file.includes(part))
			continue;
		const stem = `${revision}-${file.replace(".dmn", "")}`;
		const xml = readFileSync(join(rules, revision, file), "utf8");
		const page = await browser.newPage({ viewport:
			{ width: 1800, height: 1000 } });
		page.on("pageerror", (e) => complain(stem, "error:", e.message));
		await page.goto(`http://127.0.0.1:${server.address().port}/`);
		for (const warning of await open(page, xml))
			complain(stem, "warning:", warning);
		const [count, notes] = await page.evaluate(look);
		for (const note of notes)
			complain(stem, note);
		await page.screenshot({ path: join(pictures, stem + ".png") });
		const views = await page.evaluate(() => window.viewer.getViews()
			.map((v) => [v.id, v.type]));
		let tables = 0; /* and the first of the literals */
		for (const [n, [id, type]] of views.entries()) {
			if (type === "drd")
				continue;
			await page.evaluate((at) => window.viewer.open(
				window.viewer.getViews()[at]), n);
			if ((await page.textContent("#canvas")).includes(
				"not supported"))
				complain(stem, `${id} cannot be shown`);
			if (type === "literalExpression" && tables)
				continue;
			if (tables++ < 8)
				await page.screenshot({ path: join(pictures,
					`${stem}-${id}.png`) });
		}
		console.log(`${stem}: ${count} shapes, ${views.length} views`);
		await page.close();
	}
}
await browser.close();
server.close();
process.exit(bad ? 1 : 0);
