/*
 * The coefficient in Apache KIE: node kie.mjs NPM_FOLDER, CSV from standard
 * input to standard output. The model is coefficient.dmn beside this file; KIE
 * gets the records by the thousand, so that reading the model and the network
 * count little. An empty cell is null, which matches no condition.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const SIZE = 5000;
const here = dirname(fileURLToPath(import.meta.url));
const program = join(process.argv[2],
	"node_modules/@kie-tools/jitexecutor-native/dist/linux/jitexecutor");
const port = 18000 + process.pid % 2000;
const model = { URI: "coefficient.dmn",
	content: readFileSync(join(here, "coefficient.dmn"), "utf8") };

chmodSync(program, 0o755);
const server = spawn(program, ["-Dquarkus.http.host=127.0.0.1",
	`-Dquarkus.http.port=${port}`], { stdio: "ignore" });

async function ask(records) {
	for (let tries = 0; ; tries++) {
		try {
			const answer = await fetch(
				`http://127.0.0.1:${port}/jitdmn`, {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify({ mainURI: model.URI,
					resources: [model],
					context: { records } }) });
			if (!answer.ok)
				throw new TypeError(await answer.text(),
					{ cause: { fatal: true } });
			return (await answer.json()).answers;
		} catch (error) { /* not up yet */
			if (tries === 200 || error.cause?.fatal)
				throw error;
			await new Promise((done) => setTimeout(done, 50));
		}
	}
}

const truth = (cell) => cell === "" ? null : cell === "true";
const number = (cell) => cell === "" ? null : Number(cell);
const lines = readFileSync(0, "utf8").split("\n").slice(1).filter(Boolean)
	.map((line) => line.split(","));
const out = ["id,status,value,points"];
try {
	for (let at = 0; at < lines.length; at += SIZE) {
		const part = lines.slice(at, at + SIZE);
		const answers = await ask(part.map(([, , orphan, aid, tests]) =>
			({ orphan: truth(orphan), aid: truth(aid),
				tests: number(tests) })));
		part.forEach(([id, , , , , points], i) => out.push(
			answers[i] === 0 ? `${id},not_applicable,,` :
			`${id},determined,${answers[i] / 10},${points === "" ?
				"" : Math.floor((Number(points) * answers[i] +
					5) / 10)}`));
	}
} finally {
	server.kill();
	await once(server, "exit");
}
const text = Buffer.from(out.join("\n") + "\n");
for (let at = 0; at < text.length;)
	at += writeSync(1, text, at);
