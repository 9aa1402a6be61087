import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { settingsOf } from "../../../env";
import type { Line, PlaceCall } from "../carrier";
import { voiceAnswer } from "../twiml";
import { simulatedCarrier } from ".";
import { ownDoor } from "./delivery";

const BASE = "https://trunkline.test";
const carrier = simulatedCarrier(env, settingsOf(env));
const exchange = () => env.SIMULATED_EXCHANGE.getByName("exchange");

/** A request that reached our door. */
interface Heard {
	path: string;
	form: Record<string, string>;
	token: string | null;
	signed: boolean;
}

const heard: Heard[] = [];
/** What our door answers, by path. */
let answers: Record<string, (form: Record<string, string>) => Response | Promise<Response>>;
let line: Line;

const xml = (answer: { toXml(): string }) => () =>
	new Response(answer.toXml(), { headers: { "content-type": "text/xml" } });

beforeEach(async () => {
	heard.length = 0;
	answers = {};
	vi.spyOn(ownDoor, "fetch").mockImplementation(listen);
	const [offer] = await carrier.search({ country: "US", type: "local", limit: 1 });
	line = await carrier.buyLine({ e164: offer?.e164 ?? "", operationId: "op_1" });
});
afterEach(async () => {
	vi.restoreAllMocks();
	await carrier.releaseLine(line.ref);
});

async function listen(request: Request): Promise<Response> {
	const url = new URL(request.url);
	const rawBody = new TextDecoder().decode(await request.arrayBuffer());
	const form = [...new URLSearchParams(rawBody)];
	const signature = request.headers.get("x-twilio-signature") ?? "";
	const signed = await carrier.isFromCarrier({ method: "POST", publicUrl: request.url, form, rawBody, signature });
	const fields = Object.fromEntries(form);
	if (request.method === "POST")
		heard.push({ path: url.pathname, form: fields, token: request.headers.get("i-twilio-idempotency-token"), signed });
	return answers[url.pathname]?.(fields) ?? new Response("", { headers: { "content-type": "text/xml" } });
}

let calls = 0;
const order = (change: Partial<PlaceCall> = {}): PlaceCall => ({
	to: "+14155550001",
	from: line.e164,
	answerUrl: `${BASE}/answer?call=${++calls}`,
	statusUrl: `${BASE}/status?call=${calls}`,
	ringSeconds: 30,
	maxSeconds: 600,
	...change,
});

/** Waits until the call is over and everybody was told. */
async function ended(ref: string) {
	return vi.waitFor(
		async () => {
			const report = await carrier.findCall(ref);
			const left = await runInDurableObject(exchange(), (_, { storage }) =>
				storage.sql.exec("SELECT id FROM agenda WHERE ref = ?", ref).toArray(),
			);
			if (left.length > 0 || report?.durationSeconds === null) throw new Error(`still ${report?.status}`);
			return report;
		},
		{ timeout: 60_000, interval: 5 },
	);
}

const place = async (change: Partial<PlaceCall> = {}) => {
	const { ref } = await carrier.placeCall(order(change));
	return { ref, report: await ended(ref) };
};
const of = (ref: string) => heard.filter(({ form }) => form.CallSid === ref);
const statuses = (ref: string) =>
	of(ref)
		.filter(({ path }) => path === "/status")
		.map(({ form }) => form.CallStatus);

const pressOne = () =>
	voiceAnswer().gather({ actionUrl: `${BASE}/key?s=1`, digits: 1, inner: (prompt) => prompt.say("Hi") });

