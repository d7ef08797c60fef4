/*
 * What the scripts that ask Apache KIE share: the requests, and values between
 * KIE's JSON and FEEL text. Numbers stay text on the whole way, so that no
 * digit is lost.
 */
export async function ask(url, path, resources, context) {
	const body = { mainURI: resources[0].URI, resources };
	if (context !== undefined)
		body.context = 0;
	let text = JSON.stringify(body);
	if (context !== undefined)
		text = text.replace(/"context":0}$/,
			() => `"context":${context}}`);
	const answer = await fetch(url + path, { method: "POST",
		headers: { "content-type": "application/json" }, body: text });
	const raw = await answer.text();
	if (!answer.ok)
		throw new Error(raw.slice(0, 600));
	/* a number becomes the string "\0" + its digits */
	return JSON.parse(raw.replace(
		/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g,
		(m) => m[0] === '"' ? m : JSON.stringify("\0" + m)));
}

/* 1.50, 1E+2 -> 1.5, 100 */
export function plain(number) {
	const [, sign, whole, part = "", e = "0"] = number.match(
		/^(-?)(\d+)(?:\.(\d+))?(?:[eE]\+?(-?\d+))?$/);
	let digits = whole + part, point = whole.length + Number(e);
	if (point <= 0) {
		digits = "0".repeat(1 - point) + digits;
		point = 1;
	}
	digits = digits.padEnd(point, "0");
	const left = digits.slice(0, point).replace(/^0+(?=\d)/, "");
	const right = digits.slice(point).replace(/0+$/, "");
	const text = right ? `${left}.${right}` : left;
	return text === "0" ? "0" : sign + text;
}

/* An answer as FEEL; `date`: strings are dates. */
export function feel(value, date) {
	if (value === null || value === undefined)
		return "null";
	if (Array.isArray(value))
		return `[${value.map((v) => feel(v, date)).join(", ")}]`;
	if (typeof value === "string" && value[0] === "\0")
		return plain(value.slice(1));
	if (typeof value === "string")
		return (date ? "@" : "") + JSON.stringify(value);
	return String(value);
}

/* FEEL text of a sample as JSON */
export const json = (text) => text.replace(/@(?=")/g, "");
