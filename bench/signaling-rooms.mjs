import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SignJWT } from "jose";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import WebSocket from "ws";
import { run } from "../worker/local/run.mjs";

const JWT_SECRET = "bench-jwt-secret-of-more-than-32-bytes-in-length";
const settings = {
	ENVIRONMENT: "test",
	PUBLIC_BASE_URL: "https://bench.test",
	JWT_SECRET,
	MEDIA_SECRET: "bench-media-secret-of-more-than-32-bytes-in-length",
	ENCRYPTION_KEYS: '{"1":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="}',
	RATE_LIMIT_SCALE: "1000000",
};

/** The Worker in workerd, reached at its own socket: the development server in front of it would be measured otherwise. */
export async function openRooms() {
	const outdir = mkdtempSync(join(tmpdir(), "trunkline-rooms-"));
	const built = await run("wrangler", [
		"deploy",
		"bench/signaling-counted.ts",
		"--dry-run",
		"--minify",
		"--outdir",
		outdir,
	]);
	if (built.status !== 0) throw new Error(built.output);
	const script = readFileSync(join(outdir, "signaling-counted.js"), "utf8");
	const object = (className) => ({ className, useSQLite: true });
	const options = convertV4MiniflareOptions({
		name: "trunkline",
		modules: [{ type: "ESModule", path: "worker.js", contents: script }],
		compatibilityDate: "2026-10-01",
		compatibilityFlags: ["nodejs_compat"],
		bindings: settings,
		durableObjects: {
			SIGNALING_ROOM: object("SignalingRoom"),
			CAMPAIGN_DIALER: object("CampaignDialer"),
			SIMULATED_EXCHANGE: object("SimulatedExchange"),
			FLOOR: object("Floor"),
			AWAKE: object("Awake"),
			THROTTLE: object("Throttle"),
		},
		d1Databases: ["DB"],
		r2Buckets: ["AUDIO"],
		unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
		handleStructuredLogs() {}, // the bench has no call log to write to, and a room that cannot write says so
		handleRuntimeStdio: (out, err) => {
			for (const stream of [out, err]) stream.resume();
		},
	});
	const miniflare = new Miniflare(options);
	await miniflare.ready;
	const origin = (await miniflare.unsafeGetDirectURL()).origin;
	return {
		enter: (identity) => enter(origin, identity),
		enterAsGuest: (identity, ticket) => open(`${origin}/api/signaling/${identity}`, ["trunkline.v1", ticket]),
		enterFloor: (name) => open(`${origin}/api/bench/floor/${name}`, []),
		enterAwake: (name) => open(`${origin}/api/bench/awake/${name}`, []),
		cameUp: async () => (await (await fetch(`${origin}/api/bench/rooms`)).json()).cameUp,
		async close() {
			await miniflare.dispose();
			rmSync(outdir, { recursive: true, force: true });
		},
	};
}

/** Resident memory of the workerd processes that this one started, in KB. */
export function workerdKb() {
	const parents = new Map();
	for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name)))
		try {
			const status = readFileSync(`/proc/${pid}/status`, "utf8");
			const of = (name) => new RegExp(`^${name}:\\s*(\\S+)`, "m").exec(status)?.[1];
			parents.set(pid, { name: of("Name"), parent: of("PPid"), kb: Number(of("VmRSS") ?? 0) });
		} catch {} // it ended meanwhile
	return [...parents.values()]
		.filter(({ name, parent }) => name === "workerd" && parent === String(process.pid))
		.reduce((sum, { kb }) => sum + kb, 0);
}

async function enter(origin, identity) {
	const ticket = await new SignJWT({ nam: "", num: "", sid: "" })
		.setProtectedHeader({ alg: "HS256", typ: "room-ticket+jwt" })
		.setIssuer("trunkline")
		.setAudience("trunkline-signaling")
		.setSubject(identity)
		.setJti(randomUUID())
		.setExpirationTime("30s")
		.sign(new TextEncoder().encode(JWT_SECRET));
	const { socket, next } = await open(`${origin}/api/signaling/${identity}`, ["trunkline.v1", ticket]);
	socket.send(JSON.stringify({ type: "hello", v: 1 }));
	await next("welcome");
	return { socket, next };
}

async function open(address, protocols) {
	const socket = new WebSocket(address.replace("http", "ws"), protocols, { perMessageDeflate: false });
	const next = listen(socket);
	await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
	return { socket, next };
}

/** Waits for the next frame of a type. */
function listen(socket) {
	const heard = [];
	let wake = () => {};
	const keep = (data) => {
		heard.push(JSON.parse(String(data)));
		wake();
	};
	socket.on("message", keep);
	const next = async (type) => {
		for (;;) {
			const at = heard.findIndex((frame) => frame.type === type);
			if (at >= 0) return heard.splice(at, 1)[0];
			await new Promise((resolve) => {
				wake = resolve;
			});
		}
	};
	return Object.assign(next, { stop: () => socket.off("message", keep) });
}
