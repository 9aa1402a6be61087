import { describe, expect, it } from "vitest";
import { openMember } from "../../test/access-matrix.people";
import { openDevice, SDP } from "../../test/device";
import { knock, openAccount, type TestAccount } from "../../test/house";
import { callIn, eventually, openLine } from "../../test/line";
import { carrierPosts } from "../../test/signed";
import type { Call } from "../inputs";
import type { Queue, QueueCall } from "./inputs";

const INCOMING = "https://trunkline.test/webhooks/twilio/voice/incoming";
let counter = 0;
const newSid = () => `CA${"e".repeat(20)}${String(++counter).padStart(12, "0")}`;

async function openQueue(account: TestAccount, more: object = {}): Promise<{ queue: Queue; line: string }> {
	const queue: Queue = await (await account.call("/api/queues", { name: "Sales", ...more })).json();
	const { e164 } = await openLine(account, {
		routing: { steps: [{ kind: "queue", queueId: queue.id }, { kind: "voicemail" }] },
	});
	return { queue, line: e164 };
}
const waiting = async (account: Pick<TestAccount, "call">, { id }: Queue): Promise<QueueCall[]> =>
	(await account.call(`/api/queues/${id}/calls`)).json();
const read = async (account: TestAccount, { id }: Queue): Promise<Queue> =>
	(await account.call(`/api/queues/${id}`)).json();
const callOf = async (account: TestAccount, id: string): Promise<Call & { events: { kind: string }[] }> =>
	(await account.call(`/api/calls/${id}`)).json();