describe("a pretend call", () => {
	it("tells its whole story, numbered, signed and in the carrier's words", async () => {
		answers = { "/answer": xml(pressOne()), "/key": xml(voiceAnswer().hangup()) };

		const { ref, report } = await place();

		expect(of(ref).map(({ path, form }) => `${path} ${form.CallStatus}`)).toEqual([
			"/status initiated",
			"/status ringing",
			"/status in-progress",
			"/answer in-progress",
			"/key in-progress",
			"/status completed",
		]);
		expect(of(ref).every(({ signed }) => signed)).toBe(true);
		expect(statuses(ref)).toHaveLength(4);
		expect(of(ref)[0]?.form).toMatchObject({ SequenceNumber: "0", CallbackSource: "call-progress-events" });
		expect(of(ref)[4]?.form).toMatchObject({ Digits: "1", To: "+14155550001", From: line.e164 });
		expect(of(ref)[5]?.form).toMatchObject({
			SequenceNumber: "3",
			CallDuration: String(report?.durationSeconds),
			Duration: "1",
			SipResponseCode: "200",
			Direction: "outbound-api",
			Timestamp: expect.stringMatching(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000$/),
		});
		expect(report).toMatchObject({ ref, to: "+14155550001", from: line.e164, status: "completed" });
	});

	it.each([
		["+14155550003", "no-answer", ["initiated", "ringing", "no-answer"]],
		["+14155550004", "busy", ["initiated", "busy"]],
		["+14155550006", "failed", ["initiated", "failed"]],
	])("to %s ends as %s, and is never answered", async (to, status, story) => {
		const { ref, report } = await place({ to });

		expect(statuses(ref)).toEqual(story);
		expect(report).toMatchObject({ status, durationSeconds: 0 });
		expect(of(ref).some(({ path }) => path === "/answer")).toBe(false);
	});

	it("goes the same way whenever the same number is called", async () => {
		answers = { "/answer": xml(pressOne()), "/key": xml(voiceAnswer().pause(7)) };
		const stories = [];
		for (const _ of ["once", "again"]) {
			const { ref, report } = await place({ to: "+442079460123" });
			stories.push({
				story: of(ref).map(({ path, form }) => path + form.CallStatus),
				took: report?.durationSeconds,
			});
		}

		expect(stories[0]).toEqual(stories[1]);
	});

	it("is put through: the other line rings, talks, and the action hears how it went", async () => {
		const dial = voiceAnswer().dial("+442079460007", { actionUrl: `${BASE}/dialed`, callerId: "+14155550100" });
		answers = { "/answer": xml(dial) };

		const { ref, report } = await place();

		const told = of(ref).find(({ path }) => path === "/dialed")?.form;
		expect(told).toMatchObject({
			DialCallStatus: "completed",
			DialBridged: "true",
			DialCallDuration: expect.stringMatching(/^[2-9]\d$/),
			DialCallSid: expect.stringMatching(/^CA[0-9a-f]{32}$/),
		});
		expect(report?.durationSeconds).toBeGreaterThan(Number(told?.DialCallDuration));
	});

	it.each([
		["+14155550004", "busy"],
		["+14155550003", "no-answer"],
		["+14155550006", "failed"],
	])("hears that the other line %s is %s", async (target, status) => {
		answers = { "/answer": xml(voiceAnswer().dial(target, { actionUrl: `${BASE}/dialed` })) };

		const { ref } = await place();

		expect(of(ref).find(({ path }) => path === "/dialed")?.form).toMatchObject({
			DialCallStatus: status,
			DialBridged: "false",
		});
	});

	it("follows what comes after a Dial without an action, and a redirect", async () => {
		answers = {
			"/answer": xml(voiceAnswer().dial("+14155550004").redirect(`${BASE}/next`)),
			"/next": xml(voiceAnswer().say("Bye")),
		};

		const { ref } = await place();

		expect(of(ref).map(({ path }) => path)).toEqual(expect.arrayContaining(["/answer", "/next"]));
	});

	it("presses a wrong key first, and the right one when asked again", async () => {
		answers = {
			"/answer": xml(pressOne()),
			"/key": ({ Digits }) => xml(Digits === "5" ? pressOne() : voiceAnswer().hangup())(),
		};

		const { ref } = await place({ to: "+14155550005" });

		expect(of(ref).flatMap(({ path, form }) => (path === "/key" ? [form.Digits] : []))).toEqual(["5", "1"]);
	});

	it("is hung up by the one who has no patience, and heard to the end by the one who has", async () => {
		answers = { "/answer": xml(voiceAnswer().pause(100)) };

		const impatient = await place({ to: "+14155550000" });
		const patient = await place({ to: "+14155550007" });

		expect(impatient.report?.durationSeconds).toBeLessThanOrEqual(14);
		expect(patient.report?.durationSeconds).toBe(100);
	});

	it("lasts no longer than it may", async () => {
		answers = { "/answer": xml(voiceAnswer().pause(10).dial("+442079460007")) };

		const { report } = await place({ maxSeconds: 12 });

		expect(report).toMatchObject({ status: "completed", durationSeconds: 12 });
	});

	it("plays a recording as long as it is", async () => {
		const wav = new Uint8Array(44);
		wav.set(new TextEncoder().encode("RIFF"));
		new DataView(wav.buffer).setUint32(28, 8000, true);
		answers = {
			"/answer": xml(voiceAnswer().play(`${BASE}/media/greeting`)),
			"/media/greeting": () => new Response(wav, { status: 206, headers: { "content-range": "bytes 0-43/184000" } }),
		};

		const { report } = await place({ to: "+14155550007" });

		expect(report?.durationSeconds).toBe(23);
	});

	it.each([
		["detect", "+14155550002", "machine_start"],
		["detect", "+14155550007", "human"],
		["wait_for_beep", "+14155550002", "machine_end_beep"],
	] as const)("with detection %s of %s says %s before it asks what to do", async (machineDetection, to, answeredBy) => {
		const { ref } = await place({ to, machineDetection });

		expect(of(ref).find(({ path }) => path === "/answer")?.form.AnsweredBy).toBe(answeredBy);
		expect(of(ref).at(-1)?.form.AnsweredBy).toBe(answeredBy);
	});

	it("tells apart machine and human while the call goes on, when it is given somebody to tell", async () => {
		answers = { "/answer": xml(voiceAnswer().pause(30)) };

		const { ref } = await place({
			to: "+14155550002",
			machineDetection: "detect",
			machineDetectionUrl: `${BASE}/machine`,
		});

		expect(of(ref).find(({ path }) => path === "/answer")?.form.AnsweredBy).toBeUndefined();
		expect(of(ref).find(({ path }) => path === "/machine")?.form).toMatchObject({ AnsweredBy: "machine_start" });
	});

	it.each([
		["an answer that is not XML", () => new Response("Oops <")],
		["an answer of another kind", () => new Response("<html></html>")],
		["no such page", () => new Response("", { status: 404 })],
	])("ends properly after %s", async (_, answer) => {
		answers = { "/answer": answer };

		const { ref, report } = await place();

		expect(report?.status).toBe("completed");
		expect(statuses(ref).at(-1)).toBe("completed");
	});

	it("that redirects in a circle is cut off", async () => {
		answers = { "/answer": xml(voiceAnswer().redirect(`${BASE}/answer`)) };

		const { ref } = await place();

		expect(of(ref).filter(({ path }) => path === "/answer")).toHaveLength(50);
	});

	it("reaches no address but this installation's", async () => {
		const { ref, report } = await place({ answerUrl: "https://elsewhere.test/answer" });

		expect(report?.status).toBe("completed");
		expect(of(ref).map(({ path }) => path)).not.toContain("/answer");
	});
});

