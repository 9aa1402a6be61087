import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { settingsOf } from "../env";
import { enter, enterAsGuest, openDevice, openPerson, roomOfPerson, SDP } from "../test/device";
import { SignalingRoom } from "./room";
import { mintTicket } from "./ticket";

afterEach(() => {
	vi.useRealTimers();
});

/** Ann calls Bob, is told the way into his room and goes there; with `answered`, he has taken the call. */
async function calling({ answered = true } = {}) {
	const [ann, bob] = [await openPerson(), await openPerson()];
	const call = crypto.randomUUID();
	ann.device.say({ type: "call", call, to: bob.identity, sdp: SDP });
	await bob.device.hears("ring");
	const { direct } = await ann.device.hears("ringing");
	if (answered) {
		bob.device.say({ type: "answer", call, sdp: SDP });
		await ann.device.hears("answered");
	}
	const guest = await enterAsGuest(bob.identity, direct);
	return { ann, bob, call, guest, direct };
}

const candidate = (word: string) => ({ candidates: [{ candidate: word }] });
const guestTicket = (room: string, call: string, identity: string) =>
	mintTicket(
		settingsOf(env),
		{ identity: room, name: "", number: "", sessionId: "", guest: { call, identity } },
		Date.now(),
	);

describe("a caller in the room of the one who is called", () => {
	it("speaks with them through that one room, which says who speaks", async () => {
		const { ann, bob, call, guest } = await calling();

		guest.say({ type: "signal", call, signal: candidate("from ann") });
		const heardByBob = await bob.device.hears("signal");
		bob.device.say({ type: "signal", call, signal: candidate("from bob") });
		const heardByAnn = await guest.hears("signal");

		expect(heardByBob).toMatchObject({ call, from: ann.identity, signal: candidate("from ann") });
		expect(heardByAnn).toMatchObject({ call, from: bob.identity, signal: candidate("from bob") });
		expect(ann.device.frames.filter(({ type }) => type === "signal")).toEqual([]);
	});

	it("may come while it rings, and what it says is kept for every device", async () => {
		const { bob, call, guest } = await calling({ answered: false });

		guest.say({ type: "signal", call, signal: candidate("early") });
		await bob.device.hears("signal");
		const tablet = await openDevice(bob.account);

		expect(await tablet.hears("welcome")).toMatchObject({ current: { candidates: [{ candidate: "early" }] } });
	});

	it("is still there when the room was evicted", async () => {
		const { ann, bob, call, guest } = await calling();

		await evictDurableObject(roomOfPerson(bob.identity));
		guest.say({ type: "signal", call, signal: candidate("after") });
		expect(await bob.device.hears("signal")).toMatchObject({ from: ann.identity, signal: candidate("after") });
		await evictDurableObject(roomOfPerson(bob.identity));
		bob.device.say({ type: "signal", call, signal: candidate("back") });

		expect(await guest.hears("signal")).toMatchObject({ from: bob.identity, signal: candidate("back") });
	});

	it("goes when the call is over", async () => {
		const { ann, call, guest } = await calling();

		ann.device.say({ type: "hangup", call });

		expect(await guest.closes()).toBe(1000);
	});

	it("may go and come back, and meanwhile everything takes the way through both rooms", async () => {
		const { ann, bob, call, guest } = await calling();
		guest.close();
		await guest.closes();

		bob.device.say({ type: "signal", call, signal: candidate("around") });
		const around = await ann.device.hears("signal");
		ann.device.say({ type: "direct", call });
		const { direct } = await ann.device.hears("direct");
		const [first, second] = [await enterAsGuest(bob.identity, direct), ann.device];
		second.say({ type: "direct", call });
		const again = await enterAsGuest(bob.identity, (await second.hears("direct")).direct);
		bob.device.say({ type: "signal", call, signal: candidate("direct") });

		expect(around).toMatchObject({ from: bob.identity, signal: candidate("around") });
		expect(await first.closes()).toBe(4001);
		expect(await again.hears("signal")).toMatchObject({ signal: candidate("direct") });
	});

	it("keeps no more for a device that is away than a room can hold, and that the latest", async () => {
		const { bob, call, guest } = await calling();
		bob.device.close();
		await bob.device.closes();

		for (let n = 0; n < 25; n++)
			guest.say({
				type: "signal",
				call,
				signal: { candidates: [...Array(60).fill({ candidate: "€".repeat(1_000) }), { candidate: String(n) }] },
			});
		guest.say({ type: "signal", call: crypto.randomUUID(), signal: {} });
		await guest.hears("error");
		const back = await openDevice(bob.account, bob.device.resume);
		guest.say({ type: "signal", call, signal: candidate("now") });

		const heard: (string | undefined)[] = [];
		while (heard.at(-1) !== "now") heard.push((await back.hears("signal")).signal.candidates?.at(-1)?.candidate);
		expect(heard.slice(-3)).toEqual(["23", "24", "now"]);
		expect(heard.length).toBeLessThan(20);
	});

	it("is passed by when it has long been silent", async () => {
		const { ann, bob, call } = await calling();
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61_000 });

		bob.device.say({ type: "signal", call, signal: candidate("around") });

		expect(await ann.device.hears("signal")).toMatchObject({ signal: candidate("around") });
	});
});

