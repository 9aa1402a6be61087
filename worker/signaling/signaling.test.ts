import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Device, logOf, openDevice, openPerson, roomOfPerson, SDP } from "../test/device";
import { openAccount } from "../test/house";

const id = () => crypto.randomUUID();
const later = (seconds: number) => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1000 });
afterEach(() => {
	vi.useRealTimers();
});

/** Two people, the first of whom calls the second. */
async function ringing() {
	const [ann, bob] = [await openPerson(), await openPerson()];
	const call = id();
	ann.device.say({ type: "call", call, to: bob.identity, sdp: SDP });
	const ring = await bob.device.hears("ring");
	await ann.device.hears("ringing");
	return { ann, bob, call, ring };
}

async function talking() {
	const all = await ringing();
	all.bob.device.say({ type: "answer", call: all.call, sdp: SDP });
	await all.ann.device.hears("answered");
	return all;
}

const ends = (device: Device) => device.hears("ended").then(({ reason }) => reason);
const statusesOf = async (account: Parameters<typeof logOf>[0]) => (await logOf(account)).map(({ status }) => status);

describe("a call between two browsers", () => {
	it("is set up in five frames, and the rooms say who speaks", async () => {
		const [ann, bob] = [await openPerson(), await openPerson()];
		const call = id();

		ann.device.say({ type: "call", call, to: bob.identity, sdp: SDP });
		const ring = await bob.device.hears("ring");
		const ringing = await ann.device.hears("ringing");
		bob.device.say({ type: "answer", call, sdp: SDP });
		const answered = await ann.device.hears("answered");

		expect(ring).toMatchObject({ call, from: { identity: ann.identity }, sdp: SDP, role: "polite" });
		expect(ringing).toMatchObject({ call, role: "impolite" });
		expect(answered).toMatchObject({ call, from: { identity: bob.identity }, sdp: SDP });
		expect(ann.device.frames.map(({ type }) => type)).toEqual(["welcome"]);
		expect(bob.device.frames.map(({ type }) => type)).toEqual(["welcome"]);
	});

	it("relays what the two ends tell each other, in its order", async () => {
		const { ann, bob, call } = await talking();

		for (const candidate of ["a", "b", "c"])
			ann.device.say({ type: "signal", call, signal: { candidates: [{ candidate }] } });
		const heard = [];
		for (let n = 0; n < 3; n++) heard.push(await bob.device.hears("signal"));

		expect(heard.map(({ signal }) => signal.candidates?.[0]?.candidate)).toEqual(["a", "b", "c"]);
		expect(heard.map(({ from }) => from)).toEqual([ann.identity, ann.identity, ann.identity]);
	});

	it("stands in the log of both, once each, whatever device did it", async () => {
		const { ann, bob, call } = await talking();

		bob.device.say({ type: "hangup", call });
		expect(await ends(ann.device)).toBe("hung_up");
		expect(await ends(bob.device)).toBe("hung_up");
		ann.device.say({ type: "hangup", call });

		expect(await ends(ann.device)).toBe("gone");
		expect(await logOf(ann.account)).toMatchObject([{ direction: "outbound", status: "completed", missed: false }]);
		expect(await logOf(bob.account)).toMatchObject([{ direction: "inbound", status: "completed", missed: false }]);
	});

	it("can be declined on any device, and then rings nowhere", async () => {
		const { ann, bob, call } = await ringing();
		const tablet = await openDevice(bob.account);

		tablet.say({ type: "decline", call });

		expect(await Promise.all([ends(ann.device), ends(bob.device), ends(tablet)])).toEqual(Array(3).fill("declined"));
		expect(await statusesOf(ann.account)).toEqual(["declined"]);
		expect(await statusesOf(bob.account)).toEqual(["declined"]);
	});

	it("can be taken back while it rings, and was missed then", async () => {
		const { ann, bob, call } = await ringing();

		ann.device.say({ type: "hangup", call });

		expect(await ends(bob.device)).toBe("cancelled");
		bob.device.say({ type: "answer", call, sdp: SDP });
		expect(await ends(bob.device)).toBe("gone");
		expect(await statusesOf(ann.account)).toEqual(["cancelled"]);
		expect(await logOf(bob.account)).toMatchObject([{ status: "missed", missed: true }]);
	});

	it("is missed once, not once per device, when nobody answers", async () => {
		const { ann, bob } = await ringing();
		const tablet = await openDevice(bob.account);
		later(41);

		await runDurableObjectAlarm(roomOfPerson(bob.identity));

		expect(await Promise.all([ends(ann.device), ends(bob.device), ends(tablet)])).toEqual(Array(3).fill("timeout"));
		expect(await statusesOf(bob.account)).toEqual(["missed"]);
		expect(await statusesOf(ann.account)).toEqual(["no_answer"]);
	});

	it("is unavailable at once when nobody is there, and known afterwards", async () => {
		const ann = await openPerson();
		const away = await openPerson();
		away.device.close();
		await away.device.closes();

		ann.device.say({ type: "call", call: id(), to: away.identity, sdp: SDP });

		expect(await ends(ann.device)).toBe("unavailable");
		expect(await statusesOf(away.account)).toEqual(["missed"]);
	});

	it("is as unavailable for an identity that nobody has, and for the caller's own", async () => {
		const { device, identity, account } = await openPerson();

		device.say({ type: "call", call: id(), to: "care4w-0000000", sdp: SDP });
		expect(await ends(device)).toBe("unavailable");
		device.say({ type: "call", call: id(), to: identity, sdp: SDP });
		expect(await ends(device)).toBe("unavailable");

		expect(await statusesOf(account)).toEqual(["unavailable"]);
	});

	it("finds a device that has long been silent dead", async () => {
		const [ann, bob] = [await openPerson(), await openPerson()];
		later(61);
		const fresh = await openDevice(ann.account);

		fresh.say({ type: "call", call: id(), to: bob.identity, sdp: SDP });

		expect(await ends(fresh)).toBe("unavailable");
		expect(await bob.device.closes()).toBe(4009);
	});

	it("is busy for a third person, who hears nothing of it", async () => {
		const { bob } = await talking();
		const carl = await openPerson();

		carl.device.say({ type: "call", call: id(), to: bob.identity, sdp: SDP });

		expect(await ends(carl.device)).toBe("busy");
		expect(await statusesOf(bob.account)).toEqual(["missed"]);
		expect(bob.device.frames.filter(({ type }) => type === "ring")).toEqual([]);
	});

	it("is one at a time", async () => {
		const { ann } = await ringing();
		const second = id();

		ann.device.say({ type: "call", call: second, to: "care4w-0000000", sdp: SDP });

		expect(await ann.device.hears("error")).toMatchObject({ code: "in_a_call", call: second });
	});

	it("does not let somebody ring who is blocked, and does not tell", async () => {
		const [ann, bob] = [await openPerson(), await openPerson()];
		const blocked = await bob.account.call("/api/blocked-callers", { identity: ann.identity });

		ann.device.say({ type: "call", call: id(), to: bob.identity, sdp: SDP });

		expect(blocked.status).toBe(201);
		expect(await ends(ann.device)).toBe("unavailable");
		expect(await (await bob.account.call("/api/blocked-callers")).json()).toMatchObject([{ identity: ann.identity }]);
		const undo = { method: "DELETE" };
		expect((await bob.account.call(`/api/blocked-callers/${ann.identity}`, undefined, undo)).status).toBe(200);
		ann.device.say({ type: "call", call: id(), to: bob.identity, sdp: SDP });
		expect(await bob.device.hears("ring")).toMatchObject({ from: { identity: ann.identity } });
		expect((await bob.account.call(`/api/blocked-callers/${ann.identity}`, undefined, undo)).status).toBe(404);
	});
});