describe("a callback", () => {
	it("that we fail to take is sent again, with the same token and the same words", async () => {
		let failures = 2;
		answers = { "/status": () => new Response("", { status: failures-- > 0 ? 503 : 200 }) };

		const { ref } = await place({ to: "+14155550004" });

		const first = of(ref).filter(({ form }) => form.CallStatus === "initiated");
		expect(first).toHaveLength(3);
		expect(new Set(first.map(({ token }) => token)).size).toBe(1);
		expect(first[0]?.form).toEqual(first[2]?.form);
		expect(statuses(ref).at(-1)).toBe("busy");
	});

	it("that we never take does not hold up the call", async () => {
		answers = { "/status": () => Promise.reject(new Error("down")) };

		const { report } = await place({ to: "+14155550004" });

		expect(report?.status).toBe("busy");
	});

	it("has a token of its own", async () => {
		const { ref } = await place();

		const tokens = of(ref).map(({ token }) => token);
		expect(new Set(tokens).size).toBe(tokens.length);
	});
});

describe("ending a pretend call", () => {
	it("before the answer cancels it, after the answer completes it, and a second time changes nothing", async () => {
		answers = { "/answer": xml(voiceAnswer().pause(5000)) };
		const early = await carrier.placeCall(order());
		await carrier.endCall(early.ref);
		const late = await carrier.placeCall(order({ to: "+14155550007", maxSeconds: 14_400 }));
		await vi.waitFor(() => expect(of(late.ref).map(({ path }) => path)).toContain("/answer"));
		await carrier.endCall(late.ref);

		expect(await ended(early.ref)).toMatchObject({ status: "canceled" });
		expect(await ended(late.ref)).toMatchObject({ status: "completed" });
		await carrier.endCall(late.ref);
		expect(statuses(late.ref).filter((status) => status === "completed")).toHaveLength(1);
	});

	it("that never was is refused", async () => {
		await expect(carrier.endCall(`CA${"0".repeat(32)}`)).rejects.toMatchObject({
			name: "CarrierRefusal",
			reason: "not_found",
		});
	});
});

