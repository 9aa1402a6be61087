import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions as workerOptionsOf } from "wrangler";
import { buildWorker } from "../worker/local/build/build.mjs";
import { ROOT } from "../worker/local/paths.mjs";
import { freePort } from "../worker/local/ports.mjs";
import { readSettings, writeSettings } from "../worker/local/settings.mjs";
import { migrate } from "../worker/local/wrangler.mjs";

/** Where Linux keeps files in memory. */
const MEMORY = "/dev/shm";

/**
 * Starts a Worker on workerd's own socket, bundled as it would be uploaded. `wrangler dev` puts a proxy, a second workerd, in front of every
 * request and traces each one: a cost of its own that a bench would charge to the product. So is an inspector, for which workerd warns and
 * traces; only who asks what the heap holds gets one. `inMemory` keeps the database off this machine's disk.
 */
export async function startDirect({ script, settings = {}, inspected = false, inMemory = false, minify = true }) {
	const folder = mkdtempSync(join(inMemory && existsSync(MEMORY) ? MEMORY : tmpdir(), "trunkline-"));
	const port = await freePort();
	const origin = `http://127.0.0.1:${port}`;
	await migrate(folder);
	const bindings = {
		...readSettings(writeSettings({ folder, port })),
		...settings,
	};
	const { workerOptions } = workerOptionsOf(join(ROOT, "wrangler.toml"));
	const miniflare = new Miniflare({
		...convertV4MiniflareOptions({
			...workerOptions,
			name: "trunkline",
			modulesRules: undefined,
			modules: [{ type: "ESModule", path: "worker.js", contents: await bundled(script, folder, minify) }],
			assets: undefined,
			serviceBindings: { ASSETS: () => new Response(null, { status: 404 }) },
			bindings,
			unsafeDirectSockets: [{ host: "127.0.0.1", port }],
		}),
		...(inspected && { inspectorPort: 0 }),
		resourcePersistencePath: join(folder, "v3"),
	});
	await miniflare.ready;
	return {
		origin,
		watchHeap: () => watchHeap(miniflare),
		inspector: () => inspectorOf(miniflare),
		async stop() {
			await miniflare.dispose();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** An open socket to the inspector of the Worker's isolate. */
async function inspectorOf(miniflare) {
	const inspector = await miniflare.getInspectorURL();
	const targets = await (await fetch(new URL("/json", inspector.href.replace(/^ws/, "http")))).json();
	const target = targets.find(({ id }) => id.includes("trunkline"));
	const socket = new WebSocket(target.webSocketDebuggerUrl);
	await new Promise((resolve, reject) => Object.assign(socket, { onopen: resolve, onerror: reject }));
	return socket;
}

/** Asks the Worker's isolate again and again what it holds, garbage included; `most` ends it and gives the highest answer in MB. */
async function watchHeap(miniflare) {
	const socket = await inspectorOf(miniflare);
	let most = 0;
	socket.onmessage = ({ data }) => {
		const { result } = JSON.parse(data);
		most = Math.max(most, (result?.usedSize ?? 0) + (result?.backingStorageSize ?? 0));
	};
	let id = 0;
	const asking = setInterval(() => socket.send(JSON.stringify({ id: ++id, method: "Runtime.getHeapUsage" })), 10);
	return {
		most() {
			clearInterval(asking);
			socket.close();
			return Math.round(most / 1e6);
		},
	};
}

async function bundled(script, folder, minify) {
	return readFileSync(await buildWorker({ script, outdir: join(folder, "bundle"), minify }), "utf8");
}
