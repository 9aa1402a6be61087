import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { type Device, enterAsGuest, logOf, openDevice, openPerson, roomOfPerson, SDP } from "../test/device";

type Someone = Awaited<ReturnType<typeof openPerson>>;
const id = () => crypto.randomUUID();
const ends = (device: Device) => device.hears("ended").then(({ reason }) => reason);
const later = (seconds: number) => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1000 });
afterEach(() => {
	vi.useRealTimers();
});

async function talk(from: Someone, to: Someone, about: { consults?: string } = {}): Promise<string> {
	const call = id();
	from.device.say({ type: "call", call, to: to.identity, sdp: SDP, ...about });
	await to.device.hears("ring");
	to.device.say({ type: "answer", call, sdp: SDP });
	await from.device.hears("answered");
	return call;
}

/** Bob called Ann, who has put him on hold and speaks with Carl. */
async function asking() {
	const [ann, bob, carl] = [await openPerson(), await openPerson(), await openPerson()];
	const call = await talk(bob, ann);
	const asked = await talk(ann, carl, { consults: call });
	return { ann, bob, carl, call, asked };
}

/** Bob's browser does what it was told: it calls Carl in place of its call with Ann. */
async function goOn(bob: Someone, replaces: string): Promise<string> {
	const { to } = await bob.device.hears("transfer");
	const next = id();
	bob.device.say({ type: "call", call: next, to, sdp: SDP, replaces });
	return next;
}

const signal = (word: string) => ({ candidates: [{ candidate: word }] });
const everyone = ({ ann, bob, carl }: Record<"ann" | "bob" | "carl", Someone>) => [ann, bob, carl];
const evict = async (people: Someone[]) => {
	for (const { identity } of people) await evictDurableObject(roomOfPerson(identity));
};

const Items = z.object({ items: z.array(z.object({ id: z.string() })) });
const Story = z.object({ events: z.array(z.object({ kind: z.string(), detail: z.record(z.string(), z.string()) })) });

/** The stories in somebody's log, the newest call first. */
async function storiesOf({ account }: Someone, count: number) {
	await logOf(account, count);
	const { items } = Items.parse(await (await account.call("/api/calls")).json());
	return Promise.all(
		items.map(async (call) => Story.parse(await (await account.call(`/api/calls/${call.id}`)).json()).events),
	);
}

