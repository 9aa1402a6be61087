import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { CarrierRefusal } from "../../outside/carrier/carrier";
import { openMember } from "../../test/access-matrix.people";
import { bridged, CUSTOMER, newSid } from "../../test/bridge";
import { timedOut } from "../../test/fake-carrier";
import { knock, openAccount } from "../../test/house";
import { carrierPosts } from "../../test/signed";
import { callbackUrl } from "../callback-url";
import { hearRecording } from "../hear-recording";
import { RecordedForm } from "../inputs";
import { transferCall } from "../transfer";
import { connectConsult, takeBackConsult } from "./decide";
import { lookAfterConsults } from "./look-after";

const DESK = "+14155550107";
const MINUTE = 14_000;
const roomIn = (xml: string) => /<Conference[^>]*>con_\w+\.(\d)<\/Conference>/.exec(xml)?.[1];
const FIRST = "0";
const SECOND = "1";

describe.each(["inbound", "outbound"] as const)("asking somebody about an %s call", (direction) => {
	it("puts the two who talk into one room while the customer hears music", async () => {
		const call = await bridged(direction);

		const consult = await call.ask({ number: DESK });
		const parent = await call.parted();
		const sent = await call.asks(consult, direction === "inbound" ? call.agent : call.customer);
		const [agent, customer] = direction === "inbound" ? [sent, parent] : [parent, sent];
		const target = await call.asks(consult, call.target);

		expect(consult).toMatchObject({ state: "ringing", kind: "number", target: DESK, callId: call.id });
		expect(call.carrier.placed.at(-1)).toMatchObject({ to: DESK, from: call.line });
		// The called one of the two is sent: sending the other would drop it.
		expect(call.carrier.redirected.map(({ ref }) => ref)).toEqual([
			direction === "inbound" ? call.agent : call.customer,
		]);
		expect([roomIn(agent), roomIn(target)]).toEqual([FIRST, FIRST]);
		expect(customer).toMatch(/<Play>[^<]*hold-music<\/Play><Redirect/);
		expect((await call.story()).consult).toMatchObject({ id: consult.id, state: "talking", label: "+1 415 555 0107" });
	});

	it("has the customer go on with who was asked, while the one who asked is let go", async () => {
		const call = await bridged(direction);
		const consult = await call.talkingWith({ number: DESK });

		await connectConsult(call.scope(), { callId: call.id, consultId: consult.id });
		const target = await call.asks(consult, call.target, 1);
		const customer = await call.asks(consult, call.customer, 1);
		await call.ends("agent");

		expect([roomIn(target), roomIn(customer)]).toEqual([SECOND, SECOND]);
		expect(call.sentTo(call.target)?.pathname).toBe("/webhooks/twilio/calls/consult");
		expect(call.carrier.asked.endCall).toBe(1);
		const { live, consult: last, events } = await call.story();
		expect([live, last?.state, last?.joinedAt]).toEqual([true, "completed", expect.any(String)]);
		expect(events.map(({ kind }) => kind)).toEqual(
			expect.arrayContaining(["consult_ringing", "consult_talking", "consult_completed"]),
		);
	});

	it("ends with the customer's own line, and is charged by it", async () => {
		const call = await bridged(direction);
		const consult = await call.talkingWith({ number: DESK });
		await connectConsult(call.scope(), { callId: call.id, consultId: consult.id });
		await call.asks(consult, call.target, 1);
		await call.ends("agent", 40);

		await call.ends("customer", 130);
		await call.told(consult, "completed", 61);

		const { live, status, cost, legs } = await call.story();
		expect([live, status]).toEqual([false, "completed"]);
		expect(legs).toContainEqual(expect.objectContaining({ to: DESK, minutes: 2 }));
		const own = direction === "outbound" ? [expect.objectContaining({ to: CUSTOMER, minutes: 3 })] : [];
		for (const leg of own) expect(legs).toContainEqual(leg);
		expect(cost?.amountMicros).toBe(legs.reduce((sum, leg) => sum + (leg.cost?.amountMicros ?? 0), 0));
		expect((await call.account.balance()).held).toBe(0);
	});

	it("goes back to the customer, and can ask somebody else then", async () => {
		const call = await bridged(direction, { balanceMicros: 10_000_000 });
		const consult = await call.talkingWith({ number: DESK });
		const asked = call.target;

		await takeBackConsult(call.scope(), { callId: call.id, consultId: consult.id });
		const [agent, customer] = [await call.asks(consult, call.agent, 1), await call.asks(consult, call.customer, 1)];
		const other = await call.ask({ number: "+14155550117" });

		expect([roomIn(agent), roomIn(customer)]).toEqual([SECOND, SECOND]);
		expect(await call.asks(consult, asked, 1)).toContain("<Hangup");
		expect(call.carrier.calls.get(asked)?.status).toBe("completed");
		// They are in a room, not joined to each other: each of them is sent.
		expect(call.carrier.redirected.slice(-2).map(({ ref }) => ref)).toEqual([call.agent, call.customer]);
		expect(roomIn(await call.asks(other, call.agent))).toBe(FIRST);
		expect(await call.asks(other, call.customer)).toContain("hold-music");
	});

	it.each([
		["busy", "busy"],
		["no-answer", "no_answer"],
		["failed", "unreachable"],
	])("is back with the customer by itself when they are %s, for nothing", async (status, reason) => {
		const call = await bridged(direction);
		const before = (await call.account.balance()).available;
		const consult = await call.ask({ number: DESK });
		await call.parted();

		await call.told(consult, status);

		for (const ref of [call.agent, call.customer]) {
			expect(call.sentTo(ref)?.searchParams.get("n")).toBe("1");
			expect(roomIn(await call.asks(consult, ref, 1))).toBe(SECOND);
		}
		expect((await call.story()).consult).toMatchObject({ state: "failed", reason });
		expect((await call.account.balance()).available).toBe(before);
	});

	it("hands the call over when the one who asks hangs up while they talk", async () => {
		const call = await bridged(direction);
		const consult = await call.talkingWith({ number: DESK });

		await call.ends("agent");
		const target = await call.asks(consult, call.target, 1);

		expect(roomIn(target)).toBe(SECOND);
		expect(call.sentTo(call.customer)?.searchParams.get("n")).toBe("1");
		expect(roomIn(await call.asks(consult, call.customer, 1))).toBe(SECOND);
		expect((await call.story()).consult?.state).toBe("completed");
	});

	it("does not keep the customer waiting when the one who asks hangs up before anybody has answered", async () => {
		const call = await bridged(direction);
		const consult = await call.ask({ number: DESK });
		await call.parted();

		await call.ends("agent");

		expect(call.carrier.calls.get(call.target)?.status).toBe("completed");
		expect(call.sentTo(call.customer)?.searchParams.get("n")).toBe("1");
		const xml = await call.asks(consult, call.customer, 1);
		expect(xml).toContain(direction === "inbound" ? "<Record" : "<Hangup");
		expect(await call.asks(consult, call.target)).toContain("<Hangup");
		expect((await call.story()).consult).toMatchObject({ state: "dropped", reason: "agent" });
	});

	it("lets both others go when the customer hangs up before anybody has answered, and leaves two who talk alone", async () => {
		const [waiting, talking] = [await bridged(direction), await bridged(direction)];
		await waiting.ask({ number: DESK });
		await talking.talkingWith({ number: DESK });

		await waiting.ends("customer");
		await talking.ends("customer");

		expect(waiting.carrier.asked.endCall).toBe(2);
		expect(talking.carrier.asked.endCall).toBeUndefined();
		expect((await waiting.story()).consult).toMatchObject({ state: "dropped", reason: "customer" });
		expect((await talking.story()).live).toBe(false);
	});

	it("is over for the customer when the one whom they are with again hangs up", async () => {
		const call = await bridged(direction);
		const consult = await call.talkingWith({ number: DESK });
		await takeBackConsult(call.scope(), { callId: call.id, consultId: consult.id });
		const before = call.carrier.asked.endCall ?? 0;

		await call.ends("agent");

		expect((call.carrier.asked.endCall ?? 0) - before).toBe(1);
	});
});

