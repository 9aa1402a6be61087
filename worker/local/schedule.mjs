/**
 * Runs steps `atOnce` at a time, in their order, each after those it needs. The first that fails ends it: nothing more is started
 * and `signal` tells those under way to stop. Gives the results of the steps that ended.
 */
export async function inOrder(steps, work, atOnce) {
	const waiting = [...steps];
	const done = new Set();
	const results = [];
	const stop = new AbortController();
	const lane = async () => {
		while (!stop.signal.aborted && waiting.length > 0) {
			const index = waiting.findIndex(({ needs }) => needs.every((name) => done.has(name)));
			if (index === -1) {
				if (moving.size === 0) return;
				await Promise.race(moving.values());
				continue;
			}
			const [step] = waiting.splice(index, 1);
			const running = work(step, stop.signal);
			moving.set(step.name, running);
			const result = await running;
			moving.delete(step.name);
			if (stop.signal.aborted) return;
			results.push(result);
			if (result.ok) done.add(step.name);
			else stop.abort();
		}
	};
	const moving = new Map();
	await Promise.all(Array.from({ length: atOnce }, lane));
	return results;
}
