import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import WebSocket from "ws";

const TEXT = "x".repeat(1024);

/** How a socket comes into each server, and what it says there: the same bare client for all, so that only the servers differ. */
const PEERS = {
	bare: { path: () => "/", greeted: (socket) => once(socket, "open"), said: () => TEXT },
	"socket.io": {
		path: () => "/socket.io/?EIO=4&transport=websocket",
		async greeted(socket) {
			await heard(socket, "0{");
			socket.send("40");
			await heard(socket, "40{");
		},
		said: () => `42${JSON.stringify(["signal", TEXT])}`,
	},
	peer: {
		path: (name) => `/peerjs?key=bench&id=${name}&token=t`,
		greeted: (socket) => heard(socket, '{"type":"OPEN"'),
		said: (other) => JSON.stringify({ type: "CANDIDATE", dst: other, payload: TEXT }),
	},
};

/** Starts the relays in Node, each in a process of its own. */
export async function openPeers(modules) {
	const folder = modules ?? installed();
	const opened = await Promise.all(Object.keys(PEERS).map((kind) => openPeer(kind, folder)));
	return {
		peers: opened,
		close() {
			for (const { child } of opened) child.disconnect();
			if (!modules) rmSync(folder, { recursive: true, force: true });
		},
	};
}

async function openPeer(kind, folder) {
	const child = fork(fileURLToPath(new URL("signaling-relay.mjs", import.meta.url)), [kind, folder]);
	const [{ port }] = await once(child, "message");
	const { path, greeted, said } = PEERS[kind];
	const enter = async (name) => {
		const socket = new WebSocket(`ws://127.0.0.1:${port}${path(name)}`, { perMessageDeflate: false });
		await greeted(socket);
		return socket;
	};
	return { kind, child, pid: child.pid, enter, said, kb: () => residentKb(child.pid) };
}

/** Into a folder of the moment: the product needs none of them. */
function installed() {
	console.log("Installing socket.io and PeerServer into a temporary folder (--peers FOLDER saves it) ...");
	const folder = mkdtempSync(join(tmpdir(), "trunkline-peers-"));
	const names = ["socket.io", "peer", "express"];
	execFileSync("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--prefix", folder, ...names]);
	return folder;
}

function heard(socket, beginning) {
	return new Promise((resolve) => {
		const listen = (data) => {
			if (!String(data).startsWith(beginning)) return;
			socket.off("message", listen);
			resolve();
		};
		socket.on("message", listen);
	});
}

function residentKb(pid) {
	return Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}