describe("the exchange", () => {
	it("goes on with its calls when it was evicted in the middle", async () => {
		answers = {
			"/answer": xml(pressOne()),
			"/key": xml(voiceAnswer().pause(2000)),
		};
		const { ref } = await carrier.placeCall(order());
		await vi.waitFor(() => expect(of(ref).some(({ path }) => path === "/key")).toBe(true), { timeout: 10_000 });
		await evictDurableObject(exchange());

		expect(await ended(ref)).toMatchObject({ status: "completed" });
		expect(statuses(ref)).toEqual(["initiated", "ringing", "in-progress", "completed"]);
	});

	it("goes on when its alarm was lost", async () => {
		const { ref } = await carrier.placeCall(order({ to: "+14155550003", ringSeconds: 600 }));
		await runInDurableObject(exchange(), (_, { storage }) => storage.deleteAlarm());
		await evictDurableObject(exchange());

		expect(await carrier.findCall(ref)).not.toBeNull();
		expect(await ended(ref)).toMatchObject({ status: "no-answer" });
	});

	it("does nothing twice when its alarm goes off twice", async () => {
		answers = { "/answer": xml(pressOne()), "/key": xml(voiceAnswer().hangup()) };
		const placed = await Promise.all(Array.from({ length: 10 }, () => carrier.placeCall(order())));
		await Promise.all([
			runDurableObjectAlarm(exchange()),
			runDurableObjectAlarm(exchange()),
			runDurableObjectAlarm(exchange()),
		]);

		for (const { ref } of placed) {
			await ended(ref);
			expect(statuses(ref)).toEqual(["initiated", "ringing", "in-progress", "completed"]);
			expect(of(ref).filter(({ path }) => path === "/key")).toHaveLength(1);
		}
	});

	it("repeats a step that was cut off, word for word", async () => {
		const { ref } = await carrier.placeCall(order({ to: "+14155550004" }));
		await ended(ref);
		const [told] = of(ref).filter(({ form }) => form.CallStatus === "busy");
		await runInDurableObject(exchange(), (_, { storage }) => {
			// As if the process had died after the callback and before it was ticked off.
			const news = { sequence: Number(told?.form.SequenceNumber), at: Date.parse(told?.form.Timestamp ?? "") };
			storage.sql.exec(
				"INSERT INTO agenda (ref, kind, due_at, second, token, detail) VALUES (?, 'over', 0, 2, ?, ?)",
				ref,
				told?.token ?? "",
				JSON.stringify({ status: "busy", news }),
			);
			return storage.setAlarm(Date.now());
		});
		await ended(ref);

		const repeated = of(ref).filter(({ form }) => form.CallStatus === "busy");
		expect(repeated).toHaveLength(2);
		expect(repeated[1]).toEqual(told);
	});

	it("keeps hundreds of calls in the air, each in its order, with few callbacks at a time", async () => {
		let open = 0;
		let most = 0;
		const slowly = async (answer: Response) => {
			most = Math.max(most, ++open);
			await scheduler.wait(1);
			open--;
			return answer;
		};
		answers = {
			"/status": () => slowly(new Response("")),
			"/answer": () => slowly(xml(pressOne())()),
			"/key": () => slowly(xml(voiceAnswer().hangup())()),
		};
		const placed = await Promise.all(
			Array.from({ length: 200 }, (_, n) => carrier.placeCall(order({ to: `+1415556${1000 + n}` }))),
		);

		for (const { ref } of placed) {
			await ended(ref);
			const numbers = of(ref).flatMap(({ path, form }) => (path === "/status" ? [Number(form.SequenceNumber)] : []));
			expect(numbers).toEqual(numbers.map((_, n) => n));
		}
		expect(most).toBeLessThanOrEqual(20);
		expect(most).toBeGreaterThan(5);
	}, 60_000);

	it("does not sell a number twice, nor one that it does not have", async () => {
		await expect(carrier.buyLine({ e164: line.e164, operationId: "op_2" })).rejects.toMatchObject({
			reason: "not_available",
			code: "21422",
		});
		await expect(carrier.buyLine({ e164: "+15005550000", operationId: "op_3" })).rejects.toMatchObject({
			reason: "not_available",
		});
		expect(await carrier.findLine(line.e164)).toMatchObject({ operationId: "op_1" });
	});
});