/** A caller who waits, told by hand: it goes on waiting for as long as a test likes. */
async function caller(line: string, From = "+447712345678") {
	const form = { CallSid: newSid(), From, To: line, CallStatus: "ringing" };
	const xml = await (await carrierPosts(INCOMING, form)).text();
	const url = /<Redirect[^>]*>([^<#]+)/.exec(xml)?.[1]?.replaceAll("&amp;", "&") ?? "";
	const ask = async () => (await carrierPosts(url, form)).text();
	return { ...form, url, ask };
}

describe("a queue", () => {
	it("lets callers wait in order, says where, and plays music", async () => {
		const account = await openAccount();
		const { queue, line } = await openQueue(account);
		const [ann, bob] = [await caller(line, "+14155550101"), await caller(line, "+14155550102")];

		const [first, second, again] = [await ann.ask(), await bob.ask(), await ann.ask()];

		expect(first).toContain("You are next in line");
		expect(second).toContain("You are number 2 in line");
		expect(again).toBe(first);
		expect(first).toContain("/media/hold-music");
		expect(await waiting(account, queue)).toMatchObject([
			{ from: "+14155550101", position: 1, state: "waiting" },
			{ from: "+14155550102", position: 2, state: "waiting" },
		]);
		expect(await read(account, queue)).toMatchObject({ waiting: 2, today: { entered: 2, answered: 0 } });
		const music = await knock("/media/hold-music");
		expect([music.status, music.headers.get("content-type")]).toEqual([200, "audio/wav"]);
	});

	it("costs one trip each time somebody asks", async () => {
		const account = await openAccount();
		const { line } = await openQueue(account);
		const { url, CallSid } = await caller(line);

		const reply = await carrierPosts(url, { CallSid });

		expect(reply.headers.get("server-timing")).toContain("1 round trips");
	});

	it("gives a caller to the browser of exactly one agent, who talks and hangs up", async () => {
		const account = await openAccount();
		const member = await openMember(account);
		const { queue, line } = await openQueue(account, { memberIds: [member.userId] });
		const device = await openDevice(account);
		await callIn(line);
		const [entry] = await eventually(async () => {
			const rows = await waiting(account, queue);
			return rows.length > 0 && rows;
		});
		const answer = (who: Pick<TestAccount, "call">) =>
			who.call(`/api/queues/${queue.id}/calls/${entry?.id}/answer`, {});

		const first = await answer(account);
		const second = await answer({ call: (path) => member.call(path, {}) });
		const ring = await device.hears("ring");
		device.say({ type: "answer", call: ring.call, sdp: SDP });
		await eventually(async () => (await waiting(account, queue)).length === 0);
		device.say({ type: "hangup", call: ring.call });

		expect([first.status, second.status]).toEqual([200, 409]);
		const call = await eventually(async () => {
			const found = await callOf(account, entry?.callId ?? "");
			return found.live ? null : found;
		});
		expect(call).toMatchObject({ status: "completed", answeredBy: "human", answeredUserId: account.userId });
		expect(call.events.map(({ kind }) => kind)).toEqual(
			expect.arrayContaining(["queue_entered", "queue_taken", "leg"]),
		);
		expect((await read(account, queue)).today).toMatchObject({ entered: 1, answered: 1, lost: 0, serviceLevel: 100 });
	});

	it("keeps the place of a caller whose agent does not come", async () => {
		const account = await openAccount();
		const { queue, line } = await openQueue(account);
		const device = await openDevice(account);
		await callIn(line);
		const [entry] = await eventually(async () => {
			const rows = await waiting(account, queue);
			return rows.length > 0 && rows;
		});

		await account.call(`/api/queues/${queue.id}/calls/${entry?.id}/answer`, {});
		device.say({ type: "decline", call: (await device.hears("ring")).call });

		const back = await eventually(async () => (await waiting(account, queue)).find(({ state }) => state === "waiting"));
		expect(back).toMatchObject({ id: entry?.id, takenBy: null, position: 1 });
	});

	it("loses who hangs up, and drops whom an agent drops", async () => {
		const account = await openAccount();
		const { queue, line } = await openQueue(account);
		const impatient = await caller(line);
		await impatient.ask();
		const status = { CallSid: impatient.CallSid, CallStatus: "completed", SequenceNumber: "1", CallDuration: "20" };

		await carrierPosts("https://trunkline.test/webhooks/twilio/voice/status", status);
		await callIn(line);
		const [entry] = await eventually(async () => {
			const rows = await waiting(account, queue);
			return rows.length > 0 && rows;
		});
		const drop = () => account.call(`/api/queues/${queue.id}/calls/${entry?.id}`, undefined, { method: "DELETE" });

		expect([(await drop()).status, (await drop()).status]).toEqual([200, 404]);
		await eventually(async () => !(await callOf(account, entry?.callId ?? "")).live);
		expect((await read(account, queue)).today).toMatchObject({ entered: 2, lost: 2, serviceLevel: 0 });
	});

	it("sends on who is too many", async () => {
		const account = await openAccount();
		const { queue, line } = await openQueue(account, { maxWaiting: 1 });
		await (await caller(line)).ask();

		expect(await (await caller(line)).ask()).toContain("<Record");
		expect(await waiting(account, queue)).toHaveLength(1);
	});

	it("sends a caller elsewhere when an agent says so", async () => {
		const account = await openAccount();
		const { queue, line } = await openQueue(account);
		await callIn(line);
		const [entry] = await eventually(async () => {
			const rows = await waiting(account, queue);
			return rows.length > 0 && rows;
		});
		const transfer = (to: object) => account.call(`/api/queues/${queue.id}/calls/${entry?.id}/transfer`, to);

		const refused = [
			await transfer({}),
			await transfer({ number: "+19005550100" }),
			await transfer({ queueId: "que_0" }),
		];
		const sent = await transfer({ voicemail: true });

		expect(refused.map(({ status }) => status)).toEqual([422, 422, 404]);
		expect(sent.status).toBe(200);
		expect(await eventually(async () => (await callOf(account, entry?.callId ?? "")).answeredBy)).toBe("voicemail");
	});

	it("is served by those whom it names, and kept by the owner alone", async () => {
		const [account, stranger] = [await openAccount(), await openAccount()];
		const [named, other] = [await openMember(account), await openMember(account)];
		const { queue } = await openQueue(account, { memberIds: [named.userId] });
		const path = `/api/queues/${queue.id}`;

		const replies = [
			await named.call(path),
			await other.call(path),
			await stranger.call(`${path}/calls`),
			await named.call(path, undefined, "DELETE"),
			await stranger.call("/api/queues", { name: "Mine", memberIds: [named.userId] }),
			await account.call(path, { memberIds: [], name: "Desk" }, { method: "PATCH" }),
			await named.call(path),
			await account.call(path, undefined, { method: "DELETE" }),
			await account.call(path),
		];

		expect(replies.map(({ status }) => status)).toEqual([200, 404, 404, 403, 404, 200, 404, 200, 404]);
		expect((await knock("/api/queues")).status).toBe(401);
	});

	it("does not go while somebody waits in it", async () => {
		const account = await openAccount();
		const { queue, line } = await openQueue(account);
		await (await caller(line)).ask();

		expect((await account.call(`/api/queues/${queue.id}`, undefined, { method: "DELETE" })).status).toBe(409);
	});

	it.each([{ name: "" }, { maxWaiting: 0 }, { memberIds: "all" }, { waiting: 5 }])(
		"is not made of %j",
		async (wrong) => {
			const account = await openAccount();

			expect((await account.call("/api/queues", { name: "Sales", ...wrong })).status).toBe(422);
		},
	);
});
