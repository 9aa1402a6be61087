import { readFileSync } from "node:fs";

/** How many tests ran in a step, by what its runner left. `skipped` ones did not run and count as not done. */
export const TALLIES = {
	/** A step that is one check: it passed if it ended well. */
	itself: () => ({ passed: 1, failed: 0, skipped: 0 }),
	vitest: (report) => {
		const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, "utf8"));
		return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
	},
	playwright: (report) => {
		const { expected, unexpected, flaky, skipped } = JSON.parse(readFileSync(report, "utf8")).stats;
		return { passed: expected + flaky, failed: unexpected, skipped };
	},
	/** node's own runner, as TAP. */
	tap: (_, output) => ({
		passed: lastNumber(output, /^# pass (\d+)$/gm),
		failed: lastNumber(output, /^# fail (\d+)$/gm),
		skipped: lastNumber(output, /^# skipped (\d+)$/gm) + lastNumber(output, /^# todo (\d+)$/gm),
	}),
};

function lastNumber(text, pattern) {
	return Number([...text.matchAll(pattern)].at(-1)?.[1] ?? 0);
}