describe("somebody who calls one of our lines", () => {
	const incoming = "/webhooks/twilio/voice/incoming";
	const dial = async (call: { keys?: string[]; staysFor?: number } = {}) => {
		const reply = await exchange().incomingCall({ from: "+14155550123", to: line.e164, ...call });
		if (reply.kind !== "done") throw new Error(reply.message);
		return { ref: reply.value.ref, report: await ended(reply.value.ref) };
	};

	it("rings, hears our answer, presses keys, and we are told of the end", async () => {
		answers = { [incoming]: xml(pressOne()), "/key": xml(voiceAnswer().pause(9)) };

		const { ref, report } = await dial({ keys: ["4"] });

		expect(of(ref).map(({ path, form }) => `${path} ${form.CallStatus}`)).toEqual([
			`${incoming} ringing`,
			"/key in-progress",
			"/webhooks/twilio/voice/status completed",
		]);
		expect(of(ref)[0]?.form).toMatchObject({ Direction: "inbound", From: "+14155550123", To: line.e164 });
		expect(of(ref)[1]?.form.Digits).toBe("4");
		expect(of(ref).every(({ signed }) => signed)).toBe(true);
		expect(report?.durationSeconds).toBeGreaterThanOrEqual(9);
	});

	it("hangs up when it takes too long", async () => {
		answers = { [incoming]: xml(voiceAnswer().pause(100)) };

		expect((await dial({ staysFor: 8 })).report).toMatchObject({ status: "completed", durationSeconds: 8 });
	});

	it("is turned away by a Reject", async () => {
		answers = { [incoming]: () => new Response("<Response><Reject/></Response>") };

		expect((await dial()).report).toMatchObject({ status: "busy", durationSeconds: 0 });
	});

	it("cannot reach a line that is not ours", async () => {
		expect(await exchange().incomingCall({ from: "+14155550123", to: "+14155550124" })).toMatchObject({
			kind: "refused",
			reason: "invalid_to",
		});
	});
});

