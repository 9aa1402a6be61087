import { dollars } from "./prepare.mjs";

/** The final report, as lines. */
export function reportLines({ report, rowErrors, wallet, entries }) {
	const n = report.campaign.counters;
	const spent = entries.reduce((sum, { change }) => sum + Math.min(0, change.amountMicros), 0);
	const rows = [
		["Dialed", n.totalCalls],
		["Answered", n.answered],
		["Pressed 1", n.transferred],
		["Opted out", n.optedOut],
		["Machine", n.machine],
		["Busy", n.busy],
		["No answer", n.noAnswer],
		["Failed", n.failed],
		["Unconfirmed", n.unconfirmed],
		["Skipped", n.skipped],
		...report.skipped.map(({ reason, count }) => [`  ${reason}`, count]),
		["Bad rows", rowErrors.length],
		...[...tally(rowErrors)].map(([reason, count]) => [`  ${reason}`, count]),
		["Calls cost", dollars(report.spentMicros)],
		["Spent in all", dollars(-spent)],
		["Balance", dollars(wallet.balance.amountMicros)],
	];
	const width = Math.max(...rows.map(([label]) => label.length));
	return rows.map(([label, value]) => `  ${label.padEnd(width)}  ${String(value).padStart(9)}`);
}

function tally(errors) {
	const counts = new Map();
	for (const { reason } of errors) counts.set(reason, (counts.get(reason) ?? 0) + 1);
	return counts;
}