describe("who is asked", () => {
	it("is a colleague in the browser, who costs nothing and sees the call from when it is theirs", async () => {
		const call = await bridged();
		const colleague = await openMember(call.account);
		const consult = await call.talkingWith({ memberId: colleague.userId });
		const before = (await colleague.call(`/api/calls/${call.id}`)).status;

		await connectConsult(call.scope(), { callId: call.id, consultId: consult.id });
		await call.asks(consult, call.target, 1);
		await call.ends("agent");
		const after = await (await colleague.call(`/api/calls/${call.id}`)).json<{ id: string }>();

		expect(call.carrier.placed.at(-1)?.to).toMatch(/^client:care4w-/);
		expect([before, after.id]).toEqual([404, call.id]);
		expect((await call.account.balance()).held).toBe(0);
	});

	it("can ask somebody else in turn, once the call is theirs", async () => {
		const call = await bridged();
		const colleague = await openMember(call.account);
		const first = await call.talkingWith({ memberId: colleague.userId });
		await connectConsult(call.scope(), { callId: call.id, consultId: first.id });
		const theirs = call.target;
		await call.asks(first, theirs, 1);
		await call.ends("agent");

		const reply = await colleague.call(`/api/calls/${call.id}/consults`, { memberId: call.account.userId }, "POST");

		// The simulated carrier has never heard of these lines, which proves that theirs was the one to be moved.
		expect(reply.status).toBe(409);
		const { results } = await env.DB.prepare("SELECT agent_ref FROM consults WHERE call_id = ? ORDER BY id")
			.bind(call.id)
			.all();
		expect(results.map(({ agent_ref }) => agent_ref)).toEqual([call.agent, theirs]);
	});

	it("is a transfer number, which counts the calls that it was given", async () => {
		const call = await bridged();
		const desk = { name: "Desk", phoneNumber: DESK };
		const { id } = await (await call.account.call("/api/transfer-numbers", desk)).json<{ id: string }>();
		const count = async () =>
			(await (await call.account.call("/api/transfer-numbers")).json<{ callCount: number }[]>())[0]?.callCount;

		const consult = await call.talkingWith({ transferNumberId: id });
		const asked = await count();
		await connectConsult(call.scope(), { callId: call.id, consultId: consult.id });
		await call.asks(consult, call.target, 1);
		await call.asks(consult, call.target, 1);

		expect(consult.label).toBe("Desk");
		expect([asked, await count()]).toEqual([0, 1]);
	});

	it("is one at a time, whoever taps twice, and one call under one key", async () => {
		const call = await bridged();

		const [one, other] = await Promise.allSettled([call.ask({ number: DESK }), call.ask({ number: DESK })]);
		const keyed = await bridged();
		const first = await keyed.ask({ number: DESK }, "key-1");
		const again = await keyed.ask({ number: DESK }, "key-1");

		expect([one.status, other.status].sort()).toEqual(["fulfilled", "rejected"]);
		expect(call.carrier.placed).toHaveLength(1);
		expect(again.id).toBe(first.id);
		expect(keyed.carrier.placed).toHaveLength(1);
		expect((await call.account.balance()).held).toBe(120 * MINUTE);
	});

	it("is called for as long as there is money for", async () => {
		const call = await bridged("inbound", { balanceMicros: 3 * MINUTE });

		await call.ask({ number: DESK });

		expect(call.carrier.placed.at(-1)?.maxSeconds).toBe(180);
	});
});

