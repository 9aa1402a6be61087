import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { settingsOf } from "../../env";
import { parsePhone } from "../../pure/phone";
import { LoopbackCarrier } from "../../test/loopback-carrier/carrier";
import { receiveMessage } from "../../test/loopback-carrier/incoming";
import { ACCOUNT_SID, AUTH_TOKEN } from "../../test/loopback-carrier/options";
import type { Carrier, PlaceCall, SendMessage } from "./carrier";
import { simulatedCarrier } from "./simulated";
import { ownDoor } from "./simulated/delivery";
import { twilioCarrier } from "./twilio";
import { voiceAnswer } from "./twiml";

const BASE = "https://trunkline.test";
const settings = settingsOf(env);

interface Heard {
	path: string;
	fields: Record<string, string>;
	signed: boolean;
}

let heard: Heard[] = [];
let carrier: Carrier;

/** Our door, as every carrier finds it: takes everything, and answers calls by asking for a key. */
async function door(request: Request): Promise<Response> {
	const { pathname } = new URL(request.url);
	const rawBody = new TextDecoder().decode(await request.arrayBuffer());
	const form = [...new URLSearchParams(rawBody)];
	const signature = request.headers.get("x-twilio-signature") ?? "";
	const signed = await carrier.isFromCarrier({ method: "POST", publicUrl: request.url, form, rawBody, signature });
	heard.push({ path: pathname, fields: Object.fromEntries(form), signed });
	if (pathname === "/answer")
		return new Response(
			voiceAnswer()
				.gather({ actionUrl: `${BASE}/keys`, digits: 1 })
				.toXml(),
		);
	if (pathname === "/keys")
		return new Response(
			voiceAnswer()
				.dial("+442079460007", { actionUrl: `${BASE}/dialed` })
				.toXml(),
		);
	return new Response("");
}

interface Stage {
	carrier: Carrier;
	write(message: { from: string; to: string; body: string }): Promise<unknown>;
}

function simulated(): Stage {
	vi.spyOn(ownDoor, "fetch").mockImplementation(door);
	return {
		carrier: simulatedCarrier(env, settings),
		write: (message) => env.SIMULATED_EXCHANGE.getByName("exchange").incomingMessage(message),
	};
}

/** The real client against the loopback carrier, with a wire of plain function calls between them. */
function twilio(): Stage {
	const loopback = new LoopbackCarrier({ send: door });
	vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
		const request = new Request(input, init);
		const { pathname, search } = new URL(request.url);
		const told = await loopback.handle({
			method: request.method,
			path: pathname + search,
			authorization: request.headers.get("authorization"),
			contentType: request.headers.get("content-type"),
			body: new TextDecoder().decode(await request.arrayBuffer()),
		});
		if (typeof told === "string") throw new TypeError(told);
		return new Response(told.status === 204 ? null : told.body, { status: told.status, headers: told.headers });
	});
	const credentials = { TWILIO_ACCOUNT_SID: ACCOUNT_SID, TWILIO_AUTH_TOKEN: AUTH_TOKEN };
	return {
		carrier: twilioCarrier({ ...settings, ...credentials }),
		write: (message) => receiveMessage(loopback, message),
	};
}

