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

let rooms = await openRooms();
const relay = fork(fileURLToPath(new URL("signaling-relay.mjs", import.meta.url)));
const [{ port }] = await once(relay, "message");
try {
	await idle();
	await rooms.close();
	rooms = await openRooms();
	await idleFloor();
	await relayed();
} finally {
	relay.disconnect();
	await rooms.close();
}

/** A kilobyte there and back, one after another, between the same two: in turns, so that both meet the same machine. */
async function relayed() {
	const bare = await bareConnection();
	const floor = await floorConnection();
	const all = { bare, floor, direct: await callBetween(1, 2, true), around: await callBetween(3, 4, false) };
	for (const one of Object.values(all)) await one.times(300);
	const taken = { bare: [], floor: [], direct: [], around: [] };
	for (let round = 0; round < rounds; round++) {
		for (const name of Object.keys(all)) taken[name].push(...(await all[name].times(messages)));
	}
	for (const times of Object.values(taken)) times.sort((a, b) => a - b);
	const at = (times, part) => times[Math.floor(times.length * part)];
	const line = (name, times) =>
		console.log(
			`${name.padEnd(34)} p50 ${at(times, 0.5).toFixed(3)} ms  p99 ${at(times, 0.99).toFixed(3)} ms  ` +
				`${Math.round(1000 / (times.reduce((sum, time) => sum + time, 0) / times.length))} round trips/s`,
		);
	line("bare ws relay in Node", taken.bare);
	line("an object that does nothing else", taken.floor);
	line("a call through one room", taken.direct);
	line("a call through its two rooms", taken.around);
	const ratio = (times) => (at(times, 0.5) / at(taken.bare, 0.5)).toFixed(2);
	const around = `by way of both rooms ${ratio(taken.around)} x`;
	console.log(
		`p50 ratio ${ratio(taken.direct)} x, the object that does nothing else ${ratio(taken.floor)} x, ${around}`,
	);
	for (const { ends } of Object.values(all)) for (const socket of ends) socket.close();
}

async function bareConnection() {
	const ends = [1, 2].map(() => new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false }));
	await Promise.all(ends.map((end) => once(end, "open")));
	return pingPong(ends, "x".repeat(1024));
}

async function floorConnection() {
	const ends = [await rooms.enterFloor("relay"), await rooms.enterFloor("relay")];
	for (const { next } of ends) next.stop();
	return pingPong(
		ends.map(({ socket }) => socket),
		"x".repeat(1024),
	);
}

/** `direct`: the caller goes to the room of the one who is called, as browsers do; else everything takes both rooms. */
async function callBetween(caller, called, direct) {
	const [one, other] = [await rooms.enter(identity(caller)), await rooms.enter(identity(called))];
	const call = randomUUID();
	one.socket.send(JSON.stringify({ type: "call", call, to: identity(called), sdp: SDP }));
	await other.next("ring");
	other.socket.send(JSON.stringify({ type: "answer", call, sdp: SDP }));
	const { direct: ticket } = await one.next("ringing");
	await one.next("answered");
	const far = direct ? await rooms.enterAsGuest(identity(called), ticket) : one;
	for (const { next } of [far, other]) next.stop();
	const frame = { type: "signal", call, signal: { candidates: [{ candidate: "" }] } };
	frame.signal.candidates[0].candidate = "x".repeat(1024 - JSON.stringify(frame).length);
	return pingPong([far.socket, other.socket], JSON.stringify(frame));
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
