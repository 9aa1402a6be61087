import { randomUUID } from "node:crypto";
import { cpuOf, workerdOf } from "./processes.mjs";

const SDP = "v=0\r\n";
const identity = (number) => `care4w-${String(number).padStart(7, "0")}`;

/**
 * A kilobyte there and back, one after another, between the same two: in short turns, so that all meet the same machine. A ratio is the
 * middle one of the rounds' own ratios, each against what the bare relay took in the same round.
 */
export async function talk({ rooms, peers, rounds, messages }) {
	const workerd = workerdOf(process.pid);
	const pairs = [];
	for (const peer of peers) pairs.push({ name: peer.kind, pid: peer.pid, ...(await peerPair(peer)) });
	const ours = (name, pair) => pairs.push({ name, pid: workerd, ...pair });
	ours("an object that stays awake", await unreadPair(rooms.enterAwake));
	ours("an object that may sleep", await unreadPair(rooms.enterFloor));
	ours("a call through one room", await callBetween(rooms, 1, 2, true));
	ours("a call through its two rooms", await callBetween(rooms, 3, 4, false));
	for (const pair of pairs) await pair.times(300);
	for (let round = 0; round < rounds; round++) for (const pair of pairs) await turn(pair, messages);
	const [bare] = pairs;
	for (const pair of pairs) tell(pair, bare);
	for (const { ends } of pairs) for (const socket of ends) socket.close();
}

async function turn(pair, messages) {
	const before = cpuOf(pair.pid);
	const times = (await pair.times(messages)).sort((a, b) => a - b);
	pair.cpuMicros += (cpuOf(pair.pid) - before) * 1e6;
	pair.relayed += 2 * messages;
	pair.middles.push(at(times, 0.5));
	pair.all.push(...times);
}

function tell({ name, all, middles, cpuMicros, relayed }, bare) {
	all.sort((a, b) => a - b);
	const ratios = middles.map((time, round) => time / bare.middles[round]).sort((a, b) => a - b);
	const perSecond = (1000 * relayed) / all.reduce((sum, time) => sum + time, 0);
	console.log(
		`${name.padEnd(30)} p50 ${at(all, 0.5).toFixed(3)} ms  p99 ${at(all, 0.99).toFixed(3)} ms  ${Math.round(perSecond)} messages/s  ` +
			`${(cpuMicros / relayed).toFixed(1)} us of CPU a message  ${at(ratios, 0.5).toFixed(2)} x bare`,
	);
}

const at = (times, part) => times[Math.floor(times.length * part)];

async function peerPair({ enter, said }) {
	return pingPong([await enter("one"), await enter("other")], [said("other"), said("one")]);
}

async function unreadPair(enter) {
	const ends = [await enter("relay"), await enter("relay")];
	for (const { next } of ends) next.stop();
	const text = "x".repeat(1024);
	return pingPong(
		ends.map(({ socket }) => socket),
		[text, text],
	);
}

/** `direct`: the caller goes to the room of the one who is called, as browsers do; else everything takes both rooms. */
async function callBetween(rooms, caller, called, direct) {
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
	const text = JSON.stringify(frame);
	return pingPong([far.socket, other.socket], [text, text]);
}

function pingPong(ends, [there, back]) {
	ends[1].on("message", () => ends[1].send(back));
	const once = () =>
		new Promise((resolve) => {
			const started = performance.now();
			ends[0].once("message", () => resolve(performance.now() - started));
			ends[0].send(there);
		});
	const times = async (count) => {
		const taken = [];
		for (let n = 0; n < count; n++) taken.push(await once());
		return taken;
	};
	return { ends, times, all: [], middles: [], cpuMicros: 0, relayed: 0 };
}
