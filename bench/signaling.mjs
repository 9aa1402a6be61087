// `npm exec -- node bench/signaling.mjs [--messages 3000] [--rounds 3] [--rooms 1000]`
import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import WebSocket from "ws";
import { openRooms, workerdKb } from "./signaling-rooms.mjs";

const ASLEEP_AFTER_MS = 15_000; // workerd puts an idle object to sleep after ten seconds
const SDP = "v=0\r\n";
const { values } = parseArgs({
	options: {
		messages: { type: "string", default: "3000" },
		rounds: { type: "string", default: "3" },
		rooms: { type: "string", default: "1000" },
	},
});
const [messages, rounds, roomCount] = [values.messages, values.rounds, values.rooms].map(Number);

const rooms = await openRooms();
const relay = fork(fileURLToPath(new URL("signaling-relay.mjs", import.meta.url)));
const [{ port }] = await once(relay, "message");
try {
	await relayed();
	await idle();
} finally {
	relay.disconnect();
	await rooms.close();
}

/** A kilobyte there and back, one after another, between the same two: in turns, so that both meet the same machine. */
async function relayed() {
	const bare = await bareConnection();
	const call = await callBetween(identity(1), identity(2));
	for (const one of [bare, call]) await one.times(300);
	const taken = { bare: [], call: [] };
	for (let round = 0; round < rounds; round++) {
		taken.bare.push(...(await bare.times(messages)));
		taken.call.push(...(await call.times(messages)));
	}
	const [least, ours] = [taken.bare, taken.call].map((times) => times.sort((a, b) => a - b));
	const at = (times, part) => times[Math.floor(times.length * part)];
	const line = (name, times) =>
		console.log(
			`${name.padEnd(34)} p50 ${at(times, 0.5).toFixed(3)} ms  p99 ${at(times, 0.99).toFixed(3)} ms  ` +
				`${Math.round(1000 / (times.reduce((sum, time) => sum + time, 0) / times.length))} round trips/s`,
		);
	line("bare ws relay in Node", least);
	line("a call through its two rooms", ours);
	console.log(`p50 ratio ${(at(ours, 0.5) / at(least, 0.5)).toFixed(2)} x`);
	for (const { ends } of [bare, call]) for (const socket of ends) socket.close();
}

async function bareConnection() {
	const ends = [1, 2].map(() => new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false }));
	await Promise.all(ends.map((end) => once(end, "open")));
	return pingPong(ends, "x".repeat(1024));
}

async function callBetween(caller, called) {
	const [one, other] = [await rooms.enter(caller), await rooms.enter(called)];
	const call = randomUUID();
	one.socket.send(JSON.stringify({ type: "call", call, to: called, sdp: SDP }));
	await other.next("ring");
	other.socket.send(JSON.stringify({ type: "answer", call, sdp: SDP }));
	await one.next("answered");
	one.next.stop();
	other.next.stop();
	const frame = { type: "signal", call, signal: { candidates: [{ candidate: "" }] } };
	frame.signal.candidates[0].candidate = "x".repeat(1024 - JSON.stringify(frame).length);
	return pingPong([one.socket, other.socket], JSON.stringify(frame));
}

function pingPong(ends, text) {
	ends[1].on("message", () => ends[1].send(text));
	const once = () =>
		new Promise((resolve) => {
			const started = performance.now();
			ends[0].once("message", () => resolve(performance.now() - started));
			ends[0].send(text);
		});
	const times = async (count) => {
		const taken = [];
		for (let n = 0; n < count; n++) taken.push(await once());
		return taken;
	};
	return { ends, times };
}

/** Two devices in each of many rooms: who falls asleep, who is dropped, what one costs, and how fast the first word is. */
async function idle() {
	const before = { kb: workerdKb(), cameUp: await rooms.cameUp() };
	const devices = [];
	for (let room = 0; room < roomCount; room++)
		devices.push(...(await Promise.all([1, 2].map(() => rooms.enter(identity(100 + room))))));
	let dropped = 0;
	for (const { socket } of devices) socket.on("close", () => dropped++);
	const entered = (await rooms.cameUp()) - before.cameUp;
	await sleep(ASLEEP_AFTER_MS);
	const kb = (workerdKb() - before.kb) / devices.length;
	const asleep = await rooms.cameUp();
	const firsts = [];
	for (let room = 0; room < roomCount; room++) firsts.push(await firstWord(devices[room * 2]));
	const woken = (await rooms.cameUp()) - asleep;
	firsts.sort((a, b) => a - b);
	console.log(`${devices.length} idle sockets in ${roomCount} rooms (came up ${entered} times while they entered)`);
	console.log(`asleep ${woken} of ${roomCount}, dropped ${dropped}, ${kb.toFixed(0)} KB each`);
	console.log(`first word after the sleep: p50 ${firsts[Math.floor(roomCount / 2)].toFixed(2)} ms`);
	for (const { socket } of devices) socket.terminate();
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