describe("somebody who is asked while a call is on hold", () => {
	it("rings and talks, and the call on hold goes on beside it", async () => {
		const { ann, bob, carl, call, asked } = await asking();

		ann.device.say({ type: "signal", call, signal: signal("to bob") });
		ann.device.say({ type: "signal", call: asked, signal: signal("to carl") });
		bob.device.say({ type: "signal", call, signal: signal("from bob") });

		expect(await bob.device.hears("signal")).toMatchObject({ call, from: ann.identity });
		expect(await carl.device.hears("signal")).toMatchObject({ call: asked, from: ann.identity });
		expect(await ann.device.hears("signal")).toMatchObject({ call, from: bob.identity });
	});

	it("is connected with the one on hold, who comes in their place and is answered at once", async () => {
		const { ann, bob, carl, call, asked } = await asking();

		ann.device.say({ type: "connect", call: asked });
		const next = await goOn(bob, call);
		const ring = await carl.device.hears("ring");
		carl.device.say({ type: "answer", call: next, sdp: SDP });

		expect(ring).toMatchObject({ call: next, from: { identity: bob.identity }, settles: asked, role: "polite" });
		expect(ring).toMatchObject({ by: { identity: ann.identity } });
		expect(await bob.device.hears("answered")).toMatchObject({ call: next, from: { identity: carl.identity } });
		expect([await ends(ann.device), await ends(ann.device)]).toEqual(["handed_on", "handed_on"]);
		bob.device.say({ type: "signal", call: next, signal: signal("hello") });
		expect(await carl.device.hears("signal")).toMatchObject({ from: bob.identity });
		bob.device.say({ type: "hangup", call: next });
		expect(await ends(carl.device)).toBe("hung_up");
	});

	it("stands in everybody's log with what became of the call", async () => {
		const { ann, bob, carl, call, asked } = await asking();
		ann.device.say({ type: "connect", call: asked });
		const next = await goOn(bob, call);
		await carl.device.hears("ring");
		carl.device.say({ type: "answer", call: next, sdp: SDP });
		await bob.device.hears("answered");
		bob.device.say({ type: "hangup", call: next });

		const [anns, bobs, carls] = [await storiesOf(ann, 2), await storiesOf(bob, 2), await storiesOf(carl, 2)];

		const kinds = (stories: Awaited<ReturnType<typeof storiesOf>>) =>
			stories.map((events) => events.map(({ kind }) => kind));
		expect(kinds(anns)).toEqual([["handed_on"], ["consulted", "handed_on"]]);
		expect(anns[1]?.[0]?.detail).toEqual({ with: carl.identity, status: "completed" });
		expect(kinds(bobs)).toEqual([["handed_by"], ["handed_on"]]);
		expect(kinds(carls)).toEqual([["handed_by"], ["handed_on"]]);
	});

	it("may be let go, and the one on hold is spoken with again", async () => {
		const { ann, bob, carl, call, asked } = await asking();

		ann.device.say({ type: "hangup", call: asked });

		expect(await ends(carl.device)).toBe("hung_up");
		expect(await ends(ann.device)).toBe("hung_up");
		ann.device.say({ type: "signal", call, signal: signal("back") });
		expect(await bob.device.hears("signal")).toMatchObject({ call });
		await talk(ann, carl, { consults: call }); // and asked once more
	});

	it("is busy, away, declines or does not answer: then the call on hold is as before", async () => {
		const [ann, bob, busy, shy, away] = await Promise.all(Array.from({ length: 5 }, openPerson));
		if (!ann || !bob || !busy || !shy || !away) throw new Error("five people");
		const call = await talk(bob, ann);
		await talk(busy, away);
		const ask = (to: Someone) =>
			ann.device.say({ type: "call", call: id(), to: to.identity, sdp: SDP, consults: call });

		ask(busy);
		expect(await ends(ann.device)).toBe("busy");
		ask(shy);
		shy.device.say({ type: "decline", call: (await shy.device.hears("ring")).call });
		expect(await ends(ann.device)).toBe("declined");
		ask(shy);
		await shy.device.hears("ring");
		later(41);
		await runDurableObjectAlarm(roomOfPerson(shy.identity));
		expect(await ends(ann.device)).toBe("timeout");

		bob.device.say({ type: "signal", call, signal: signal("still here") });
		expect(await ann.device.hears("signal")).toMatchObject({ call });
	});

	it("goes on when the one on hold hangs up", async () => {
		const { ann, bob, carl, call, asked } = await asking();

		bob.device.say({ type: "hangup", call });

		expect(await ann.device.hears("ended")).toMatchObject({ call, reason: "hung_up" });
		ann.device.say({ type: "connect", call: asked });
		expect(await ann.device.hears("error")).toMatchObject({ code: "not_handed_on" });
		carl.device.say({ type: "signal", call: asked, signal: signal("hello?") });
		expect(await ann.device.hears("signal")).toMatchObject({ call: asked });
	});

	it("who calls back at that very moment is one call, which can still be connected", async () => {
		const [bob, ...pair] = [await openPerson(), await openPerson(), await openPerson()];
		const [carl, ann] = pair.sort((a, b) => (a.identity < b.identity ? -1 : 1)) as [Someone, Someone];
		const call = await talk(bob, ann);
		const theirs = id();
		ann.device.say({ type: "call", call: id(), to: carl.identity, sdp: SDP, consults: call });
		carl.device.say({ type: "call", call: theirs, to: ann.identity, sdp: SDP });
		const frames = await Promise.race([ann.device.hears("ring"), carl.device.hears("ring")]);
		const answers = frames.call === theirs ? ann : carl;
		answers.device.say({ type: "answer", call: frames.call, sdp: SDP });
		await (answers === ann ? carl : ann).device.hears("answered");

		ann.device.say({ type: "connect", call: frames.call });

		expect(await bob.device.hears("transfer")).toMatchObject({ call, to: carl.identity });
	});
});

describe("asking survives", () => {
	it("an eviction of every room at every step", async () => {
		const all = await asking();
		const { ann, bob, carl, call, asked } = all;
		await evict(everyone(all));
		ann.device.say({ type: "connect", call: asked });
		const { to } = await bob.device.hears("transfer");
		await evict(everyone(all));
		const next = id();
		bob.device.say({ type: "call", call: next, to, sdp: SDP, replaces: call });
		await carl.device.hears("ring");
		expect([await ends(ann.device), await ends(ann.device)]).toEqual(["handed_on", "handed_on"]);
		await evict([bob, carl]);
		carl.device.say({ type: "answer", call: next, sdp: SDP });

		expect(await bob.device.hears("answered")).toMatchObject({ call: next });
	});

	it("a dropped socket: the device is shown both calls again", async () => {
		const { ann, carl, call, asked } = await asking();
		ann.device.close();
		await ann.device.closes();
		carl.device.say({ type: "signal", call: asked, signal: signal("missed") });

		const back = await openDevice(ann.account, ann.device.resume);

		expect(await back.hears("welcome")).toMatchObject({ current: { call: asked, mine: true }, waiting: { call } });
		expect(await back.hears("signal")).toMatchObject({ signal: signal("missed") });
		back.say({ type: "hangup", call: asked });
		expect(await ends(carl.device)).toBe("hung_up");
	});

	it("no browser that never comes back: both calls are lost, and nobody is connected unasked", async () => {
		const { ann, bob, carl, call } = await asking();
		ann.device.close();
		await ann.device.closes();
		await roomOfPerson(ann.identity).knows(call);
		later(46);

		await runDurableObjectAlarm(roomOfPerson(ann.identity));

		expect([await ends(bob.device), await ends(carl.device)]).toEqual(["lost", "lost"]);
	});

	it("no sign-out", async () => {
		const { ann, bob, carl } = await asking();

		await roomOfPerson(ann.identity).closeSession(ann.account.scope().sessionId ?? "");

		expect([await ends(bob.device), await ends(carl.device)]).toEqual(["hung_up", "hung_up"]);
	});
});

