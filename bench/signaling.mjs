// `npm exec -- node bench/signaling.mjs [--messages 500] [--rounds 20] [--rooms 1000] [--peers FOLDER]`
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openPeers } from "./signaling-peers.mjs";
import { openRooms, workerdKb } from "./signaling-rooms.mjs";
import { talk } from "./signaling-talk.mjs";

const ASLEEP_AFTER_MS = 15_000; // workerd puts an idle object to sleep after ten seconds
const { values } = parseArgs({
	options: {
		messages: { type: "string", default: "500" },
		rounds: { type: "string", default: "20" },
		rooms: { type: "string", default: "1000" },
		peers: { type: "string" },
	},
});
const [messages, rounds, roomCount] = [values.messages, values.rounds, values.rooms].map(Number);

let rooms = await openRooms();
const nodes = await openPeers(values.peers);
try {
	await idle();
	await rooms.close();
	rooms = await openRooms();
	await idleFloor();
	for (const peer of nodes.peers) await idlePeer(peer);
	await talk({ rooms, peers: nodes.peers, rounds, messages });
} finally {
	nodes.close();
	await rooms.close();
}

/** Two devices in each of many rooms: who falls asleep, who is dropped, what one costs, and how fast the first word is. */
async function idle() {
	const before = await rooms.cameUp();
	const ours = await fill((room) => rooms.enter(identity(100 + room)));
	const asleep = await rooms.cameUp();
	const firsts = [];
	for (let room = 0; room < roomCount; room++) firsts.push(await firstWord(ours.devices[room * 2]));
	const woken = (await rooms.cameUp()) - asleep;
	firsts.sort((a, b) => a - b);
	console.log(
		`${ours.devices.length} idle sockets in ${roomCount} rooms (came up ${asleep - before} times while they entered)`,
	);
	console.log(`asleep ${woken} of ${roomCount}, dropped ${ours.dropped()}, ${ours.kb.toFixed(0)} KB each`);
	console.log(`first word after the sleep: p50 ${firsts[Math.floor(roomCount / 2)].toFixed(2)} ms`);
	for (const { socket } of ours.devices) socket.terminate();
}

/** The same sockets in objects that do nothing, in a process of their own: neither profits from what the other freed. */
async function idleFloor() {
	const floor = await fill((room) => rooms.enterFloor(`idle ${room}`));
	console.log(`in objects that do nothing else ${floor.kb.toFixed(0)} KB each`);
	for (const { socket } of floor.devices) socket.terminate();
}

/** As many in a Node process, which never sleeps. */
async function idlePeer({ kind, enter, kb }) {
	const before = kb();
	const sockets = [];
	for (let n = 0; n < roomCount * 2; n++) sockets.push(await enter(`idle-${n}`));
	console.log(`in ${kind} ${((kb() - before) / sockets.length).toFixed(0)} KB each`);
	for (const socket of sockets) socket.terminate();
}

/** Two sockets for each room, left alone until they sleep. */
async function fill(enter) {
	const before = workerdKb();
	const devices = [];
	let dropped = 0;
	for (let room = 0; room < roomCount; room++) devices.push(...(await Promise.all([enter(room), enter(room)])));
	for (const { socket } of devices) socket.on("close", () => dropped++);
	await sleep(ASLEEP_AFTER_MS);
	return { devices, dropped: () => dropped, kb: (workerdKb() - before) / devices.length };
}

async function firstWord({ socket, next }) {
	const started = performance.now();
	socket.send(JSON.stringify({ type: "hangup", call: randomUUID() }));
	await next("ended");
	return performance.now() - started;
}

function identity(number) {
	return `care4w-${String(number).padStart(7, "0")}`;
}