describe("a request to ask somebody that is refused", () => {
	it.each<[string, object, number]>([
		["an emergency number", { number: "911" }, 422],
		["a premium number", { number: "+19005550199" }, 422],
		["nonsense", { number: "</Number>" }, 422],
		["a country that is closed", { number: "+93701234567" }, 403],
		["the customer's own number", { number: CUSTOMER }, 422],
		["a line of the account", { number: "self" }, 422],
		["oneself", { memberId: "self" }, 422],
		["a stranger", { memberId: "usr_nobody" }, 404],
		["an unknown transfer number", { transferNumberId: "trn_nobody" }, 404],
		["two targets", { number: DESK, memberId: "usr_1" }, 422],
		["no target", {}, 422],
		["an unknown field", { number: DESK, state: "completed" }, 422],
	])("for %s costs nothing and is not noticed in the call", async (_, wrong, status) => {
		const call = await bridged();
		const own: Record<string, object> = { number: { number: call.line }, memberId: { memberId: call.account.userId } };
		const body = Object.entries(wrong).map(([name, value]) => (value === "self" ? own[name] : { [name]: value }));

		const reply = await call.account.call(`/api/calls/${call.id}/consults`, Object.assign({}, ...body));

		expect(reply.status).toBe(status);
		expect(await call.account.balance()).toEqual({ available: 5_000_000, held: 0 });
		expect((await call.story()).consult).toBeNull();
	});

	it("is so for strangers, colleagues who do not speak in it, the poor, the silent, and when nobody is signed in", async () => {
		const call = await bridged();
		const [stranger, colleague] = [await openAccount(), await openMember(call.account)];
		const poor = await bridged("inbound", { balanceMicros: MINUTE - 1 });
		await call.account.call("/api/do-not-call", { phoneNumber: "+14155550127" });
		const path = `/api/calls/${call.id}/consults`;

		const replies = [
			await stranger.call(path, { number: DESK }),
			await colleague.call(path, { number: DESK }, "POST"),
			await poor.account.call(`/api/calls/${poor.id}/consults`, { number: DESK }),
			await call.account.call(path, { number: "+14155550127" }),
			await knock(path, { method: "POST" }),
		];

		expect(replies.map(({ status }) => status)).toEqual([404, 404, 402, 409, 401]);
		expect((await call.story()).consult).toBeNull();
	});

	it("is so when the call is over, and nobody can be asked twice or decided about by others", async () => {
		const call = await bridged();
		const member = await openMember(call.account);
		const consult = await call.ask({ memberId: member.userId });
		const path = `/api/calls/${call.id}/consults`;

		const early = await call.account.call(`${path}/${consult.id}/connect`, {});
		const foreign = await member.call(`${path}/${consult.id}/back`, {}, "POST");
		const unknown = await call.account.call(`${path}/con_0/back`, {});
		const handedOn = transferCall(call.scope(), call.id, { voicemail: true });
		await expect(handedOn).rejects.toMatchObject({ code: "conflict" });
		await takeBackConsult(call.scope(), { callId: call.id, consultId: consult.id });
		const late = await call.account.call(`${path}/${consult.id}/connect`, {});
		await call.ends("customer");
		const over = await call.account.call(path, { number: DESK });

		expect([early, foreign, unknown, late, over].map(({ status }) => status)).toEqual([409, 404, 404, 409, 409]);
	});

	it("by the carrier moves nobody, and all money comes back", async () => {
		const call = await bridged();
		call.carrier.upset("placeCall", { before: new CarrierRefusal("blocked", "21215", "not permitted"), times: 1 });

		await expect(call.ask({ number: DESK }, "key-2")).rejects.toMatchObject({ code: "carrier_refused" });

		expect(call.carrier.redirected).toEqual([]);
		expect(await call.account.balance()).toEqual({ available: 5_000_000, held: 0 });
		expect((await call.story()).consult).toMatchObject({ state: "failed", reason: "unreachable" });
		expect(await call.ask({ number: DESK })).toMatchObject({ state: "ringing" });
	});

	it("because the call has just ended lets go of who was called, and their line says what it cost", async () => {
		const call = await bridged();
		call.carrier.upset("redirectCall", { before: new CarrierRefusal("other", "21220", "over") });

		await expect(call.ask({ number: DESK })).rejects.toMatchObject({ code: "conflict" });
		const consult = (await call.story()).consult;
		await call.told({ id: consult?.id ?? "" }, "canceled");

		expect(call.carrier.calls.get(call.target)?.status).toBe("completed");
		expect(await call.account.balance()).toEqual({ available: 5_000_000, held: 0 });
	});

	it("unclearly by the carrier moves nobody; what it cost is found out later", async () => {
		const [called, never] = [await bridged(), await bridged()];
		called.carrier.upset("placeCall", { after: timedOut() });
		never.carrier.upset("placeCall", { before: timedOut() });
		const begun = Date.now();

		for (const call of [called, never]) {
			await expect(call.ask({ number: DESK })).rejects.toMatchObject({ code: "carrier_unclear" });
			expect(call.carrier.redirected).toEqual([]);
			expect((await call.account.balance()).held).toBe(120 * MINUTE);
			const consult = (await call.story()).consult;
			expect(await call.asks({ id: consult?.id ?? "" }, newSid())).toContain("<Hangup");
		}
		const placed = called.carrier.calls.get(called.target);
		if (placed) called.carrier.calls.set(placed.ref, { ...placed, status: "completed", durationSeconds: 2 });
		for (const call of [called, never]) {
			for (const ms of [400_000, 4_000_000]) {
				call.now = () => begun + ms;
				await lookAfterConsults(call.house());
			}
		}

		expect((await called.account.balance()).available).toBe(5_000_000 - MINUTE);
		expect(await never.account.balance()).toEqual({ available: 5_000_000, held: 0 });
	});
});

