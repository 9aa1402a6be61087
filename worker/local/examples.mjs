#!/usr/bin/env node
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./paths.mjs";

/** What RECORD_EXAMPLES recorded, fit to be read: short, without anything that was somebody's secret, and the same for the same run. */
const [, , from] = process.argv;
if (!from) throw new Error("Say which file was recorded: npm exec -- node worker/local/examples.mjs FILE");

const MOST_ITEMS = 2;
const LONGEST = 240;
const SHOWN = {
	access_token: "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.…",
	password: "a long password of yours",
	currentPassword: "the password until now",
	newPassword: "a long password of yours",
	token: "dGhlIHRva2VuIHRoYXQgd2FzIG1haWxlZCB0byB5b3U",
	ticket: "dGhlIHRpY2tldCBvZiB0aGlzIHBhZ2U",
	secret: "whsec_dGhlIHNlY3JldCBvZiB0aGlzIHdlYmhvb2s=",
	key: "tk_7K2M9QXW4V8N5T3R1P6H0JZC",
};
const ULID = /[0-9A-HJKMNP-TV-Z]{26}/g;
const ids = new Map();

function idFor(ulid) {
	if (!ids.has(ulid)) ids.set(ulid, `01K9ZC3W4Q8Y7N5T2R1M6P0${String(ids.size + 1).padStart(3, "0")}`);
	return ids.get(ulid);
}

// The API takes both spellings; one is enough to show. The session keeps its own.
const camel = (name) =>
	name in SHOWN || /^(token_type|expires_at)$/.test(name)
		? name
		: name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());

function tidyText(text, name) {
	if (name in SHOWN && text.length > 5) return SHOWN[name];
	return text
		.replaceAll(ULID, idFor)
		.replaceAll(/[\w.+-]+@[\w-]+\.(test|com)/g, "ada@example.com")
		.replaceAll("https://trunkline.test", "https://trunkline.example")
		.replaceAll(/\b19(70|71)-\d\d-\d\dT[\d:.]+Z/g, "2026-11-21T09:58:21.313Z")
		.replaceAll(/([?&]s=)[\w-]{20,}/g, "$1dGhlIHNpZ25hdHVyZSBvZiB0aGlzIGFkZHJlc3M")
		.slice(0, LONGEST);
}

function tidy(value, name = "") {
	if (typeof value === "string") return tidyText(value, name);
	if (Array.isArray(value))
		return (typeof value[0] === "object" ? value.slice(0, MOST_ITEMS) : value).map((each) => tidy(each, name));
	if (value === null || typeof value !== "object") return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [camel(key), tidy(inner, key)]));
}

const recorded = JSON.parse(readFileSync(from, "utf8"));
const entries = Object.entries(recorded).sort(([a], [b]) => (a < b ? -1 : 1));
const examples = Object.fromEntries(entries.map(([name, example]) => [name, tidy(example)]));
writeFileSync(join(ROOT, "worker", "openapi", "examples.json"), `${JSON.stringify(examples, null, "\t")}\n`);
console.log(`${entries.length} operations have an example`);
