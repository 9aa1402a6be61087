import { setTimeout as sleep } from "node:timers/promises";
import { Complaint } from "../options.mjs";

const WIDTH = 32;
const STALLED_MS = 10 * 60_000;
const OVER = new Set(["completed", "cancelled", "paused"]);

/** Watches a campaign until it is over, with a bar that moves. Gives the campaign as it ended. */
export async function watch(client, id, out = process.stdout) {
	let last = "";
	let movedAt = Date.now();
	for (;;) {
		const campaign = await client.get(`/api/campaigns/${id}`);
		const line = lineOf(campaign);
		if (line !== last) {
			movedAt = Date.now();
			// A terminal gets one line that changes, a log file only the steps.
			if (out.isTTY) out.write(`\r\x1b[2K${line}`);
			else if (last.slice(0, WIDTH) !== line.slice(0, WIDTH)) out.write(`${line}\n`);
			last = line;
		}
		if (OVER.has(campaign.status)) {
			if (out.isTTY) out.write("\n");
			if (campaign.status === "completed") return campaign;
			throw new Complaint(`The campaign is ${campaign.status}: ${campaign.pausedReason ?? "nobody said why"}`);
		}
		if (Date.now() - movedAt > STALLED_MS) throw new Complaint(`The campaign has not moved for ten minutes: ${line}`);
		await sleep(400);
	}
}

function lineOf({ progress, counters: n }) {
	const full = Math.round((progress / 100) * WIDTH);
	const bar = "█".repeat(full) + "░".repeat(WIDTH - full);
	return `${bar} ${String(progress).padStart(3)} %  dialed ${n.totalCalls}  live ${n.liveCalls}  answered ${n.answered}  skipped ${n.skipped}`;
}
