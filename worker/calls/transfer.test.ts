import { describe, expect, it } from "vitest";
import { openMember } from "../test/access-matrix.people";
import { type Device, openDevice, SDP } from "../test/device";
import { openAccount, type TestAccount } from "../test/house";
import { callIn, eventually, openLine } from "../test/line";
import type { Call } from "./inputs";

async function talking(): Promise<{ account: TestAccount; device: Device; call: Call; id: string }> {
	const account = await openAccount({ balanceMicros: 5_000_000 });
	const device = await openDevice(account);
	const line = await openLine(account);
	await callIn(line.e164);
	const ring = await device.hears("ring");
	device.say({ type: "answer", call: ring.call, sdp: SDP });
	const call = await eventually(async () => {
		const { items }: { items: Call[] } = await (await account.call("/api/calls")).json();
		return items.find(({ status }) => status === "in_progress");
	});
	return { account, device, call, id: ring.call };
}
const ended = (account: TestAccount, { id }: Call): Promise<Call & { events: { kind: string }[] }> =>
	eventually(async () => {
		const call: Call & { events: { kind: string }[] } = await (await account.call(`/api/calls/${id}`)).json();
		return call.live ? null : call;
	});

describe("handing on a call", () => {
	it("lets go of it and puts the caller through to a number, which counts the call and is charged", async () => {
		const { account, device, call } = await talking();
		const target = { name: "Desk", phoneNumber: "+14155550107" };
		const { id }: { id: string } = await (await account.call("/api/transfer-numbers", target)).json();

		const reply = await account.call(`/api/calls/${call.id}/transfer`, { transferNumberId: id });
		const gone = await device.hears("ended");

		expect([reply.status, gone.reason]).toEqual([200, "hung_up"]);
		const over = await ended(account, call);
		expect(over.status).toBe("completed");
		expect(over.events.map(({ kind }) => kind)).toContain("transferred");
		const [counted]: { callCount: number }[] = await (await account.call("/api/transfer-numbers")).json();
		expect(counted?.callCount).toBe(1);
		await eventually(async () => (await account.balance()).held === 0);
		expect((await account.balance()).available).toBeLessThan(5_000_000);
	});

	it("rings a colleague's browser", async () => {
		const { account, device, call } = await talking();
		const colleague = await openMember(account);
		const theirs = await openDevice({ call: (path) => colleague.call(path) });

		await account.call(`/api/calls/${call.id}/transfer`, { memberId: colleague.userId });
		const before = await colleague.call(`/api/calls/${call.id}`);
		const ring = await theirs.hears("ring");
		theirs.say({ type: "answer", call: ring.call, sdp: SDP });
		await device.hears("ended");
		await eventually(async () => (await colleague.call(`/api/calls/${call.id}`)).status === 200);
		const { items } = await (await colleague.call("/api/calls")).json<{ items: { id: string }[] }>();
		const bystander = await openMember(account);
		const foreign = await bystander.call(`/api/calls/${call.id}/hangup`, {}, "POST");
		const hungUp = await colleague.call(`/api/calls/${call.id}/hangup`, {}, "POST");

		expect([before.status, foreign.status, hungUp.status]).toEqual([404, 404, 200]);
		expect(items).toMatchObject([{ id: call.id }]);
		expect(await ended(account, call)).toMatchObject({ status: "completed", answeredUserId: account.userId });
	});

	it("is refused for what is nobody's, for two targets, for strangers, and when the call is over", async () => {
		const { account, device, call, id } = await talking();
		const stranger = await openAccount();
		const { e164 } = await openLine(account);
		const transfer = (to: object, who: TestAccount = account) => who.call(`/api/calls/${call.id}/transfer`, to);

		const replies = [
			await transfer({ memberId: stranger.userId }),
			await transfer({ number: "+19005550100" }),
			await transfer({ number: "911" }),
			await transfer({ number: "+14155550100</Number><Number>+19005550100" }),
			await transfer({ number: e164 }),
			await transfer({ voicemail: true, number: "+14155550107" }),
			await transfer({ voicemail: true }, stranger),
		];
		device.say({ type: "hangup", call: id });
		await ended(account, call);

		expect(replies.map(({ status }) => status)).toEqual([404, 422, 422, 422, 422, 422, 404]);
		expect((await transfer({ voicemail: true })).status).toBe(409);
	});
});
