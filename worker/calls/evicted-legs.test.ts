import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { type Device, openDevice, roomOfPerson, SDP } from "../test/device";
import { openAccount, type TestAccount } from "../test/house";
import { callIn, eventually, openLine } from "../test/line";
import type { Call } from "./inputs";

const exchange = () => env.SIMULATED_EXCHANGE.getByName("exchange");

/** Both ends forget everything that they do not keep: the telephone network and the browser's room. */
async function evictBoth({ identity }: Device): Promise<void> {
	await evictDurableObject(exchange());
	await evictDurableObject(roomOfPerson(identity));
}

/** Somebody outside rings the browser of a line's owner. */
async function ringing(caller: { staysFor?: number } = {}) {
	const account = await openAccount();
	const device = await openDevice(account);
	const line = await openLine(account);
	await callIn(line.e164, caller);
	const { call } = await device.hears("ring");
	return { account, device, call };
}

const logged = async (account: TestAccount): Promise<Call[]> =>
	((await (await account.call("/api/calls")).json()) as { items: Call[] }).items;
const inProgress = (account: TestAccount) =>
	eventually(async () => (await logged(account)).find(({ status }) => status === "in_progress"));
const over = (account: TestAccount) =>
	eventually(async () => (await logged(account)).find(({ live }) => !live), "the end");

describe("a telephone's call in a browser, when both its ends are evicted", () => {
	it("is answered while it rings, goes on, and ends in the log", async () => {
		const { account, device, call } = await ringing();

		await evictBoth(device);
		device.say({ type: "answer", call, sdp: SDP });
		await inProgress(account);
		await evictBoth(device);
		device.say({ type: "hangup", call });

		expect(await device.hears("ended")).toMatchObject({ call, reason: "hung_up" });
		expect(await over(account)).toMatchObject({ status: "completed", answeredBy: "human" });
		expect(await logged(account)).toHaveLength(1);
	});

	it("can be declined, and goes on to voicemail", async () => {
		const { account, device, call } = await ringing();

		await evictBoth(device);
		device.say({ type: "decline", call });

		expect(await over(account)).toMatchObject({ answeredBy: "voicemail" });
	});

	it("stops ringing when the caller gives up", async () => {
		const { account, device, call } = await ringing({ staysFor: 300 });

		await evictBoth(device);

		expect(await device.hears("ended")).toMatchObject({ call, reason: "cancelled" });
		expect(await over(account)).toMatchObject({ status: "missed" });
	});

	it("rings on at the other devices until one answers", async () => {
		const { account, device, call } = await ringing();
		const tablet = await openDevice(account);

		await evictBoth(device);
		tablet.say({ type: "answer", call, sdp: SDP });

		expect(await device.hears("ended")).toMatchObject({ call, reason: "answered_elsewhere" });
		await inProgress(account);
		tablet.say({ type: "hangup", call });
		expect(await over(account)).toMatchObject({ status: "completed" });
	});

	it("is still known to the other end, whoever of the two asks", async () => {
		const { account, device, call } = await ringing();
		device.say({ type: "answer", call, sdp: SDP });
		await inProgress(account);

		await evictBoth(device);
		await runDurableObjectAlarm(roomOfPerson(device.identity));

		expect(await exchange().knowsLeg(call)).toBe(true);
		expect(await roomOfPerson(device.identity).knows(call)).toBe(true);
		device.say({ type: "hangup", call });
		await over(account);
		expect(await exchange().knowsLeg(call)).toBe(false);
	});
});