describe("a phone in somebody's hand", () => {
	const peer = "+14155550004"; // busy, without a hand on it
	const hand = () => ({ line: line.e164, peer });
	const shown = (what: object) =>
		vi.waitFor(async () => expect(await exchange().holdPhone(hand())).toMatchObject(what), { timeout: 10_000 });

	it("rings until it is answered, hears the question, and presses the key", async () => {
		answers = { "/answer": xml(pressOne()), "/key": xml(voiceAnswer().say("Thank you").pause(60)) };
		await exchange().holdPhone(hand());

		const { ref } = await carrier.placeCall(order({ to: peer }));
		await shown({ state: "rings" });
		await exchange().usePhone(hand(), { do: "answer" });
		await shown({ state: "talks", hears: expect.stringMatching(/words|keys/) }); // before that a key is pressed into nothing
		await exchange().usePhone(hand(), { do: "press", key: "1" });
		await vi.waitFor(() => expect(of(ref).find(({ path }) => path === "/key")?.form.Digits).toBe("1"), {
			timeout: 10_000,
		});
		await exchange().usePhone(hand(), { do: "hangUp" });

		expect(await ended(ref)).toMatchObject({ status: "completed" });
		expect(await exchange().holdPhone(hand())).toBeNull();
	});

	it("declines, and is busy", async () => {
		await exchange().holdPhone(hand());
		const { ref } = await carrier.placeCall(order({ to: peer }));
		await shown({ state: "rings" });

		await exchange().usePhone(hand(), { do: "hangUp" });

		expect(await ended(ref)).toMatchObject({ status: "busy" });
	});

	it("rings for a call that is put through to it, and talks until it hangs up", async () => {
		answers = { "/answer": xml(voiceAnswer().dial(peer, { actionUrl: `${BASE}/dialed`, ringSeconds: 30 })) };
		await exchange().holdPhone(hand());
		const { ref } = await carrier.placeCall(order({ to: "+14155550007" }));
		await shown({ state: "rings" });

		await exchange().usePhone(hand(), { do: "answer" });
		await shown({ state: "talks", hears: "somebody" });
		await exchange().usePhone(hand(), { do: "hangUp" });

		await ended(ref);
		expect(of(ref).find(({ path }) => path === "/dialed")?.form.DialCallStatus).toBe("completed");
	});

	it("goes on after an eviction, and is whoever its number says for another line", async () => {
		await exchange().holdPhone(hand());
		const { ref } = await carrier.placeCall(order({ to: peer }));
		await shown({ state: "rings" });
		await evictDurableObject(exchange());

		await exchange().usePhone(hand(), { do: "answer" });

		expect(await ended(ref)).toMatchObject({ status: "completed" });
		expect(await exchange().holdPhone({ line: "+14155550100", peer })).toBeNull();
	});
});

describe("a pretend message", () => {
	const sending = (to: string) =>
		carrier.sendMessage({
			to,
			from: line.e164,
			body: "Hi",
			mediaUrls: [],
			statusUrl: `${BASE}/message`,
			whatsapp: false,
		});
	const story = (ref: string) => heard.flatMap(({ form }) => (form.MessageSid === ref ? [form.MessageStatus] : []));

	it.each([
		["+14155550100", ["sent", "delivered"]],
		["+14155550006", ["sent", "undelivered"]],
	])("to %s is told of as %j", async (to, expected) => {
		const { ref } = await sending(to);

		await vi.waitFor(() => expect(story(ref)).toEqual(expected), { timeout: 10_000 });
		expect(heard.every(({ signed }) => signed)).toBe(true);
	});

	it("with pictures reaches us with all of them, and our answer goes back", async () => {
		answers = {
			"/webhooks/twilio/messages/incoming": () => new Response("<Response><Message>Thank you</Message></Response>"),
		};
		const mediaUrls = [`${BASE}/one.jpg`, `${BASE}/two.jpg`];

		await exchange().incomingMessage({ from: "+14155550100", to: line.e164, body: "Look", mediaUrls });

		await vi.waitFor(
			async () => {
				const replies = await runInDurableObject(exchange(), (_, { storage }) =>
					storage.sql
						.exec<{ body: string; status: string }>(
							`SELECT body, status FROM messages WHERE "to" = ? AND "from" = ?`,
							"+14155550100",
							line.e164,
						)
						.toArray(),
				);
				expect(replies).toContainEqual({ body: "Thank you", status: "delivered" });
			},
			{ timeout: 10_000 },
		);
		expect(heard[0]?.form).toMatchObject({
			NumMedia: "2",
			MediaUrl0: mediaUrls[0],
			MediaUrl1: mediaUrls[1],
			Body: "Look",
		});
	});

	it.each([
		["nothing to say", { body: "" }, "21602"],
		["too much to say", { body: "x".repeat(1601) }, "21617"],
		["an address that is none", { to: "911" }, "21211"],
		["a line that is not ours", { from: "+14155550199" }, "21606"],
	])("with %s is refused", async (_, change, code) => {
		const message = { to: "+14155550100", from: line.e164, body: "Hi", mediaUrls: [], statusUrl: "", whatsapp: false };

		await expect(carrier.sendMessage({ ...message, ...change })).rejects.toMatchObject({
			name: "CarrierRefusal",
			code,
		});
	});
});
