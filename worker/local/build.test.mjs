import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import metadata from "libphonenumber-js/max/metadata";
import { buildWorker } from "./build/build.mjs";
import { moduleOf } from "./build/plans-plugin.mjs";
import { Client } from "./demo/client.mjs";
import { startInstance } from "./instance.mjs";

test("the numbering plans are the same after all", async () => {
	const { default: plans } = await import(`data:text/javascript,${encodeURIComponent(moduleOf(metadata))}`);

	for (const [name, value] of Object.entries(metadata)) assert.deepEqual(plans[name], value, name);
});

test("what is uploaded answers as what one develops with", async () => {
	const outdir = mkdtempSync(join(tmpdir(), "trunkline-build-"));
	const instance = await startInstance({ script: await buildWorker({ outdir }) });
	const client = new Client(instance.origin, "ada@example.com");
	await client.signUp();

	const added = await client.post("/api/contacts", { phone_number: "020 7946 0018", country: "GB" });
	const refused = await client.ask("/api/contacts", { phoneNumber: "+14155552671", owner: "me" }, "k");
	// What a shape says by itself, from within a function of its own.
	const host = await client.ask("/api/sip-providers", { name: "Office", host: "127.0.0.1" }, "h");
	const range = await client.get("/api/dashboard/analytics?from=2026-11-21&to=2026-11-01&timeZone=UTC").catch(String);
	const { items } = await client.get("/api/contacts");

	assert.equal(added.formatted, "+44 20 7946 0018");
	assert.equal(refused.status, 422);
	assert.equal(host.status, 422);
	assert.match(range, /must not be before from/);
	assert.deepEqual(items, [added]);
	await instance.stop();
	rmSync(outdir, { recursive: true });
});