describe("races", () => {
	it("has one winner when two devices answer at once", async () => {
		const { ann, bob, call } = await ringing();
		const tablet = await openDevice(bob.account);

		bob.device.say({ type: "answer", call, sdp: SDP });
		tablet.say({ type: "answer", call, sdp: `${SDP}s=tablet\r\n` });
		const answered = await ann.device.hears("answered");

		expect(answered.sdp).toBe(SDP);
		expect(await ends(tablet)).toBe("answered_elsewhere");
		expect(ann.device.frames.filter(({ type }) => type === "answered")).toEqual([]);
	});

	it("becomes one call when both call each other at once", async () => {
		const people = [await openPerson(), await openPerson()].sort((a, b) => (a.identity < b.identity ? -1 : 1));
		const [first, second] = people as [(typeof people)[0], (typeof people)[0]];
		const [calls, yields] = [id(), id()];

		first.device.say({ type: "call", call: calls, to: second.identity, sdp: SDP });
		second.device.say({ type: "call", call: yields, to: first.identity, sdp: SDP });
		const ring = await second.device.hears("ring");
		second.device.say({ type: "answer", call: calls, sdp: SDP });

		expect(ring).toMatchObject({ call: calls, role: "polite", settles: yields });
		expect(await first.device.hears("answered")).toMatchObject({ call: calls });
		expect(first.device.frames.filter(({ type }) => type === "ring")).toEqual([]);
		second.device.say({ type: "hangup", call: calls });
		expect(await statusesOf(first.account)).toEqual(["completed"]);
		expect(await statusesOf(second.account)).toEqual(["completed"]);
	});

	it("ends for both when an answer meets a call that was just taken back", async () => {
		const { ann, bob, call } = await ringing();

		ann.device.say({ type: "hangup", call });
		bob.device.say({ type: "answer", call, sdp: SDP });

		expect(["cancelled", "gone"]).toContain(await ends(bob.device));
		expect((await statusesOf(ann.account)).length).toBe(1);
	});

	it("takes the same frame twice as once", async () => {
		const [ann, bob] = [await openPerson(), await openPerson()];
		const call = id();

		for (let n = 0; n < 2; n++) ann.device.say({ type: "call", call, to: bob.identity, sdp: SDP });
		await bob.device.hears("ring");
		for (let n = 0; n < 2; n++) bob.device.say({ type: "answer", call, sdp: SDP });
		await ann.device.hears("answered");
		for (let n = 0; n < 2; n++) ann.device.say({ type: "hangup", call });
		await ends(bob.device);

		expect((await logOf(bob.account)).length).toBe(1);
		expect(bob.device.frames.filter(({ type }) => type === "ring")).toEqual([]);
	});
});