describe("the door for such a caller", () => {
	it("opens once for a ticket", async () => {
		const { bob, direct } = await calling();

		expect((await enter(bob.identity, direct ?? "")).status).toBe(401);
	});

	it("stays shut for another call, another caller, another room, and a call that is over", async () => {
		const { ann, bob, call } = await calling();
		const eve = await openPerson();
		const knock = async (room: string, about: string, as: string) =>
			(await enter(room, await guestTicket(room, about, as))).status;

		expect(await knock(bob.identity, crypto.randomUUID(), ann.identity)).toBe(401);
		expect(await knock(bob.identity, call, eve.identity)).toBe(401);
		expect(await knock(ann.identity, call, bob.identity)).toBe(401);
		expect(await knock(eve.identity, call, ann.identity)).toBe(401);
		expect((await enter(eve.identity, await guestTicket(bob.identity, call, ann.identity))).status).toBe(403);
		ann.device.say({ type: "hangup", call });
		await bob.device.hears("ended");
		expect(await knock(bob.identity, call, ann.identity)).toBe(401);
	});

	it("is shown to the caller's own device and to nobody else", async () => {
		const { ann, bob, call } = await calling();
		const annsTablet = await openDevice(ann.account);

		for (const device of [bob.device, annsTablet]) {
			device.say({ type: "direct", call });
			expect(await device.hears("error")).toMatchObject({ code: "not_in_this_call" });
		}
		ann.device.say({ type: "direct", call: crypto.randomUUID() });
		expect(await ann.device.hears("ended")).toMatchObject({ reason: "gone" });
	});
});

describe("what such a caller may say", () => {
	it("is a signal of this call and nothing else", async () => {
		const { bob, call, guest } = await calling();
		const others = [
			{ type: "hello", v: 1 },
			{ type: "hangup", call },
			{ type: "answer", call, sdp: SDP },
			{ type: "call", call: crypto.randomUUID(), to: bob.identity, sdp: SDP },
			{ type: "signal", call, from: bob.identity, signal: candidate("forged") },
		];

		for (const frame of others) {
			guest.sayRaw(JSON.stringify(frame));
			expect(await guest.hears("error"), frame.type).toMatchObject({ code: "malformed" });
		}
		guest.say({ type: "signal", call: crypto.randomUUID(), signal: candidate("elsewhere") });
		expect(await guest.hears("error")).toMatchObject({ code: "not_in_this_call" });
		guest.say({ type: "signal", call, signal: candidate("fine") });
		expect(await bob.device.hears("signal")).toMatchObject({ signal: candidate("fine") });
		expect(bob.device.frames.map(({ type }) => type)).toEqual(["welcome"]);
	});

	it("ends its socket when it is a megabyte or binary", async () => {
		const [loud, binary] = [await calling(), await calling()];

		loud.guest.sayRaw("x".repeat(1_000_000));
		binary.guest.sayRaw(new Uint8Array(10).buffer);

		expect(await loud.guest.closes()).toBe(1009);
		expect(await binary.guest.closes()).toBe(1003);
	});

	it("is no flood: a hundred messages are passed on, then it is told once, then cut off", async () => {
		const { bob, call, guest } = await calling();
		const said = JSON.stringify({ type: "signal", call, signal: candidate("again") });

		// The same room as it stands in production: the tests' own has a thousand times the patience.
		await runInDurableObject(roomOfPerson(bob.identity), async (_, state) => {
			const room = new SignalingRoom(state, Object.assign({}, env, { RATE_LIMIT_SCALE: "1" }));
			const [socket] = state.getWebSockets("guest");
			vi.useFakeTimers({ toFake: ["Date"] });
			for (let n = 0; socket && n < 201; n++) await room.webSocketMessage(socket, said);
		});

		expect(await guest.closes()).toBe(4008);
		expect(guest.frames).toEqual([{ type: "error", code: "rate_limited" }]);
		bob.device.say({ type: "hangup", call });
		await bob.device.hears("ended");
		expect(bob.device.frames.filter(({ type }) => type === "signal")).toHaveLength(100);
	});

	it("counts for nothing once its session has ended, and neither does the call", async () => {
		const { ann, bob, guest } = await calling();

		await roomOfPerson(ann.identity).closeSession(ann.account.scope().sessionId ?? "");

		expect(await bob.device.hears("ended")).toMatchObject({ reason: "hung_up" });
		expect(await guest.closes()).toBe(1000);
	});
});
