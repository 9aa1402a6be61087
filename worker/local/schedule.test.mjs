import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { inOrder } from "./schedule.mjs";
import { TALLIES } from "./tally.mjs";

const step = (name, ...needs) => ({ name, needs });

test("runs two steps at a time, each after those that it needs", async () => {
	const events = [];
	let running = 0;
	let most = 0;
	const work = async ({ name }) => {
		most = Math.max(most, ++running);
		events.push(`${name} starts`);
		await sleep(name === "a" ? 30 : 5);
		events.push(`${name} ends`);
		running--;
		return { ok: true };
	};

	const results = await inOrder([step("a"), step("b", "a"), step("c"), step("d", "c")], work, 2);

	assert.equal(results.length, 4);
	assert.equal(most, 2);
	assert.ok(events.indexOf("b starts") > events.indexOf("a ends"));
	assert.ok(events.indexOf("d starts") > events.indexOf("c ends"));
	assert.ok(events.indexOf("c starts") < events.indexOf("a ends"));
});

test("starts nothing more after the first failure, and stops what is under way", async () => {
	const started = [];
	let stopped = false;
	const work = async ({ name }, signal) => {
		started.push(name);
		if (name === "bad") return { ok: false };
		await new Promise((resolve) => signal.addEventListener("abort", resolve));
		stopped = true;
		return { ok: false };
	};

	const results = await inOrder([step("long"), step("bad"), step("never")], work, 2);

	assert.deepEqual(started, ["long", "bad"]);
	assert.ok(stopped);
	assert.deepEqual(results, [{ ok: false }]);
});

test("counts what node's runner reports", () => {
	const output = "ok 1\n# tests 7\n# pass 5\n# fail 1\n# cancelled 0\n# skipped 1\n# todo 0\n";

	assert.deepEqual(TALLIES.tap("", output), { passed: 5, failed: 1, skipped: 1 });
});
