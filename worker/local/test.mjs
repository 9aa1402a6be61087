#!/usr/bin/env node
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, freemem } from "node:os";
import { dirname } from "node:path";
import { asCommand, optionsFrom } from "./options.mjs";
import { killTree } from "./processes.mjs";
import { run } from "./run.mjs";
import { inOrder } from "./schedule.mjs";
import { environmentOf, stepsFor } from "./steps.mjs";
import { TALLIES } from "./tally.mjs";

const STEP_MOST_MS = 30 * 60_000;
const SECOND_NEEDS_BYTES = 3 * 2 ** 30;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));

await asCommand(async () => {
	const { only } = optionsFrom(process.argv.slice(2), { only: { type: "string" } });
	const atOnce = availableParallelism() > 1 && freemem() > SECOND_NEEDS_BYTES ? 2 : 1;
	const started = Date.now();
	const results = await inOrder(stepsFor(only), runStep, atOnce);
	const sum = (what) => results.reduce((total, { tally }) => total + tally[what], 0);
	console.log(`in ${seconds(started)}`);
	console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
	process.exit(results.every(({ ok }) => ok) ? 0 : 1);
});

/** Runs one step to its end, says how it went, and shows what it printed when it went badly. */
async function runStep(step, signal) {
	const started = Date.now();
	rmSync(step.report, { force: true });
	mkdirSync(dirname(step.log), { recursive: true });
	const { ok, output, note = "" } = await outcomeOf(step, signal);
	writeFileSync(step.log, output);
	const tally = tallyOf(step, output, ok);
	const well = ok && tally.failed === 0 && tally.skipped === 0 && tally.passed > 0;
	if (signal.aborted) return { ok: false, tally };
	const counted = step.tally === "itself" ? note : `${tally.passed} tests`;
	console.log(`${well ? "✓" : "✗"} ${step.name.padEnd(9)} ${seconds(started).padStart(8)}  ${counted}`);
	for (const name of tally.again ?? []) console.log(`  only at a second try: ${name}`);
	if (!well) console.log(`${output.trimEnd()}\n${complaintAbout(tally)}(all of it: ${step.log})`);
	return { ok: well, tally: well ? tally : { ...tally, failed: Math.max(1, tally.failed) } };
}

async function outcomeOf(step, signal) {
	let output = "";
	try {
		const env = await environmentOf(step, console.log);
		const note = await step.do?.();
		for (const [name, ...args] of step.commands ?? []) {
			const ended = await run(name, args, { env, onStart: (child) => limit(child, signal) });
			output += ended.output;
			if (ended.status !== 0) return { ok: false, output };
		}
		return { ok: true, output, note };
	} catch (error) {
		return { ok: false, output: `${output}${error.message}\n` };
	}
}

function tallyOf(step, output, ok) {
	try {
		return ok || step.tally !== "itself"
			? TALLIES[step.tally](step.report, output)
			: { passed: 0, failed: 1, skipped: 0 };
	} catch {
		return { passed: 0, failed: 1, skipped: 0 }; // the runner did not get as far as a report
	}
}

function complaintAbout({ passed, skipped }) {
	if (skipped > 0) return `${skipped} tests did not run; here every test runs.\n`;
	return passed === 0 ? "No test ran to its end.\n" : "";
}

function limit(child, signal) {
	const stop = () => killTree(child.pid);
	const timer = setTimeout(stop, STEP_MOST_MS);
	signal.addEventListener("abort", stop);
	child.once("close", () => {
		clearTimeout(timer);
		signal.removeEventListener("abort", stop);
	});
}

function seconds(since) {
	return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