describe("asking is refused", () => {
	it("a second time at once, from another device, and about a call of others", async () => {
		const { ann, bob, carl, call, asked } = await asking();
		const [tablet, dave] = [await openDevice(ann.account), await openPerson()];
		const ask = (consults: string) => ({ type: "call", call: id(), to: dave.identity, sdp: SDP, consults }) as const;

		for (const consults of [call, asked]) {
			ann.device.say(ask(consults));
			expect(await ann.device.hears("error")).toMatchObject({ code: "in_a_call" });
		}
		tablet.say(ask(call));
		expect(await tablet.hears("error")).toMatchObject({ code: "in_a_call" });
		carl.device.say(ask(call));
		expect(await carl.device.hears("error")).toMatchObject({ code: "in_a_call" });
		bob.device.say({ type: "call", call: id(), to: ann.identity, sdp: SDP, consults: call });
		expect(await bob.device.hears("error")).toMatchObject({ code: "in_a_call" });
		expect(dave.device.frames.map(({ type }) => type)).toEqual(["welcome"]);
	});

	it("and so is connecting, but for the device that asked", async () => {
		const { ann, bob, carl, asked, call } = await asking();
		const [tablet, eve] = [await openDevice(ann.account), await openPerson()];

		tablet.say({ type: "connect", call: asked });
		expect(await tablet.hears("error")).toMatchObject({ code: "not_in_this_call" });
		carl.device.say({ type: "connect", call: asked });
		expect(await carl.device.hears("error")).toMatchObject({ code: "not_handed_on" });
		bob.device.say({ type: "connect", call });
		expect(await bob.device.hears("error")).toMatchObject({ code: "not_handed_on" });
		eve.device.say({ type: "connect", call: asked });
		expect(await ends(eve.device)).toBe("gone");
	});

	it("while it rings, to those who ask somebody themselves, and to somebody who blocked the caller", async () => {
		const [ann, bob, carl, dave] = await Promise.all(Array.from({ length: 4 }, openPerson));
		if (!ann || !bob || !carl || !dave) throw new Error("four people");
		const call = await talk(bob, ann);
		const early = id();
		ann.device.say({ type: "call", call: early, to: carl.identity, sdp: SDP, consults: call });
		await carl.device.hears("ring");
		ann.device.say({ type: "connect", call: early });
		expect(await ann.device.hears("error")).toMatchObject({ code: "not_in_this_call" });
		carl.device.say({ type: "answer", call: early, sdp: SDP });
		await ann.device.hears("answered");
		const blocked = await carl.account.call("/api/blocked-callers", { identity: bob.identity });
		ann.device.say({ type: "connect", call: early });
		expect(blocked.status).toBe(201);
		expect(await ann.device.hears("error")).toMatchObject({ code: "not_handed_on" });
		await carl.account.call(`/api/blocked-callers/${bob.identity}`, undefined, { method: "DELETE" });

		await talk(bob, dave, { consults: call });
		ann.device.say({ type: "connect", call: early });

		expect(await ann.device.hears("error")).toMatchObject({ code: "not_handed_on" });
		expect(bob.device.frames.filter(({ type }) => type === "transfer")).toEqual([]);
	});

	it("to a third person who comes while somebody else is expected", async () => {
		const { ann, bob, carl, call, asked } = await asking();
		const eve = await openPerson();
		ann.device.say({ type: "connect", call: asked });
		await bob.device.hears("transfer");

		eve.device.say({ type: "call", call: id(), to: carl.identity, sdp: SDP, replaces: call });

		expect(await ends(eve.device)).toBe("busy");
		const forged = { call: id(), from: { identity: bob.identity, name: "", number: "" }, sdp: SDP };
		expect(await roomOfPerson(carl.identity).invite(forged)).toBe("busy");
	});

	it("to the guest of a call that gave way", async () => {
		const [ann, bob, carl] = [await openPerson(), await openPerson(), await openPerson()];
		const call = await talk(bob, ann);
		const asked = id();
		ann.device.say({ type: "call", call: asked, to: carl.identity, sdp: SDP, consults: call });
		await carl.device.hears("ring");
		const guest = await enterAsGuest(carl.identity, (await ann.device.hears("ringing")).direct);
		carl.device.say({ type: "answer", call: asked, sdp: SDP });
		await ann.device.hears("answered");

		ann.device.say({ type: "connect", call: asked });
		await goOn(bob, call);

		expect(await guest.closes()).toBe(1000);
	});
});
