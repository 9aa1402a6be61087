import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Device, logOf, openDevice, openPerson, roomOfPerson, SDP } from "../test/device";

afterEach(() => {
	vi.useRealTimers();
});

type Someone = Awaited<ReturnType<typeof openPerson>>;
const id = () => crypto.randomUUID();
const ends = (device: Device) => device.hears("ended").then(({ reason }) => reason);

/** The first calls the second, who answers. */
async function talk(from: Someone, to: Someone): Promise<string> {
	const call = id();
	from.device.say({ type: "call", call, to: to.identity, sdp: SDP });
	await to.device.hears("ring");
	to.device.say({ type: "answer", call, sdp: SDP });
	await from.device.hears("answered");
	return call;
}

/** Bob called Ann; Ann hands him on, and Bob's browser hears to whom. */
async function handingOn() {
	const [ann, bob, carl] = [await openPerson(), await openPerson(), await openPerson()];
	const call = await talk(bob, ann);
	ann.device.say({ type: "transfer", call, to: carl.identity });
	const told = await bob.device.hears("transfer");
	return { ann, bob, carl, call, told };
}

const goOn = (bob: Someone, to: string, replaces: string) => {
	const next = id();
	bob.device.say({ type: "call", call: next, to, sdp: SDP, replaces });
	return next;
};

describe("a running call that is handed on", () => {
	it("goes on with the one it was handed to, and lets go of the one who did", async () => {
		const { ann, bob, carl, call, told } = await handingOn();

		const next = goOn(bob, told.to, call);
		const ring = await carl.device.hears("ring");
		carl.device.say({ type: "answer", call: next, sdp: SDP });

		expect(told).toEqual({ type: "transfer", call, to: carl.identity });
		expect(await ends(ann.device)).toBe("handed_on");
		expect(ring).toMatchObject({ call: next, from: { identity: bob.identity }, by: { identity: ann.identity } });
		expect(await bob.device.hears("answered")).toMatchObject({ call: next, from: { identity: carl.identity } });
		bob.device.say({ type: "hangup", call: next });
		expect(await ends(carl.device)).toBe("hung_up");
		expect((await logOf(ann.account)).map(({ status }) => status)).toEqual(["completed"]);
		expect((await logOf(bob.account, 2)).map(({ status }) => status)).toEqual(["completed", "completed"]);
		expect((await logOf(carl.account)).map(({ status }) => status)).toEqual(["completed"]);
	});

	it("is one and the same over an eviction of every room", async () => {
		const { ann, bob, carl, call, told } = await handingOn();

		for (const { identity } of [ann, bob, carl]) await evictDurableObject(roomOfPerson(identity));
		goOn(bob, told.to, call);

		expect(await carl.device.hears("ring")).toMatchObject({ by: { identity: ann.identity } });
		expect(await ends(ann.device)).toBe("handed_on");
		const tablet = await openDevice(carl.account);
		expect(await tablet.hears("welcome")).toMatchObject({ current: { by: { identity: ann.identity } } });
	});

	it("tells whoever is handed on why nobody is there", async () => {
		const { ann, bob, carl, call } = await handingOn();
		const away = await openPerson();
		const other = await talk(carl, away);

		const next = goOn(bob, carl.identity, call);

		expect(await bob.device.hears("ended")).toMatchObject({ call, reason: "handed_on" });
		expect(await bob.device.hears("ended")).toMatchObject({ call: next, reason: "busy" });
		expect(await ends(ann.device)).toBe("handed_on");
		// The way back is open: both are free again.
		expect(await talk(bob, ann)).not.toBe(other);
	});

	it("stays as it is until the other end goes on", async () => {
		const { ann, bob, call } = await handingOn();

		bob.device.say({ type: "signal", call, signal: { candidates: [{ candidate: "still here" }] } });

		expect(await ann.device.hears("signal")).toMatchObject({ call, from: bob.identity });
	});
});

