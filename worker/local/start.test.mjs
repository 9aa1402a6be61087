import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Client } from "./demo/client.mjs";
import { startInstance } from "./instance.mjs";
import { freePort } from "./ports.mjs";
import { commandLine, isAlive, withDescendants } from "./processes.mjs";
import { run } from "./run.mjs";

const places = [];
function place() {
	const folder = mkdtempSync(join(tmpdir(), "trunkline-test-"));
	places.push(folder);
	return folder;
}
after(() => {
	for (const folder of places) rmSync(folder, { recursive: true, force: true });
});

const start = (...args) => run("node", ["--", "worker/local/start.mjs", ...args]);
const isGone = (pid) => !isAlive(pid) || commandLine(pid).trim() === "";

/** An account at an instance, and what that instance says of it when it is asked again later. */
async function openAccount(origin) {
	const email = `${crypto.randomUUID()}@example.com`;
	const client = new Client(origin, email);
	await client.signUp();
	return client;
}

test("serves the API and the site on one port, and rings the cron", async () => {
	const instance = await startInstance();

	const health = await fetch(`${instance.origin}/api/health`);
	const page = await fetch(instance.origin);
	const cron = await fetch(`${instance.origin}/cdn-cgi/handler/scheduled?cron=*+*+*+*+*`);

	assert.equal((await health.json()).status, "ok");
	assert.match(await page.text(), /<html/i);
	assert.equal(cron.status, 200);
	await instance.stop();
});

test("keeps its secrets in files of its owner's, off every command line", async () => {
	const folder = place();
	const instance = await startInstance({ folder });

	const secrets = readFileSync(join(folder, "secrets.env"), "utf8");
	const commands = withDescendants(instance.pid).map(commandLine).join("\n");

	for (const file of ["secrets.env", "settings.env"]) assert.equal(statSync(join(folder, file)).mode & 0o777, 0o600);
	for (const [, value] of secrets.matchAll(/='(.+)'/g)) assert.ok(!commands.includes(value));
	assert.ok(!readdirSync(new URL("../..", import.meta.url)).includes(".dev.vars"));
	await instance.stop();
});

test("leaves no process behind, and finds everything again at the next start", async () => {
	const folder = place();
	const first = await startInstance({ folder });
	const account = await openAccount(first.origin);
	const started = withDescendants(first.pid);
	await first.stop();
	const left = started.filter((pid) => !isGone(pid));

	const second = await startInstance({ folder, port: Number(new URL(first.origin).port) });

	assert.ok(started.length > 3);
	assert.deepEqual(left, []);
	assert.equal((await account.get("/api/wallet")).balance.amountMicros, 0);
	await second.stop();
});

test("carries on after the whole tree was killed", async () => {
	const folder = place();
	const first = await startInstance({ folder });
	const account = await openAccount(first.origin);
	await account.post("/api/wallet/top-up", { amountMicros: 5_000_000 });
	await first.crash();

	const second = await startInstance({ folder, port: Number(new URL(first.origin).port) });

	assert.equal((await account.get("/api/wallet")).balance.amountMicros, 5_000_000);
	await second.stop();
});

test("shares nothing with an instance beside it", async () => {
	const [one, other] = await Promise.all([startInstance(), startInstance()]);
	const account = await openAccount(one.origin);
	const stranger = account.at(other.origin);

	await assert.rejects(stranger.get("/api/wallet"), { status: 401 });
	await Promise.all([one.stop(), other.stop()]);
});

test("refuses a state folder that another instance uses", async () => {
	const instance = await startInstance({ folder: place() });

	const second = await start("--port", String(await freePort()), "--persist-to", instance.folder);

	assert.equal(second.status, 1);
	assert.match(
		second.output,
		/^\S+: in use by the instance at port \d+ \(process \d+\)\. Give another --persist-to\.\n$/,
	);
	await instance.stop();
});

test("says in one line what is wrong with how it was called", async () => {
	const server = createServer().listen(0, "127.0.0.1");
	await new Promise((resolve) => server.once("listening", resolve));
	const taken = String(server.address().port);
	const short = join(place(), "short.env");
	writeFileSync(short, "JWT_SECRET=short\n");
	const bare = join(place(), "bare.env");
	writeFileSync(bare, "ENVIRONMENT=production\n");
	const cases = [
		[["--port", taken], `Port ${taken} is taken. Give another with --port.\n`],
		[["--port", "many"], "--port many: not a port. Give a number from 1 to 65535.\n"],
		[["--prot", "1"], "Unknown option '--prot'. Options: --port --persist-to --env-file --script\n"],
		[["--port"], "Option '--port <value>' argument missing. Options: --port --persist-to --env-file --script\n"],
		[["--env-file", "/nowhere.env"], "--env-file /nowhere.env: cannot be read (ENOENT)\n"],
		[["--env-file", short], /^.*settings are not usable: JWT_SECRET: must be at least 32 bytes\n$/],
		[["--env-file", bare], /^.*PUBLIC_BASE_URL.*JWT_SECRET.*MEDIA_SECRET.*ENCRYPTION_KEYS.*\n$/],
	];

	for (const [args, line] of cases) {
		const port = args.includes("--port") ? [] : ["--port", String(await freePort())];
		const { status, output } = await start("--persist-to", place(), ...args, ...port);
		assert.equal(status, 1, args.join(" "));
		if (typeof line === "string") assert.equal(output, line);
		else assert.match(output, line);
	}
	server.close();
});

test("ends with npm when npm is told to end", async () => {
	const folder = place();
	const port = String(await freePort());
	const npm = execFileSync("sh", [
		"-c",
		'npm start -- --port "$1" --persist-to "$2" >"$2/said" 2>&1 & echo $!',
		"sh",
		port,
		folder,
	]);
	const pid = Number(npm);
	await said(join(folder, "said"), /ready/);
	const started = withDescendants(pid);

	process.kill(pid, "SIGTERM");
	while (!isGone(pid)) await new Promise((resolve) => setTimeout(resolve, 20));

	assert.ok(started.length > 3);
	assert.deepEqual(
		started.filter((each) => !isGone(each)),
		[],
	);
});

async function said(file, pattern) {
	while (!pattern.test(readFileSync(file, "utf8"))) await new Promise((resolve) => setTimeout(resolve, 50));
}
