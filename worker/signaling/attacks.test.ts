import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Device, logOf, openDevice, openPerson, roomOfPerson, SDP } from "../test/device";
import { SignalingRoom } from "./room";

const ends = (device: Device) => device.hears("ended").then(({ reason }) => reason);
const candidate = (word: string) => ({ candidates: [{ candidate: word }] });
afterEach(() => {
	vi.useRealTimers();
});

/** Ann's call rings at Bob's. */
async function ringing(call: string = crypto.randomUUID()) {
	const [ann, bob] = [await openPerson(), await openPerson()];
	ann.device.say({ type: "call", call, to: bob.identity, sdp: SDP });
	await bob.device.hears("ring");
	await ann.device.hears("ringing");
	return { ann, bob, call };
}

describe("the name of a call", () => {
	it("used twice by its caller hides no call from the log", async () => {
		const { ann, bob, call } = await ringing();
		for (const again of [true, false]) {
			ann.device.say({ type: "hangup", call });
			expect(await ends(bob.device)).toBe("cancelled");
			if (!again) break;
			ann.device.say({ type: "call", call, to: bob.identity, sdp: SDP });
			await bob.device.hears("ring");
		}

		expect((await logOf(bob.account, 2)).map(({ status }) => status)).toEqual(["missed", "missed"]);
		expect(await logOf(ann.account, 2)).toHaveLength(2);
	});

	it("taken from a call of others reaches neither of them, and leaves no trace in their log", async () => {
		const { ann, bob, call } = await ringing();
		const eve = await openPerson();

		eve.device.say({ type: "call", call, to: bob.identity, sdp: SDP });

		expect(await ends(eve.device)).toBe("unavailable");
		bob.device.say({ type: "answer", call, sdp: SDP });
		expect(await ann.device.hears("answered")).toMatchObject({ call, from: { identity: bob.identity } });
		expect(bob.device.frames.map(({ type }) => type)).toEqual(["welcome"]);
		bob.device.say({ type: "hangup", call });
		expect(await logOf(bob.account)).toMatchObject([{ status: "completed" }]);
	});
});

describe("what proves a device to be the same", () => {
	it("is worth nothing in another person's room, nor once its call is over", async () => {
		const { ann, bob, call } = await ringing();
		const eve = await openPerson();

		const stolen = await openDevice(eve.account, ann.device.resume);

		expect(await stolen.hears("welcome")).toMatchObject({ current: null });
		stolen.say({ type: "hangup", call });
		expect(await ends(stolen)).toBe("gone");
		ann.device.say({ type: "hangup", call });
		await bob.device.hears("ended");
		const back = await openDevice(ann.account, ann.device.resume);
		expect(await back.hears("welcome")).toMatchObject({ current: null });
	});

	it("brings a caller back whose socket was killed while it rang, to the answer", async () => {
		const { ann, bob, call } = await ringing();
		ann.device.close();
		await ann.device.closes();
		bob.device.say({ type: "answer", call, sdp: SDP });
		bob.device.say({ type: "signal", call, signal: candidate("early") });

		const back = await openDevice(ann.account, ann.device.resume);

		expect(await back.hears("welcome")).toMatchObject({ current: { call, mine: true } });
		expect(await back.hears("answered")).toMatchObject({ call });
		expect(await back.hears("signal")).toMatchObject({ signal: candidate("early") });
	});
});

describe("what the platform may do twice", () => {
	it("is one missed call, however often the alarm is delivered and by however many objects", async () => {
		const { ann, bob, call } = await ringing();
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 41_000 });

		for (let n = 0; n < 3; n++) await runInDurableObject(roomOfPerson(bob.identity), (room) => room.alarm());
		await runInDurableObject(roomOfPerson(bob.identity), (_, state) => new SignalingRoom(state, env).alarm());
		await runDurableObjectAlarm(roomOfPerson(bob.identity));

		expect(await ends(ann.device)).toBe("timeout");
		expect(await logOf(bob.account)).toMatchObject([{ status: "missed" }]);
		expect(await logOf(ann.account)).toMatchObject([{ status: "no_answer" }]);
		ann.device.say({ type: "hangup", call });
		expect(await ends(ann.device)).toBe("gone");
	});

	it("leaves a running call alone", async () => {
		const { ann, bob, call } = await ringing();
		bob.device.say({ type: "answer", call, sdp: SDP });
		await ann.device.hears("answered");

		for (const { identity } of [ann, bob, ann, bob])
			await runInDurableObject(roomOfPerson(identity), async (room) => {
				await Promise.all([room.alarm(), room.alarm()]);
			});

		ann.device.say({ type: "signal", call, signal: candidate("on and on") });
		expect(await bob.device.hears("signal")).toMatchObject({ signal: candidate("on and on") });
	});
});