describe.each([
	["the simulated carrier", simulated],
	["the real client at a carrier on loopback", twilio],
])("%s", (_, open) => {
	let stage: Stage;
	let from: string;
	let line: string;

	beforeEach(async () => {
		heard = [];
		stage = open();
		carrier = stage.carrier;
		const [offer] = await carrier.search({ country: "US", type: "local", areaCode: "212", limit: 1 });
		from = offer?.e164 ?? "";
		line = (await carrier.buyLine({ e164: from, operationId: "op_1" })).ref;
	});
	afterEach(async () => {
		await carrier.releaseLine(line);
		vi.restoreAllMocks();
	});

	const call = (change: Partial<PlaceCall> = {}): PlaceCall => ({
		to: "+14155550001",
		from,
		answerUrl: `${BASE}/answer`,
		statusUrl: `${BASE}/status`,
		ringSeconds: 30,
		maxSeconds: 600,
		...change,
	});
	const message = (change: Partial<SendMessage> = {}): SendMessage => ({
		to: "+14155550100",
		from,
		body: "Hello",
		mediaUrls: [],
		statusUrl: `${BASE}/message`,
		whatsapp: false,
		...change,
	});
	const told = (ref: string) => heard.filter(({ fields }) => [fields.CallSid, fields.MessageSid].includes(ref));
	const over = (ref: string) =>
		vi.waitFor(() => expect(told(ref).at(-1)?.fields.CallDuration).toBeDefined(), { timeout: 10_000, interval: 10 });

	it("sells valid numbers of the area that was asked for, and each of them once", async () => {
		const offers = await carrier.search({ country: "US", type: "local", areaCode: "212", limit: 5 });

		expect(offers).toHaveLength(5);
		for (const { e164, country } of offers) {
			expect(parsePhone(e164)).toMatchObject({ e164, country });
			expect(e164).toMatch(/^\+1212/);
			expect(e164).not.toBe(from);
		}
		await expect(carrier.buyLine({ e164: from, operationId: "op_2" })).rejects.toMatchObject({
			name: "CarrierRefusal",
			reason: "not_available",
			code: "21422",
		});
	});

	it("has nothing to sell where there is nothing", async () => {
		expect(await carrier.search({ country: "US", type: "mobile", limit: 5 })).toEqual([]);
		expect(await carrier.search({ country: "XX", type: "local", limit: 5 })).toEqual([]);
	});

	it("knows a line by its number, with the operation that bought it, until it is given back", async () => {
		expect(await carrier.findLine(from)).toMatchObject({ ref: line, e164: from, operationId: "op_1" });
		expect(line).toMatch(/^PN[0-9a-f]{32}$/);

		await carrier.releaseLine(line);
		await carrier.releaseLine(line);

		expect(await carrier.findLine(from)).toBeNull();
	});

	it("plays a call through to the other line, and signs every word of it", async () => {
		const { ref } = await carrier.placeCall(call());
		await over(ref);

		expect(told(ref).map(({ path, fields }) => `${path} ${fields.CallStatus}`)).toEqual([
			"/status initiated",
			"/status ringing",
			"/status in-progress",
			"/answer in-progress",
			"/keys in-progress",
			"/dialed in-progress",
			"/status completed",
		]);
		expect(told(ref).every(({ signed }) => signed)).toBe(true);
		expect(told(ref)[4]?.fields.Digits).toBe("1");
		expect(told(ref)[5]?.fields).toMatchObject({ DialCallStatus: "completed" });
		expect(told(ref)[6]?.fields.SequenceNumber).toBe("3");
		const report = await carrier.findCall(ref);
		expect(report).toMatchObject({ ref, to: "+14155550001", from, status: "completed", startedAt: expect.any(Number) });
		expect(String(report?.durationSeconds)).toBe(told(ref)[6]?.fields.CallDuration);
	});

	it.each([
		["+14155550003", "no-answer"],
		["+14155550004", "busy"],
		["+14155550006", "failed"],
	])("tells that %s is %s", async (to, status) => {
		const { ref } = await carrier.placeCall(call({ to }));
		await over(ref);

		expect(told(ref).at(-1)?.fields).toMatchObject({ CallStatus: status, CallDuration: "0" });
		expect(await carrier.findCall(ref)).toMatchObject({ status, durationSeconds: 0 });
	});

	it("finds a call again by who called whom and when", async () => {
		const since = Date.now() - 1000;
		const { ref } = await carrier.placeCall(call());

		expect((await carrier.findCalls({ to: "+14155550001", from, since })).map((each) => each.ref)).toContain(ref);
		expect(await carrier.findCalls({ to: "+14155550001", from, since: Date.now() + 60_000 })).toEqual([]);
		expect(await carrier.findCalls({ to: "+14155550009", from, since })).toEqual([]);
		expect(await carrier.findCall(`CA${"0".repeat(32)}`)).toBeNull();
		expect(await carrier.findLegs(`CA${"0".repeat(32)}`)).toEqual([]);
		await over(ref);
	});

	it("ends a call, and does not mind ending it again", async () => {
		const { ref } = await carrier.placeCall(call({ to: "+14155550003", ringSeconds: 600 }));

		await carrier.endCall(ref);
		await over(ref);
		await carrier.endCall(ref);

		expect(await carrier.findCall(ref)).toMatchObject({ status: "canceled" });
	});

	it("places no call from a line that is not ours, nor to what is no number", async () => {
		const refused = { name: "CarrierRefusal" };

		await expect(carrier.placeCall(call({ from: "+14155550199" }))).rejects.toMatchObject({
			...refused,
			reason: "invalid_from",
		});
		await expect(carrier.placeCall(call({ to: "911" }))).rejects.toMatchObject({ ...refused, reason: "invalid_to" });
	});

	it("sends a message and tells when it has arrived", async () => {
		const { ref, segments } = await carrier.sendMessage(message());
		await vi.waitFor(() => expect(told(ref).at(-1)?.fields.MessageStatus).toBe("delivered"), { timeout: 10_000 });

		expect(segments).toBe(1);
		expect(told(ref).map(({ fields }) => fields.MessageStatus)).toEqual(["sent", "delivered"]);
		expect(told(ref).every(({ signed }) => signed)).toBe(true);
	});

	it("finds a message again by who wrote to whom and when, and what people wrote", async () => {
		const since = Date.now() - 1000;
		const { ref } = await carrier.sendMessage(message({ body: "Find me" }));
		await stage.write({ from: "+14155550100", to: from, body: "And me" });

		const found = await carrier.findMessages({ to: "+14155550100", from, whatsapp: false, since });
		const later = await carrier.findMessages({ to: "+14155550100", from, whatsapp: false, since: Date.now() + 60_000 });
		const received = await carrier.receivedMessages({ since });

		expect(found).toContainEqual(expect.objectContaining({ ref, body: "Find me", direction: "outbound", segments: 1 }));
		expect(later).toEqual([]);
		expect(received.map(({ body }) => body)).toContain("And me");
		expect(received.every(({ direction }) => direction === "inbound")).toBe(true);
	});

	it("hands over what people write, and sends nothing more to those who wrote stop", async () => {
		await stage.write({ from: "+14155550100", to: from, body: " stop " });
		const written = () => heard.findLast(({ path }) => path === "/webhooks/twilio/messages/incoming");
		await vi.waitFor(() => expect(written()).toBeDefined(), { timeout: 10_000 });

		expect(written()).toMatchObject({ signed: true, fields: { From: "+14155550100", To: from, Body: " stop " } });
		await expect(carrier.sendMessage(message())).rejects.toMatchObject({ reason: "opted_out", code: "21610" });

		await stage.write({ from: "+14155550100", to: from, body: "START" });
		expect(await carrier.sendMessage(message())).toMatchObject({ segments: 1 });
	});

	it("takes nobody else's signature for its own", async () => {
		const { ref } = await carrier.placeCall(call({ to: "+14155550004" }));
		await over(ref);

		const forged = {
			method: "POST",
			publicUrl: `${BASE}/status`,
			rawBody: "",
			signature: "L/OH5YylLD5NRKLltdqwSvS0BnU=",
		};
		expect(await carrier.isFromCarrier({ ...forged, form: Object.entries(told(ref)[0]?.fields ?? {}) })).toBe(false);
	});
});