describe("two things at once", () => {
	it("connects nobody who has just hung up: the customer is with the one who asked again", async () => {
		const call = await bridged();
		const consult = await call.talkingWith({ number: DESK });
		const gone = new CarrierRefusal("other", "21220", "over");
		call.carrier.upset("redirectCall", { before: gone, times: 1 });

		await expect(connectConsult(call.scope(), { callId: call.id, consultId: consult.id })).rejects.toMatchObject({
			code: "conflict",
		});
		await call.told(consult, "completed", 20);

		expect(call.carrier.asked.endCall).toBeUndefined();
		for (const ref of [call.agent, call.customer]) expect(roomIn(await call.asks(consult, ref, 1))).toBe(SECOND);
	});

	it("sends the customer to voicemail when who was asked hangs up on the way to them", async () => {
		const call = await bridged();
		const consult = await call.talkingWith({ number: DESK });
		await connectConsult(call.scope(), { callId: call.id, consultId: consult.id });

		await call.told(consult, "completed", 20);

		expect(await call.asks(consult, call.customer, 1)).toContain("<Record");
		expect((await call.story()).consult).toMatchObject({ state: "dropped", reason: "hung_up" });
	});

	it("does not end a call twice: only the first of connect and back counts", async () => {
		const call = await bridged();
		const consult = await call.talkingWith({ number: DESK });
		const which = { callId: call.id, consultId: consult.id };

		const both = await Promise.allSettled([connectConsult(call.scope(), which), takeBackConsult(call.scope(), which)]);

		expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
	});

	it("tells whoever comes out of the first room where to go, before the carrier says that the other one is gone", async () => {
		const [left, kept] = [await bridged(), await bridged()];
		const one = await left.talkingWith({ number: DESK });
		const other = await kept.talkingWith({ number: DESK });

		const agent = await left.asks(one, left.agent, 1);
		const target = await kept.asks(other, kept.target, 1);

		expect([roomIn(agent), roomIn(target)]).toEqual([SECOND, SECOND]);
		expect((await left.story()).consult).toMatchObject({ state: "failed", reason: "hung_up" });
		expect((await kept.story()).consult?.state).toBe("completed");
		await vi.waitFor(() => {
			for (const call of [left, kept]) expect(call.sentTo(call.customer)?.searchParams.get("n")).toBe("1");
		});
	});

	it("lets the line in the room go when the call is handed on blindly afterwards, and not the customer with it", async () => {
		const call = await bridged();
		const consult = await call.talkingWith({ number: DESK });
		await takeBackConsult(call.scope(), { callId: call.id, consultId: consult.id });
		const ended: string[] = [];
		const endCall = call.carrier.endCall.bind(call.carrier);
		vi.spyOn(call.carrier, "endCall").mockImplementation((ref) => {
			ended.push(ref);
			return endCall(ref);
		});

		await transferCall(call.scope(), call.id, { voicemail: true });
		await call.ends("agent");

		expect(ended).toEqual([call.agent]);
		expect(call.sentTo(call.customer)?.pathname).toBe("/webhooks/twilio/calls/next");
	});
});

