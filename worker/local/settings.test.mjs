import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { readSettings, writeSettings } from "./settings.mjs";

let folder;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "trunkline-settings-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const written = (given = "") => {
	const envFile = join(folder, "given");
	writeFileSync(envFile, given);
	return readSettings(writeSettings({ folder, port: 8790, envFile }));
};

test("makes what development needs, and the same secrets every time", () => {
	const first = written();
	const second = written();

	assert.equal(first.ENVIRONMENT, "development");
	assert.equal(first.PUBLIC_BASE_URL, "http://127.0.0.1:8790");
	assert.ok(first.JWT_SECRET.length >= 32 && first.MEDIA_SECRET.length >= 32);
	assert.equal(Buffer.from(JSON.parse(first.ENCRYPTION_KEYS)[1], "base64").length, 32);
	assert.deepEqual(second, first);
});

test("lets the file of settings go before its own", () => {
	const settings = written("PUBLIC_BASE_URL=https://phones.example\nCALLS_PER_SECOND=5\n");

	assert.equal(settings.PUBLIC_BASE_URL, "https://phones.example");
	assert.equal(settings.CALLS_PER_SECOND, "5");
});

test("adds nothing of its own in production", () => {
	assert.deepEqual(written("ENVIRONMENT=production\n"), { ENVIRONMENT: "production" });
});

test("takes an empty setting for one that is not there", () => {
	assert.ok(!("TWILIO_ACCOUNT_SID" in written("TWILIO_ACCOUNT_SID=\n")));
});

test("carries quotes, and keeps wrangler from expanding what looks like a variable", () => {
	const settings = written(`ENCRYPTION_KEYS='{"1":"a+b="}'\nMAIL_FROM="it's me"\nVAPI_API_KEY='pa$$word'\n`);
	const text = readFileSync(join(folder, "settings.env"), "utf8");

	assert.equal(settings.ENCRYPTION_KEYS, '{"1":"a+b="}');
	assert.equal(settings.MAIL_FROM, "it's me");
	assert.match(text, /VAPI_API_KEY='pa\\\$\\\$word'/);
});
