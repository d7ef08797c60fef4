/*
 * The answer while typing: after a pause the same address that the button asks
 * is fetched, and its answer and marks are put into this page. Focus, caret and
 * what was typed stay. Without this file the button does the same.
 */
"use strict";
(function () {
	const form = document.getElementById("ask");
	const live = document.getElementById("live");
	const answer = document.getElementById("answer");
	const pause = 350; /* milliseconds without a key */
	let timer = 0;
	let running = null;
	let asked = "";

	/* A link behind which something is worked out first says so. */
	for (const link of document.querySelectorAll("a[data-wait]")) {
		const status = link.parentNode.querySelector("[role=status]");

		link.addEventListener("click", (event) => {
			if (!event.ctrlKey && !event.metaKey && !event.shiftKey)
				status.textContent = link.dataset.wait;
		});
		/* and no more when somebody comes back */
		addEventListener("pageshow", () => status.textContent = "");
	}

	if (!form || !live || !answer)
		return;

	/* What is filled in, without what is empty. */
	function address() {
		const pairs = new URLSearchParams();

		for (const [name, value] of new FormData(form))
			if (value !== "")
				pairs.append(name, value);
		return form.getAttribute("action") + "?" + pairs;
	}

	/* The short answer, for those who hear it and on small screens. */
	function tell() {
		const parts = answer.querySelectorAll(
			".answer .status, .answer .lead");
		const first = answer.querySelector("p");
		const texts = Array.from(parts, (part) => part.textContent);
		const text = texts.join(": ") ||
			(first ? first.textContent : "");

		if (live.textContent !== text)
			live.textContent = text;
	}

	function fields(root) {
		return Array.from(root.querySelectorAll(".field[id]"),
			(field) => field.id).sort().join(" ");
	}

	/* Mark and error of one field as the new page has them; the input, and
	   with it focus and caret, stays. */
	function mark(now, next) {
		const state = now.querySelector(".state");
		const wanted = next.querySelector(".state");
		const error = now.querySelector(".error");
		const wrong = next.querySelector(".error");
		const at = now.querySelector("[aria-describedby]");
		const to = next.querySelector("[aria-describedby]");

		if (state && wanted) {
			state.className = wanted.className;
			state.textContent = wanted.textContent;
		}
		if (error)
			error.remove();
		if (wrong)
			now.querySelector(".hint").after(wrong);
		if (!at || !to)
			return;
		at.setAttribute("aria-describedby",
			to.getAttribute("aria-describedby"));
		if (to.hasAttribute("aria-invalid"))
			at.setAttribute("aria-invalid", "true");
		else
			at.removeAttribute("aria-invalid");
	}

	/* A field that has become needed is not left folded. */
	function unfold() {
		for (const state of form.querySelectorAll("details .alone, " +
			"details .missing, details .wrong"))
			state.closest("details").open = true;
	}

	/* Other rules ask for other facts: then the fields are exchanged, unless
	   somebody is in them. What was filled in comes with them. */
	function exchange(next) {
		const inside = "#facts:focus-within, #parameters:focus-within";

		if (form.querySelector(inside))
			return false;
		for (const id of ["facts", "parameters"]) {
			const now = form.querySelector("#" + id);
			const other = next.querySelector("#" + id);

			if (now && other)
				now.replaceWith(other);
			else if (now)
				now.remove();
			else if (other)
				form.querySelector("#rules").before(other);
		}
		for (const hidden of form.querySelectorAll("[type=hidden]"))
			hidden.remove();
		form.prepend(...next.querySelectorAll("[type=hidden]"));
		return true;
	}

	function merge(page) {
		const next = page.getElementById("ask");

		if (fields(next) === fields(form))
			for (const field of form.querySelectorAll(".field[id]"))
				mark(field, page.getElementById(field.id));
		else if (!exchange(next))
			return false;
		document.getElementById("errors").replaceChildren(
			...page.getElementById("errors").childNodes);
		answer.replaceChildren(
			...page.getElementById("answer").childNodes);
		document.querySelector(".languages").replaceWith(
			page.querySelector(".languages"));
		unfold();
		return true;
	}

	async function ask() {
		const to = address();

		if (to === asked)
			return;
		asked = to;
		if (running)
			running.abort();
		running = new AbortController();
		document.body.classList.add("busy");
		try {
			const reply = await fetch(to,
				{ signal: running.signal });
			const page = new DOMParser().parseFromString(
				await reply.text(), "text/html");

			document.body.classList.remove("busy");
			if (!page.getElementById("ask")) {
				/* too busy, or too long: it says which */
				asked = "";
				live.textContent = page.querySelector(
					"main .errors")?.textContent || "";
				return;
			}
			if (!merge(page)) {
				asked = "";
				return;
			}
			history.replaceState(null, "", to);
			copy();
			tell();
		} catch (error) {
			if (error.name === "AbortError")
				return;
			asked = "";
			document.body.classList.remove("busy");
		}
	}

	function later() {
		clearTimeout(timer);
		timer = setTimeout(ask, pause);
	}

	/* A button beside the link, where the browser lets pages copy. */
	function copy() {
		const link = document.getElementById("share");
		const label = form.dataset.copy;

		if (!link || !label || !navigator.clipboard)
			return;
		const button = document.createElement("button");

		button.type = "button";
		button.className = "second";
		button.textContent = label;
		button.addEventListener("click", async () => {
			await navigator.clipboard.writeText(link.href);
			button.textContent = form.dataset.copied;
		});
		link.after(" ", button);
	}

	/* the parts of a field for a day are not brought into view by Chromium */
	form.addEventListener("focusin", (event) =>
		event.target.scrollIntoView({ block: "nearest" }));
	form.addEventListener("input", later);
	form.addEventListener("change", later);
	form.addEventListener("submit", (event) => {
		/* the address that is shown has nothing empty in it */
		event.preventDefault();
		clearTimeout(timer);
		location.assign(address());
	});
	copy();
})();
