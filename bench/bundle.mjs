// `npm exec -- node bench/bundle.mjs`: size and start-up of the Worker beside an empty one.
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { bundleSize } from "../worker/local/bundle.mjs";
import { ROOT, tool } from "../worker/local/paths.mjs";
import { freePort } from "../worker/local/ports.mjs";
import { killTree, withDescendants } from "../worker/local/processes.mjs";

const ROUNDS = 9;
const place = join(ROOT, ".trunkline", "bench");
mkdirSync(place, { recursive: true });
const empty = join(place, "empty.js");
writeFileSync(empty, "export default { fetch: () => new Response() };\n");

const { rawKb, gzipKb } = await bundleSize();
console.log(`size: ${rawKb} KB, ${gzipKb} KB gzipped (at most 300)`);
const [ours, bare] = [[], []];
for (let round = 0; round < ROUNDS; round++) {
	ours.push(await toFirstAnswer(join(ROOT, ".wrangler", "worker", "index.js")));
	bare.push(await toFirstAnswer(empty));
}
const [least, leastBare] = [Math.min(...ours), Math.min(...bare)];
const over = least - leastBare;
console.log(
	`start-up: ${least.toFixed(1)} ms of CPU to the first answer, an empty Worker ${leastBare.toFixed(1)} ms: ${over.toFixed(1)} ms over it (at most 25); least of ${ROUNDS} rounds in turn`,
);

/** CPU milliseconds of a fresh workerd from its start to a Worker's first answer. */
async function toFirstAnswer(script) {
	const port = await freePort();
	const config = join(dirname(script), "bench.capnp");
	writeFileSync(config, capnp(basename(script), port));
	const workerd = spawn(tool("workerd"), ["serve", config], { stdio: "ignore" });
	try {
		while (!(await answers(port))) await sleep(20);
		return cpuOf(withDescendants(workerd.pid).at(-1)); // npm's wrapper may stand before it
	} finally {
		killTree(workerd.pid);
	}
}

function capnp(script, port) {
	return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .bench)],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")]
);
const bench :Workerd.Worker = (
  modules = [(name = "${script}", esModule = embed "${script}")],
  compatibilityDate = "2026-10-01",
  compatibilityFlags = ["nodejs_compat"]
);
`;
}

function answers(port) {
	return fetch(`http://127.0.0.1:${port}/nowhere`).then(
		(reply) => reply.arrayBuffer().then(() => true),
		() => false,
	);
}

// The scheduler's own count in nanoseconds, per thread; /proc/PID/stat counts in hundredths of a second.
function cpuOf(pid) {
	const threads = readdirSync(`/proc/${pid}/task`);
	const spent = threads.map((thread) =>
		Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]),
	);
	return spent.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1e6;
}
