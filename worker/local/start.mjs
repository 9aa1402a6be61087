#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { keepTime } from "./cron.mjs";
import { takeFolder } from "./folder-lock.mjs";
import { asCommand, Complaint, startOptions } from "./options.mjs";
import { isFree } from "./ports.mjs";
import { endAll, kill, withDescendants } from "./processes.mjs";
import { writeSettings } from "./settings.mjs";
import { buildSite } from "./site.mjs";
import { migrate, serve } from "./wrangler.mjs";

const READY_WITHIN_MS = 90_000;
/** A Worker that does not bundle is waited for by wrangler until somebody edits it; we say so and end. */
const BROKEN_AFTER_MS = 6_000;
const GO_WITHIN_MS = 8_000;

/** The wrangler process, once there is one. */
let server = null;
let ending = null;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => end(0));
if (process.env.npm_lifecycle_event) whenOrphaned(() => end(0));

await asCommand(async () => {
	const { port, folder, envFile, script } = startOptions(process.argv.slice(2));
	const lock = await takeFolder(folder, port);
	process.once("exit", lock.letGo);
	if (!(await isFree(port))) throw new Complaint(`Port ${port} is taken. Give another with --port.`);
	const settingsFile = writeSettings({ folder, port, envFile });
	await buildSite({ onBuild: () => console.log("Building the site...") });
	await migrate(folder);

	const logFile = join(folder, "server.log");
	server = serve({ folder, port, settingsFile, logFile, script });
	lock.noteServer(server.pid);
	server.once("exit", () => ending ?? end(1, `The server ended by itself. ${lastWords(logFile)}`));
	const origin = `http://127.0.0.1:${port}`;
	const trouble = await untilHealthy(origin, logFile);
	if (trouble) return end(1, trouble);
	lock.noteServer(server.pid);
	keepTime(origin, (message) => console.error(message));
	console.log(`Trunkline is ready at ${origin} (log: ${logFile})`);
});

/** Waits until the Worker says that it is well. Gives null, or the line that says why it is not. */
async function untilHealthy(origin, logFile) {
	const began = Date.now();
	while (Date.now() - began < READY_WITHIN_MS) {
		const reply = await ask(`${origin}/api/health`);
		if (reply?.status === 200) return null;
		if (reply?.status === 503) return `${reply.body.error}: ${reply.body.details}`;
		if (Date.now() - began > BROKEN_AFTER_MS && logged(logFile).includes("ERROR")) break;
		await sleep(150);
	}
	return `The server does not answer. ${lastWords(logFile)}`;
}

async function ask(url) {
	try {
		const reply = await fetch(url, { signal: AbortSignal.timeout(5_000) });
		return { status: reply.status, body: await reply.json() };
	} catch {
		return null; // not listening yet, or not the Worker's own answer yet
	}
}

/** Ends the server with everything it started, then this process; workerd must not stay behind whatever wrangler does. */
function end(status, lastLine) {
	ending ??= (async () => {
		if (lastLine) console.error(lastLine);
		if (server) {
			const started = withDescendants(server.pid);
			kill(server.pid, "SIGTERM");
			await endAll(started, { graceMs: GO_WITHIN_MS });
		}
		process.exit(status);
	})();
	return ending;
}

// npm and its shell may be killed without a word to us; nobody could stop the server by them any more.
function whenOrphaned(stop) {
	const parent = process.ppid;
	setInterval(() => process.ppid === parent || stop(), 250).unref();
}

function lastWords(logFile) {
	return `The end of ${logFile}:\n${logged(logFile).trim().split("\n").slice(-15).join("\n")}`;
}

function logged(logFile) {
	return stripVTControlCharacters(readFileSync(logFile, "utf8"));
}
