import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Complaint } from "./options.mjs";
import { commandLine, endAll, isAlive, withDescendants } from "./processes.mjs";

/**
 * Takes a state folder for one instance. Two on one folder would share state, so the second is refused; what an instance that was
 * killed left running is ended first. Gives functions to note the server's process and to let go.
 */
export async function takeFolder(folder, port) {
	mkdirSync(folder, { recursive: true });
	const file = join(folder, "running.json");
	const before = readRunning(file);
	if (before && before.pid !== process.pid && isOurs(before.pid, "start.mjs"))
		throw new Complaint(
			`${folder}: in use by the instance at port ${before.port} (process ${before.pid}). Give another --persist-to.`,
		);
	const left = (before?.server ?? []).filter((pid) => isOurs(pid, folder));
	await endAll(left.flatMap(withDescendants), { graceMs: 0 });
	const write = (running) => writeFileSync(file, JSON.stringify(running));
	write({ pid: process.pid, port, server: [] });
	return {
		noteServer: (pid) => write({ pid: process.pid, port, server: withDescendants(pid) }),
		letGo: () => rmSync(file, { force: true }),
	};
}

// Process ids are given again; the command line tells whether it is still the one that was noted.
function isOurs(pid, word) {
	return isAlive(pid) && commandLine(pid).includes(word);
}

function readRunning(file) {
	try {
		return JSON.parse(readFileSync(file, "utf8"));
	} catch {
		return null;
	}
}