describe("a room that is evicted, or a socket that drops", () => {
	it("rings, answers and relays over evictions of both rooms at every step", async () => {
		const [ann, bob] = [await openPerson(), await openPerson()];
		const rooms = [roomOfPerson(ann.identity), roomOfPerson(bob.identity)];
		const evict = async () => {
			for (const room of rooms) await evictDurableObject(room);
		};
		const call = id();

		await evict();
		ann.device.say({ type: "call", call, to: bob.identity, sdp: SDP });
		await bob.device.hears("ring");
		await ann.device.hears("ringing");
		await evict();
		bob.device.say({ type: "answer", call, sdp: SDP });
		await ann.device.hears("answered");
		await evict();
		bob.device.say({ type: "signal", call, signal: { candidates: [{ candidate: "x" }] } });

		expect(await ann.device.hears("signal")).toMatchObject({ from: bob.identity });
		await evict();
		ann.device.say({ type: "hangup", call });
		expect(await ends(bob.device)).toBe("hung_up");
		expect(await statusesOf(bob.account)).toEqual(["completed"]);
	});

	it("is the same device again with its token, and hears what it missed", async () => {
		const { ann, bob, call } = await talking();
		ann.device.close();
		await ann.device.closes();
		bob.device.say({ type: "signal", call, signal: { candidates: [{ candidate: "missed" }] } });

		const back = await openDevice(ann.account, ann.device.resume);

		expect(await back.hears("welcome")).toMatchObject({
			current: { call, mine: true, state: "live", role: "impolite" },
		});
		expect(await back.hears("signal")).toMatchObject({ signal: { candidates: [{ candidate: "missed" }] } });
		expect(await bob.device.hears("resumed")).toEqual({ type: "resumed", call });
		back.say({ type: "hangup", call });
		expect(await ends(bob.device)).toBe("hung_up");
	});

	it("takes the place of its old socket, which may still look alive", async () => {
		const { ann, call } = await talking();

		const back = await openDevice(ann.account, ann.device.resume);

		expect(await ann.device.closes()).toBe(4001);
		expect(await back.hears("welcome")).toMatchObject({ current: { call, mine: true } });
	});

	it("shows a ringing call to a device that comes later", async () => {
		const { bob, call } = await ringing();

		const tablet = await openDevice(bob.account);

		expect(await tablet.hears("welcome")).toMatchObject({ current: { call, state: "ringing", mine: false, sdp: SDP } });
	});

	it("ends a call whose device never comes back", async () => {
		const { ann, bob, call } = await talking();
		ann.device.close();
		await ann.device.closes();
		await roomOfPerson(ann.identity).knows(call); // its room has heard of it by now
		later(46);

		await runDurableObjectAlarm(roomOfPerson(ann.identity));

		expect(await ends(bob.device)).toBe("lost");
		expect(await statusesOf(ann.account)).toEqual(["completed"]);
	});

	it("ends a call of which the other room knows nothing any more", async () => {
		const { ann, bob, call } = await talking();
		await roomOfPerson(bob.identity).hear(ann.identity, { type: "ended", call, reason: "lost" });

		await runDurableObjectAlarm(roomOfPerson(ann.identity));

		expect(await ends(ann.device)).toBe("gone");
	});

	it("closes what a signed-out session had open", async () => {
		const { device, identity, account } = await openPerson();
		const { sessionId } = account.scope();

		await roomOfPerson(identity).closeSession(sessionId ?? "");

		expect(await device.closes()).toBe(4401);
	});
});

describe("the call log", () => {
	it("pages by the last call seen and belongs to one person", async () => {
		const [ann, stranger] = [await openPerson(), await openAccount()];
		for (let n = 1; n <= 3; n++) {
			ann.device.say({ type: "call", call: id(), to: "care4w-0000000", sdp: SDP });
			await ends(ann.device);
			await logOf(ann.account, n);
		}

		const page = (await (await ann.account.call("/api/calls?limit=2")).json()) as {
			items: { id: string }[];
			nextCursor: string;
		};
		const rest = (await (await ann.account.call(`/api/calls?cursor=${page.nextCursor}`)).json()) as typeof page;

		expect(new Set([...page.items, ...rest.items].map((call) => call.id)).size).toBe(3);
		expect(rest.nextCursor).toBeNull();
		const path = `/api/calls/${page.items[0]?.id}`;
		expect(await (await ann.account.call(path)).json()).toMatchObject({ to: "care4w-0000000", status: "unavailable" });
		expect((await stranger.call(path)).status).toBe(404);
		expect((await ann.account.call("/api/calls?cursor=forged")).status).toBe(422);
		expect((await ann.account.call(`/api/calls?userId=${stranger.userId}`)).status).toBe(404);
	});
});
