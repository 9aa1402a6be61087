import { describe, expect, it } from "vitest";
import { openMember } from "../../test/access-matrix.people";
import { openDevice, SDP } from "../../test/device";
import { knock, openAccount, type TestAccount } from "../../test/house";
import { callIn, eventually, openLine } from "../../test/line";
import { carrierPosts } from "../../test/signed";
import type { RingGroup } from "./inputs";

const INCOMING = "https://trunkline.test/webhooks/twilio/voice/incoming";
let counter = 0;
const newSid = () => `CA${"9".repeat(20)}${String(++counter).padStart(12, "0")}`;

async function makeGroup(account: TestAccount, more: object = {}): Promise<RingGroup> {
	const input = { name: "Desk", memberIds: [account.userId], ...more };
	const reply = await account.call("/api/ring-groups", input);
	expect(reply.status, await reply.clone().text()).toBe(201);
	return reply.json();
}
const lineFor = (account: TestAccount, { id }: RingGroup) =>
	openLine(account, { routing: { steps: [{ kind: "group", ringGroupId: id }, { kind: "voicemail" }] } });
const change = (account: TestAccount, { id }: RingGroup, body: object) =>
	account.call(`/api/ring-groups/${id}`, body, { method: "PATCH" });
const remove = (account: TestAccount, { id }: RingGroup) =>
	account.call(`/api/ring-groups/${id}`, undefined, { method: "DELETE" });

async function rings(line: string): Promise<{ xml: string; trips: string }> {
	const form = { CallSid: newSid(), From: "+447712345678", To: line, CallStatus: "ringing" };
	const reply = await carrierPosts(INCOMING, form);
	return { xml: await reply.text(), trips: reply.headers.get("server-timing") ?? "" };
}
const browsersIn = (xml: string) => (xml.match(/<Identity>/g) ?? []).length;

describe("a ring group", () => {
	it("is made, listed by name, changed and removed", async () => {
		const account = await openAccount();
		const member = await openMember(account);

		const sales = await makeGroup(account, { name: "Sales", memberIds: [account.userId, member.userId] });
		const desk = await makeGroup(account);
		const changed: RingGroup = await (
			await change(account, sales, { strategy: "one_by_one", ringSeconds: 15, name: "Field sales" })
		).json();

		expect(changed).toMatchObject({
			name: "Field sales",
			strategy: "one_by_one",
			ringSeconds: 15,
			memberIds: sales.memberIds,
		});
		expect(await (await account.call("/api/ring-groups")).json()).toMatchObject([{ id: desk.id }, { id: sales.id }]);
		expect([(await remove(account, desk)).status, (await remove(account, desk)).status]).toEqual([200, 404]);
	});

	it("rings all of its people at once, in one trip; whoever joins later rings too", async () => {
		const account = await openAccount();
		const member = await openMember(account);
		const group = await makeGroup(account);
		const { e164 } = await lineFor(account, group);

		const before = await rings(e164);
		await change(account, group, { memberIds: [account.userId, member.userId], ringSeconds: 40 });
		const after = await rings(e164);

		expect([browsersIn(before.xml), browsersIn(after.xml)]).toEqual([1, 2]);
		expect(after.xml).toContain('timeout="40"');
		expect(after.trips).toContain("1 round trips");
	});

	it("rings one after the other when that is wanted, and goes on when nobody answers", async () => {
		const account = await openAccount();
		const member = await openMember(account);
		const memberIds = [account.userId, member.userId];
		const group = await makeGroup(account, { memberIds, strategy: "one_by_one", ringSeconds: 10 });
		const { e164 } = await lineFor(account, group);
		const form = { CallSid: newSid(), From: "+447712345678", To: e164, CallStatus: "ringing" };
		const next = (xml: string) => /action="([^"#]+)/.exec(xml)?.[1]?.replaceAll("&amp;", "&") ?? "";
		const unanswered = { ...form, DialCallStatus: "no-answer" };

		const first = await (await carrierPosts(INCOMING, form)).text();
		const second = await (await carrierPosts(next(first), unanswered)).text();
		const third = await (await carrierPosts(next(second), unanswered)).text();

		expect([browsersIn(first), browsersIn(second)]).toEqual([1, 1]);
		expect(first).not.toBe(second);
		expect(third).toContain("<Record");
	});

	it("lets one of its people answer", async () => {
		const account = await openAccount();
		const { e164 } = await lineFor(account, await makeGroup(account));
		const device = await openDevice(account);

		await callIn(e164);
		const ring = await device.hears("ring");
		device.say({ type: "answer", call: ring.call, sdp: SDP });

		await eventually(async () => {
			const { items }: { items: { status: string }[] } = await (await account.call("/api/calls")).json();
			return items.some(({ status }) => status === "in_progress");
		});
	});

	it("stays while a line rings it, and cannot be somebody else's", async () => {
		const [account, stranger] = [await openAccount(), await openAccount()];
		const group = await makeGroup(account);
		await lineFor(account, group);
		const { id } = await openLine(stranger);
		const routing = { steps: [{ kind: "group", ringGroupId: group.id }] };

		const kept = await remove(account, group);
		const foreign = await stranger.call(`/api/phone-numbers/${id}`, { routing }, { method: "PUT" });

		expect([kept.status, foreign.status]).toEqual([409, 404]);
		expect((await change(stranger, group, { name: "Mine" })).status).toBe(404);
	});

	it("has a name of its own and people of the account, each once", async () => {
		const [account, stranger] = [await openAccount(), await openAccount()];
		await makeGroup(account);
		const make = (more: object) =>
			account.call("/api/ring-groups", { name: "Other", memberIds: [account.userId], ...more });

		const replies = [
			await make({ name: "Desk" }),
			await make({ memberIds: [stranger.userId] }),
			await make({ memberIds: [] }),
			await make({ memberIds: [account.userId, account.userId] }),
			await make({ strategy: "random" }),
			await make({ ringSeconds: 0 }),
			await make({ name: " " }),
			await make({ createdAt: 1 }),
		];

		expect(replies.map(({ status }) => status)).toEqual([409, 404, 422, 422, 422, 422, 422, 422]);
		expect((await knock("/api/ring-groups")).status).toBe(401);
	});
});