describe("handing on", () => {
	it("goes to nobody but the one who was named", async () => {
		const { bob, call } = await handingOn();
		const eve = await openPerson();

		bob.device.say({ type: "call", call: id(), to: eve.identity, sdp: SDP, replaces: call });

		expect(await bob.device.hears("error")).toMatchObject({ code: "in_a_call" });
		expect(eve.device.frames.map(({ type }) => type)).toEqual(["welcome"]);
	});

	it("cannot be claimed by somebody who was not handed on", async () => {
		const [ann, bob, carl] = [await openPerson(), await openPerson(), await openPerson()];
		const call = await talk(bob, ann);

		bob.device.say({ type: "call", call: id(), to: carl.identity, sdp: SDP, replaces: call });
		expect(await bob.device.hears("error")).toMatchObject({ code: "in_a_call" });
		carl.device.say({ type: "call", call: id(), to: ann.identity, sdp: SDP, replaces: call });

		expect(await ends(carl.device)).toBe("busy");
		bob.device.sayRaw(
			JSON.stringify({
				type: "call",
				call: id(),
				to: carl.identity,
				sdp: SDP,
				by: { identity: "x", name: "", number: "" },
			}),
		);
		expect(await bob.device.hears("error")).toMatchObject({ code: "malformed" });
	});

	it("is over when it has not been done for long", async () => {
		const { bob, call, told } = await handingOn();
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 46_000 });

		goOn(bob, told.to, call);

		expect(await bob.device.hears("error")).toMatchObject({ code: "in_a_call" });
	});

	it("ends no call for one that cannot be made", async () => {
		const { ann, bob, call, carl } = await handingOn();
		await runInDurableObject(roomOfPerson(bob.identity), (_, { storage }) => {
			storage.kv.put("recent:placed", Array(30_000).fill(Date.now()));
		});

		goOn(bob, carl.identity, call);

		expect(await carl.device.hears("ring")).toMatchObject({ by: { identity: ann.identity } });
	});

	it("is for the device in the call, while it goes on", async () => {
		const [ann, bob, carl] = [await openPerson(), await openPerson(), await openPerson()];
		const call = id();
		bob.device.say({ type: "call", call, to: ann.identity, sdp: SDP });
		await ann.device.hears("ring");
		bob.device.say({ type: "transfer", call, to: carl.identity });
		expect(await bob.device.hears("error")).toMatchObject({ code: "not_in_this_call" });
		ann.device.say({ type: "answer", call, sdp: SDP });
		await bob.device.hears("answered");
		const tablet = await openDevice(ann.account);

		tablet.say({ type: "transfer", call, to: carl.identity });
		carl.device.say({ type: "transfer", call, to: carl.identity });

		expect(await tablet.hears("error")).toMatchObject({ code: "not_in_this_call" });
		expect(await ends(carl.device)).toBe("gone");
	});

	it("to oneself or to the one who speaks already is refused", async () => {
		const [ann, bob] = [await openPerson(), await openPerson()];
		const call = await talk(bob, ann);

		for (const to of [ann.identity, bob.identity]) {
			ann.device.say({ type: "transfer", call, to });
			expect(await ann.device.hears("error")).toMatchObject({ code: "not_handed_on", call });
		}
		ann.device.sayRaw(JSON.stringify({ type: "transfer", call, to: "+14155552671" }));
		expect(await ann.device.hears("error")).toMatchObject({ code: "malformed" });
	});

	it("ends after five times, so that nobody is sent round and round", async () => {
		const [bob, ...desks] = [await openPerson(), await openPerson(), await openPerson()];
		const [first, second] = desks as [Someone, Someone];
		let [call, here, there] = [await talk(bob, first), first, second];
		for (let hop = 0; hop < 5; hop++) {
			here.device.say({ type: "transfer", call, to: there.identity });
			await bob.device.hears("transfer");
			call = goOn(bob, there.identity, call);
			await there.device.hears("ring");
			there.device.say({ type: "answer", call, sdp: SDP });
			await bob.device.hears("answered");
			[here, there] = [there, here];
		}

		here.device.say({ type: "transfer", call, to: there.identity });

		expect(await here.device.hears("error")).toMatchObject({ code: "not_handed_on" });
	});
});
