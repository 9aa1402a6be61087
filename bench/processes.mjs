import { readFileSync } from "node:fs";
import { withDescendants } from "../worker/local/processes.mjs";

/** The Worker's own process: of those by its name that `pid` started, the one that holds the most. */
export function workerdOf(pid) {
	const named = withDescendants(pid).filter((id) => /Name:\s+workerd/.test(statusOf(id)));
	return named.sort((a, b) => peakOf(b) - peakOf(a))[0];
}

/** Seconds of CPU that a process has used. */
export function cpuOf(pid) {
	const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
		.replace(/^.*\) /, "")
		.split(" ");
	return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Megabytes that a process held at most. */
export function peakOf(pid) {
	return Math.round(Number(/VmHWM:\s+(\d+)/.exec(statusOf(pid))?.[1]) / 1_024);
}

function statusOf(pid) {
	try {
		return readFileSync(`/proc/${pid}/status`, "utf8");
	} catch {
		return "";
	}
}
