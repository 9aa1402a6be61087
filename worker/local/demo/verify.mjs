const MARKED_BAD = /^bad on purpose/;

/** What does not add up, a line each; empty when everything does. `facts` are those of `gather`. */
export function verify(facts) {
	return [...calls(facts), ...people(facts), ...money(facts), ...badRows(facts)];
}

function* calls({ report, attempts, exported, spared }) {
	const dialed = attempts.filter(({ dialedAt }) => dialedAt !== null);
	for (const { to } of dialed) if (spared.includes(to)) yield `${to} is on the do-not-call list and was dialed`;
	for (const [to, times] of counted(dialed.map((attempt) => attempt.to)))
		if (times > 1) yield `${to} was dialed ${times} times`;
	for (const { id, state } of attempts)
		if (state !== "ended" && state !== "dropped") yield `attempt ${id} is still ${state}`;
	if (exported.length !== attempts.length)
		yield `the export has ${exported.length} lines for ${attempts.length} attempts`;
	const ids = new Set(attempts.map(({ id }) => id));
	if (exported.some(({ id }) => !ids.has(id))) yield "the export names attempts that are none";
	if (report.attempts !== dialed.length)
		yield `the report counts ${report.attempts} calls, there were ${dialed.length}`;
}

function* people({ report, recipients, attempts, imported }) {
	const members = imported.rowsAdded + (imported.rowsKnown ?? 0);
	if (recipients.length !== imported.rowsAdded)
		yield `${recipients.length} people in the campaign, ${imported.rowsAdded} of ${members} rows were new to the list`;
	const open = recipients.filter(({ state }) => state !== "done" && state !== "skipped");
	if (open.length > 0) yield `${open.length} people have no result`;
	const ends = [...report.byOutcome, ...report.skipped].reduce((sum, { count }) => sum + count, 0);
	if (ends !== recipients.length) yield `the report's results come to ${ends} for ${recipients.length} people`;
	const reached = new Set(attempts.map(({ contactId }) => contactId));
	const missed = recipients.filter(({ state, contactId }) => state === "done" && !reached.has(contactId));
	if (missed.length > 0) yield `${missed.length} people are done without a call`;
}

function* money({ report, attempts, wallet, entries }) {
	const change = sum(entries.map((entry) => entry.change.amountMicros));
	if (change !== wallet.balance.amountMicros)
		yield `the wallet's entries come to ${change}, its balance is ${wallet.balance.amountMicros}`;
	if (wallet.held.amountMicros !== 0) yield `${wallet.held.amountMicros} are still held`;
	const charged = sum(entries.filter(({ kind }) => kind === "call_charge").map(({ amount }) => amount.amountMicros));
	if (charged !== report.spentMicros) yield `calls were charged ${charged}, the report says ${report.spentMicros}`;
	const cost = sum(attempts.map(({ costMicros }) => costMicros ?? 0));
	if (cost !== report.spentMicros) yield `the calls cost ${cost}, the report says ${report.spentMicros}`;
}

function* badRows({ imported, rowErrors, rows }) {
	const read = imported.rowsAdded + imported.rowsKnown + imported.rowsBad;
	if (imported.rowsRead !== read) yield `${imported.rowsRead} rows were read, ${read} are accounted for`;
	if (rowErrors.length !== imported.rowsBad) yield `${imported.rowsBad} bad rows, ${rowErrors.length} with a reason`;
	if (rowErrors.some(({ line, reason }) => !(line > 1) || !reason)) yield "a bad row has no line or no reason";
	const marked = rows.flatMap((cells, at) => (cells.some((cell) => MARKED_BAD.test(cell)) ? [at + 1] : []));
	const told = rowErrors.map(({ line }) => line);
	if (marked.length > 0 && marked.join() !== told.sort((a, b) => a - b).join())
		yield `lines ${marked.join(" ")} are bad on purpose, reported were ${told.join(" ")}`;
}

function counted(values) {
	const counts = new Map();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return counts;
}

function sum(values) {
	return values.reduce((total, value) => total + value, 0);
}
