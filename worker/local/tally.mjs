import { readFileSync } from "node:fs";

/**
 * How many tests ran in a step, by what its runner left. `skipped` ones did not run and count as not done; `again` ones passed
 * only at a second try, which says that a test leans on the machine's speed.
 */
export const TALLIES = {
	/** A step that is one check: it passed if it ended well. */
	itself: () => ({ passed: 1, failed: 0, skipped: 0 }),
	vitest: (report) => {
		const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = read(report);
		const again = testResults
			.flatMap(({ assertionResults }) => assertionResults)
			.filter(({ status, failureMessages }) => status === "passed" && failureMessages.length > 0)
			.map(({ fullName }) => fullName);
		return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests, again };
	},
	playwright: (report) => {
		const { stats, suites } = read(report);
		const again = suites.flatMap(specsOf).filter(({ tests }) => tests.some(({ status }) => status === "flaky"));
		return {
			passed: stats.expected + stats.flaky,
			failed: stats.unexpected,
			skipped: stats.skipped,
			again: again.map(({ title }) => title),
		};
	},
	/** node's own runner, as TAP. */
	tap: (_, output) => ({
		passed: lastNumber(output, /^# pass (\d+)$/gm),
		failed: lastNumber(output, /^# fail (\d+)$/gm),
		skipped: lastNumber(output, /^# skipped (\d+)$/gm) + lastNumber(output, /^# todo (\d+)$/gm),
	}),
};

const read = (report) => JSON.parse(readFileSync(report, "utf8"));

const specsOf = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsOf)];

function lastNumber(text, pattern) {
	return Number([...text.matchAll(pattern)].at(-1)?.[1] ?? 0);
}
