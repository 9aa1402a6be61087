/** What people do when the loopback carrier rings them, by the last digits of their number, so that a run can be repeated. */
export function storyOf(to) {
	const fate = Number(to.slice(-2)) % 20;
	if (fate < 3) return { end: "busy" };
	if (fate < 6) return { end: "no-answer" };
	if (fate < 7) return { end: "failed" };
	if (fate < 11) return { end: "completed", keys: "1" };
	if (fate < 13) return { end: "completed", keys: "9" };
	return { end: "completed", keys: null };
}

/** Nobody is there: one callback per call and at once, for measuring how fast calls are placed. */
export const nobody = () => ({ end: "busy", atOnce: true });
