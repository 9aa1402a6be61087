import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** True while a process with this id exists. */
export function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === "EPERM";
	}
}

/** A process and everything that it started, and what that started, and so on. */
export function withDescendants(pid) {
	const parents = everyParent();
	const found = [pid];
	for (const known of found) for (const [child, parent] of parents) if (parent === known) found.push(child);
	return found;
}

/** Kills a process and all that it started, at once and without a chance to tidy up. */
export function killTree(pid) {
	for (const each of withDescendants(pid)) kill(each, "SIGKILL");
}

/** Waits until these processes are gone, `graceMs` at most, and then kills those that are not. */
export async function endAll(pids, { graceMs }) {
	const until = Date.now() + graceMs;
	while (pids.some(isRunning) && Date.now() < until) await sleep(20);
	for (const pid of pids) if (isRunning(pid)) kill(pid, "SIGKILL");
	while (pids.some(isRunning)) await sleep(20);
}

// One that ended but that nobody asked about yet still has its id; it has no command line any more.
function isRunning(pid) {
	return isAlive(pid) && commandLine(pid).trim() !== "";
}

/** Sends a signal; that the process is gone already is no error. */
export function kill(pid, signal) {
	try {
		process.kill(pid, signal);
	} catch (error) {
		if (error.code !== "ESRCH") throw error;
	}
}

/** The command line of a process, "" when it is gone or the system does not tell. */
export function commandLine(pid) {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
	} catch {
		return ps(["-o", "command=", "-p", String(pid)]);
	}
}

function everyParent() {
	let pids;
	try {
		pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
	} catch {
		pids = [];
	}
	if (pids.length > 0) return pids.map((pid) => [Number(pid), parentOf(pid)]);
	const rows = ps(["-A", "-o", "pid=,ppid="]).trim().split("\n");
	return rows.map((row) => row.trim().split(/\s+/).map(Number));
}

function parentOf(pid) {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
		return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]); // the name before it may hold spaces and brackets
	} catch {
		return Number.NaN;
	}
}

function ps(args) {
	try {
		return execFileSync("ps", args, { encoding: "utf8" });
	} catch {
		return "";
	}
}
