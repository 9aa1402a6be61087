import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Starts the loopback carrier in its own process: `look` gives what it was asked since `forget`. */
export async function loopback(latencyMs) {
	const child = fork(fileURLToPath(new URL("carrier.mjs", import.meta.url)), [String(latencyMs)]);
	const [{ origin }] = await once(child, "message");
	const ask = async (word) => {
		child.send(word);
		const [answer] = await once(child, "message");
		return answer;
	};
	return { origin, look: () => ask("look"), forget: () => ask("forget"), close: () => child.disconnect() };
}
