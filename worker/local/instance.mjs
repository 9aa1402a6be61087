import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Complaint } from "./options.mjs";
import { toolEnvironment } from "./paths.mjs";
import { freePort } from "./ports.mjs";
import { kill, killTree } from "./processes.mjs";
import { writePrivate } from "./settings.mjs";

const START = fileURLToPath(new URL("start.mjs", import.meta.url));
const instances = new Set();
process.once("exit", () => {
	for (const instance of instances) killTree(instance.pid);
});

/**
 * Starts the product as `npm start` does, on a state folder of its own unless one is given, and waits until it serves.
 * `settings` are those of an env file. Throws a {@link Complaint} with what it said when it does not start.
 */
export async function startInstance({ port, folder, script, settings = {} } = {}) {
	const temporary = folder === undefined;
	const place = folder ?? mkdtempSync(join(tmpdir(), "trunkline-"));
	const at = port ?? (await freePort());
	const envFile = join(place, "given.env");
	writePrivate(envFile, settings);
	const args = ["--", START, "--port", String(at), "--persist-to", place, "--env-file", envFile];
	if (script) args.push("--script", script);
	const child = spawn(process.execPath, args, { env: toolEnvironment(), stdio: ["ignore", "pipe", "pipe"] });
	instances.add(child);
	const ended = new Promise((resolve) => child.once("close", resolve)).then(() => instances.delete(child));
	const tidy = () => temporary && rmSync(place, { recursive: true, force: true });
	try {
		const origin = await readyAt(child);
		return {
			origin,
			folder: place,
			pid: child.pid,
			/** Ends it as a person would. */
			async stop() {
				kill(child.pid, "SIGTERM");
				await ended;
				tidy();
			},
			/** Ends it as a power cut would: the whole tree at once, the state as it stands. */
			async crash() {
				killTree(child.pid);
				await ended;
			},
		};
	} catch (error) {
		killTree(child.pid);
		await ended;
		tidy();
		throw error;
	}
}

function readyAt(child) {
	return new Promise((resolve, reject) => {
		let said = "";
		const hear = (chunk) => {
			said += chunk;
			const origin = /ready at (\S+)/.exec(said)?.[1];
			if (origin) resolve(origin);
		};
		child.stdout.setEncoding("utf8").on("data", hear);
		child.stderr.setEncoding("utf8").on("data", hear);
		child.once("error", reject);
		child.once("close", () => reject(new Complaint(said.trim() || "The product ended without a word.")));
	});
}