describe("the carrier's callbacks about it", () => {
	it("count only when they are signed and made for this call", async () => {
		const call = await bridged();
		const consult = await call.ask({ number: DESK });
		const { settings } = call.house();
		const other = await bridged();

		for (const kind of ["consult", "asked"] as const) {
			const url = callbackUrl(settings, kind, { callId: call.id, about: consult.id });
			const form = { CallSid: newSid(), CallStatus: "in-progress" };
			const forged = await carrierPosts(url, form, () => ({ signature: "AAAA" }));
			const elsewhere = new URL(url);
			elsewhere.searchParams.set("c", other.id);
			const misled = await carrierPosts(elsewhere.href, form);
			const further = new URL(url);
			further.searchParams.set("n", "1");
			expect([forged.status, misled.status, (await carrierPosts(further.href, form)).status]).toEqual([403, 403, 403]);
		}
		expect((await call.story()).consult?.state).toBe("ringing");
		const status = callbackUrl(settings, "asked", { callId: call.id, about: consult.id });
		expect((await carrierPosts(status, { CallSid: call.target, CallStatus: "in-progress" })).status).toBe(204);
		expect((await call.story()).consult?.state).toBe("talking");
	});

	it("change nothing when they come twice, late, or from a line that is none of it", async () => {
		const call = await bridged();
		const consult = await call.ask({ number: DESK });
		await call.told(consult, "in-progress", undefined, newSid());
		const stranger = await call.asks(consult, newSid(), 1);
		await call.told(consult, "busy");
		const moves = call.carrier.redirected.length;

		await call.told(consult, "in-progress");
		await call.told(consult, "busy");
		await call.told(consult, "completed", 600);
		await call.told(consult, "completed", 600, newSid());

		expect(stranger).toContain("<Hangup");
		expect(call.carrier.redirected).toHaveLength(moves);
		expect((await call.story()).consult).toMatchObject({ state: "failed", reason: "busy" });
		expect(await call.account.balance()).toEqual({ available: 5_000_000, held: 0 });
	});

	it("are answered with one question to the database", async () => {
		const call = await bridged();
		const consult = await call.talkingWith({ number: DESK });
		const trips = async (ask: (own: ReturnType<typeof call.house>) => Promise<unknown>) => {
			const own = call.house();
			call.house = () => own;
			const before = own.db.trips.count;
			await ask(own);
			return own.db.trips.count - before;
		};

		expect(await trips(() => call.asks(consult, call.agent))).toBe(1);
		expect(await trips(() => call.asks(consult, call.customer))).toBe(1);
		expect(await trips(() => call.asks(consult, call.target))).toBe(1);
	});

	it("bring the recording of the second room into the log, which names no line", async () => {
		const call = await bridged();
		await call.account.call("/api/voice-settings", { recordCalls: true }, { method: "PATCH" });
		const consult = await call.talkingWith({ number: DESK });
		const first = await call.asks(consult, call.agent);
		await takeBackConsult(call.scope(), { callId: call.id, consultId: consult.id });

		const second = await call.asks(consult, call.agent, 1);
		const form = RecordedForm.parse({ RecordingSid: `RE${"a".repeat(32)}`, RecordingDuration: "12" });
		await hearRecording(call.house(), { callId: call.id, about: "call", step: 0, branch: "open" }, form);

		expect(first).not.toContain("record=");
		expect(second).toMatch(/record="record-from-start" recordingStatusCallback="[^"]*\/recorded/);
		expect((await call.story()).recording).toMatchObject({ kind: "call", duration: 12 });
	});
});
