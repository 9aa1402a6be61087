#!/usr/bin/env node
import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "./demo/client.mjs";
import { gather } from "./demo/facts.mjs";
import { prepare } from "./demo/prepare.mjs";
import { watch } from "./demo/progress.mjs";
import { reportLines } from "./demo/report.mjs";
import { verify } from "./demo/verify.mjs";
import { startInstance } from "./instance.mjs";
import { asCommand, Complaint, optionsFrom } from "./options.mjs";

const OPTIONS = { "base-url": { type: "string" }, contacts: { type: "string" }, greeting: { type: "string" } };
const CONTACTS = fileURLToPath(new URL("demo-contacts.csv", import.meta.url));

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));

await asCommand(async () => {
	const given = optionsFrom(process.argv.slice(2), OPTIONS);
	const email = `demo-${randomBytes(6).toString("hex")}@example.com`;
	const own = given["base-url"] === undefined ? await ownInstance(email) : null;
	try {
		await runDemo(new Client(own?.origin ?? originOf(given["base-url"]), email), {
			contactsFile: resolve(given.contacts ?? CONTACTS),
			greetingFile: given.greeting && resolve(given.greeting),
			say: (line) => console.log(`  ${line}`),
		});
	} finally {
		await own?.stop();
	}
});

async function runDemo(client, input) {
	const prepared = await prepare(client, input);
	await client.post(`/api/campaigns/${prepared.campaign.id}/start`);
	const started = Date.now();
	await watch(client, prepared.campaign.id);
	const facts = await gather(client, prepared);
	console.log(`The campaign is over after ${Math.round((Date.now() - started) / 1000)} s:`);
	for (const line of reportLines(facts)) console.log(line);
	const wrong = verify(facts);
	if (wrong.length > 0) throw new Complaint(`It does not add up:\n${wrong.map((line) => `  ${line}`).join("\n")}`);
	console.log(
		"Verified: nobody was dialed twice, the money adds up, every bad row is reported with its line and reason.",
	);
}

// Days of telephone time pass in a minute, and this account's owner is an administrator, so that it may widen the legal hours.
async function ownInstance(email) {
	console.log("Starting Trunkline with a pretend carrier...");
	const settings = {
		ADMIN_EMAILS: email,
		SIMULATION_SPEED: "60",
		CALLS_PER_SECOND: "40",
		MAX_CONCURRENT_CALLS: "200",
		RATE_LIMIT_SCALE: "1000",
	};
	return startInstance({ settings });
}

function originOf(text) {
	try {
		return new URL(text).origin;
	} catch {
		throw new Complaint(`--base-url ${text}: not an address like http://127.0.0.1:8787`);
	}
}
