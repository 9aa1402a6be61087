import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { settingsOf } from "../../../env";
import { twilioContract } from "../../../test/contracts/twilio";
import document from "../../../test/contracts/twilio.openapi.json";
import type { Carrier } from "../carrier";
import { twilioCarrier } from ".";
import { sign } from "./signature";

const ACCOUNT = `AC${"0123456789abcdef".repeat(2)}`;
const REF = `CA${"a".repeat(32)}`;
const LINE = `PN${"b".repeat(32)}`;
const CALLBACKS = "#rc=3&rp=5xx,ct,rt";
const judge = twilioContract(document);
const settings = {
	...settingsOf(env),
	TWILIO_ACCOUNT_SID: ACCOUNT,
	TWILIO_AUTH_TOKEN: "secret",
	TWILIO_AUTH_TOKEN_PREVIOUS: "older",
};
const carrier = twilioCarrier(settings);

const sent: Request[] = [];
let answer: () => Response | Promise<Response>;

beforeEach(() => {
	sent.length = 0;
	vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
		sent.push(new Request(input, init));
		return answer();
	});
});
afterEach(() => vi.restoreAllMocks());

const answers = (status: number, body: unknown, headers: Record<string, string> = {}) => {
	answer = () => new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers });
};
// Not text(): workerd warns about bodies that do not call themselves text.
const bodyOf = async (request?: Request) => new TextDecoder().decode(await request?.arrayBuffer());
const call = { sid: REF, to: "+14155550100", from: "+14155550101", status: "queued", date_created: null };
const MESSAGE = `MM${"d".repeat(32)}`;
const FILE = `ME${"e".repeat(32)}`;
const line = {
	sid: LINE,
	phone_number: "+14155550100",
	friendly_name: "op_1",
	capabilities: { voice: true, sms: true },
};
const message = { sid: `SM${"c".repeat(32)}`, num_segments: "2" };

const placing = {
	to: "+14155550100",
	from: "+14155550101",
	answerUrl: "https://trunkline.test/webhooks/answer?a=1&s=x%2By",
	statusUrl: "https://trunkline.test/webhooks/status?a=1",
	ringSeconds: 30,
	maxSeconds: 600,
};
const sending = {
	to: "+14155550100",
	from: "+14155550101",
	body: "Hello + goodbye",
	mediaUrls: ["https://trunkline.test/media/1", "https://trunkline.test/media/2"],
	statusUrl: "https://trunkline.test/webhooks/status?m=1",
	whatsapp: false,
};

type Ask = (carrier: Carrier) => Promise<unknown>;
const REQUESTS: [name: string, ask: Ask, status: number, reply: unknown][] = [
	["a search", (c) => c.search({ country: "US", type: "local", limit: 5 }), 200, { available_phone_numbers: [] }],
	[
		"a search with every wish",
		(c) =>
			c.search({
				country: "US",
				type: "tollfree",
				areaCode: "800",
				contains: "5*FLOWERS",
				capabilities: { voice: true, sms: true, mms: true },
				limit: 5,
			}),
		200,
		{ available_phone_numbers: [] },
	],
	[
		"a search by the beginning of the number",
		(c) => c.search({ country: "GB", type: "mobile", areaCode: "7400", limit: 5 }),
		200,
		{ available_phone_numbers: [] },
	],
	["a purchase", (c) => c.buyLine({ e164: "+14155550100", operationId: "op_1" }), 201, line],
	["a look at a line", (c) => c.findLine("+14155550100"), 200, { incoming_phone_numbers: [line] }],
	["a release", (c) => c.releaseLine(LINE), 204, ""],
	["a call", (c) => c.placeCall(placing), 201, call],
	[
		"a call with every wish",
		(c) =>
			c.placeCall({
				...placing,
				to: "sip:desk@pbx.test",
				machineDetection: "wait_for_beep",
				machineDetectionUrl: "https://trunkline.test/webhooks/machine?a=1",
				sip: { username: "u", password: "p&=+" },
			}),
		201,
		call,
	],
	["a call that tells machines apart", (c) => c.placeCall({ ...placing, machineDetection: "detect" }), 201, call],
	["a search for calls", (c) => c.findCalls({ to: call.to, from: call.from, since: 0 }), 200, { calls: [call] }],
	["a search for what a call was put through to", (c) => c.findLegs(REF), 200, { calls: [call] }],
	["a look at a call", (c) => c.findCall(REF), 200, call],
	["the end of a call", (c) => c.endCall(REF), 200, call],
	["a call that is sent elsewhere", (c) => c.redirectCall(REF, "https://trunkline.test/next?a=1&s=x"), 200, call],
	["the end of a recording", (c) => c.dropRecording(`RE${"a".repeat(32)}`), 204, undefined],
	["a message", (c) => c.sendMessage(sending), 201, message],
	[
		"a search for messages",
		(c) => c.findMessages({ to: call.to, from: call.from, whatsapp: false, since: 0 }),
		200,
		{ messages: [] },
	],
	["a look for what came in", (c) => c.receivedMessages({ since: 0 }), 200, { messages: [] }],
	["a look at a message's files", (c) => c.listMedia(MESSAGE), 200, { media_list: [] }],
	["a WhatsApp message", (c) => c.sendMessage({ ...sending, body: "", whatsapp: true }), 201, message],
];

describe("the REST client", () => {
	it.each(REQUESTS)(
		"sends %s as the carrier describes it, once, with our credentials",
		async (_, ask, status, reply) => {
			answer = () => new Response(status === 204 ? null : JSON.stringify(reply), { status });

			await ask(carrier);

			expect(sent).toHaveLength(1);
			const [request] = sent;
			const url = new URL(request?.url ?? "");
			const wire = {
				method: request?.method ?? "",
				path: url.pathname + url.search,
				contentType: request?.headers.get("content-type"),
				body: request?.body ? await bodyOf(request) : undefined,
			};
			expect(judge(wire).violations).toEqual([]);
			expect(url.origin).toBe("https://api.twilio.com");
			expect(request?.redirect).toBe("manual");
			expect(request?.headers.get("authorization")).toBe(`Basic ${btoa(`${ACCOUNT}:secret`)}`);
		},
	);

	it("sends any text as it is, and half a character as one that is missing", async () => {
		answers(201, message);

		await carrier.sendMessage({ ...sending, body: "50 % of a+b & c=d?\nÄ 🙂 \ud83d" });

		expect(new URLSearchParams(await bodyOf(sent[0])).get("Body")).toBe("50 % of a+b & c=d?\nÄ 🙂 \ufffd");
	});

	it("names each event of a call on its own, and asks for callbacks to be repeated", async () => {
		answers(201, call);

		await carrier.placeCall(placing);

		const form = new URLSearchParams(await bodyOf(sent[0]));
		expect(form.getAll("StatusCallbackEvent")).toEqual(["initiated", "ringing", "answered", "completed"]);
		expect(form.get("Url")).toBe(placing.answerUrl + CALLBACKS);
		expect(form.get("StatusCallback")).toBe(placing.statusUrl + CALLBACKS);
	});

	it("names the operation on the line it buys, and points the line at our doors", async () => {
		answers(201, line);

		const bought = await carrier.buyLine({ e164: "+14155550100", operationId: "op_1" });

		expect(bought).toEqual({
			ref: LINE,
			e164: "+14155550100",
			operationId: "op_1",
			capabilities: { voice: true, sms: true, mms: false },
		});
		expect(Object.fromEntries(new URLSearchParams(await bodyOf(sent[0])))).toMatchObject({
			FriendlyName: "op_1",
			VoiceUrl: `https://trunkline.test/webhooks/twilio/voice/incoming${CALLBACKS}`,
			VoiceMethod: "POST",
			StatusCallback: `https://trunkline.test/webhooks/twilio/voice/status${CALLBACKS}`,
			SmsUrl: `https://trunkline.test/webhooks/twilio/messages/incoming${CALLBACKS}`,
			SmsMethod: "POST",
		});
	});

	it("reads offers, whatever case the carrier writes their abilities in", async () => {
		const offer = { iso_country: "US", locality: "San Francisco", region: "CA" };
		const capabilities = { voice: true, SMS: true, MMS: false, fax: null };
		answers(200, {
			available_phone_numbers: [
				{ ...offer, phone_number: "+14155557000", capabilities },
				{ ...offer, phone_number: "+14155551000", capabilities },
			],
		});

		const offers = await carrier.search({ country: "US", type: "local", areaCode: "415", contains: "5*7", limit: 5 });

		expect(offers).toEqual([
			{
				e164: "+14155557000",
				country: "US",
				type: "local",
				city: "San Francisco",
				region: "CA",
				capabilities: { voice: true, sms: true, mms: false },
			},
		]);
	});

	it("asks nothing for an area code that cannot be", async () => {
		expect(await carrier.search({ country: "US", type: "local", areaCode: "' OR 1=1", limit: 5 })).toEqual([]);
		expect(await carrier.search({ country: "DE", type: "local", areaCode: "0x30", limit: 5 })).toEqual([]);
		expect(sent).toEqual([]);
	});

	it("finds only the very line it asked for", async () => {
		answers(200, { incoming_phone_numbers: [{ ...line, phone_number: "+141555501001" }] });

		expect(await carrier.findLine("+14155550100")).toBeNull();
	});

	it("finds the calls since a moment, also those that still wait to be dialed", async () => {
		const at = Date.UTC(2026, 10, 21, 10, 0, 0);
		const placed = (seconds: number) => new Date(at + seconds * 1000).toUTCString();
		answers(200, {
			calls: [
				{ ...call, status: "queued", date_created: placed(0), start_time: null },
				{ ...call, status: "completed", date_created: placed(-2), start_time: placed(-1), duration: "17" },
				{ ...call, status: "completed", date_created: placed(2), start_time: placed(3), duration: "17" },
			],
		});

		const calls = await carrier.findCalls({ to: call.to, from: call.from, since: at + 400 });

		expect(calls.map(({ status, startedAt, durationSeconds }) => ({ status, startedAt, durationSeconds }))).toEqual([
			{ status: "queued", startedAt: null, durationSeconds: null },
			{ status: "completed", startedAt: at + 3000, durationSeconds: 17 },
		]);
	});

	it("reads messages, also those that still wait to be sent, and page by page what came in", async () => {
		const at = Date.UTC(2026, 10, 21, 10, 0, 0);
		const listed = (direction: string, seconds: number) => ({
			...{ sid: MESSAGE, to: call.to, from: call.from, body: "Hi", direction, status: "queued" },
			...{
				num_segments: "2",
				num_media: "1",
				date_created: new Date(at + seconds * 1000).toUTCString(),
				date_sent: null,
			},
		});
		answers(200, { messages: [listed("outbound-api", 0), listed("outbound-api", -2)] });
		const since = at + 400;
		const found = await carrier.findMessages({ to: call.to, from: call.from, whatsapp: true, since });
		const pages = [
			{
				messages: [listed("inbound", 0), listed("outbound-api", 0)],
				next_page_uri: "/2010-04-01/x.json?Page=1&PageSize=1000",
			},
			{ messages: [listed("inbound", 1)], next_page_uri: null },
		];
		answer = () => new Response(JSON.stringify(pages.shift()), { status: 200 });

		const received = await carrier.receivedMessages({ since });

		expect(found).toMatchObject([{ ref: MESSAGE, direction: "outbound", segments: 2, mediaCount: 1, createdAt: at }]);
		expect(new URL(sent[0]?.url ?? "").searchParams.get("To")).toBe(`whatsapp:${call.to}`);
		expect(received.map(({ createdAt }) => createdAt)).toEqual([at, at + 1000]);
		expect(new URL(sent[2]?.url ?? "").searchParams.get("Page")).toBe("1");
	});

	it("fetches a file from where the carrier keeps it, without our credentials", async () => {
		const replies = [
			new Response(null, { status: 307, headers: { location: "https://files.test/a?signed=1" } }),
			new Response("bytes"),
		];
		answer = () => replies.shift() ?? new Response(null, { status: 500 });

		const stream = await carrier.fetchMedia(MESSAGE, FILE);

		expect(await new Response(stream).text()).toBe("bytes");
		expect(sent.map(({ url }) => url)).toEqual([
			`https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Messages/${MESSAGE}/Media/${FILE}`,
			"https://files.test/a?signed=1",
		]);
		expect(sent.map(({ headers }) => headers.has("authorization"))).toEqual([true, false]);
		expect(sent.map(({ redirect }) => redirect)).toEqual(["manual", "manual"]);
	});

	it.each([
		["that is not there", () => Response.json({ code: 20404 }, { status: 404 }), "CarrierRefusal"],
		[
			"from an open line",
			() => new Response(null, { status: 302, headers: { location: "http://10.0.0.1/" } }),
			"CarrierUnclear",
		],
		[
			"that keeps being elsewhere",
			() => new Response(null, { status: 302, headers: { location: "https://a.test/" } }),
			"CarrierUnclear",
		],
	])("has no file %s", async (_, replying, name) => {
		answer = replying;

		await expect(carrier.fetchMedia(MESSAGE, FILE)).rejects.toMatchObject({ name });
	});

	it.each<[string, number, number, Ask, unknown]>([
		["a line that is gone", 404, 20404, (c) => c.releaseLine(LINE), undefined],
		["a call that is over", 400, 21220, (c) => c.endCall(REF), undefined],
		["a call that it never heard of", 404, 20404, (c) => c.findCall(REF), null],
		["a country without numbers", 404, 20404, (c) => c.search({ country: "AQ", type: "local", limit: 1 }), []],
	])("takes %s for an answer", async (_, status, code, ask, expected) => {
		answers(status, { code, message: "so it is", status });

		expect(await ask(carrier)).toEqual(expected);
	});
});

describe("a request that fails", () => {
	const place: Ask = (c) => c.placeCall(placing);

	it.each([
		[401, 20003, "credentials"],
		[400, 21422, "not_available"],
		[400, 21211, "invalid_to"],
		[400, 21212, "invalid_from"],
		[400, 21215, "blocked"],
		[400, 21610, "opted_out"],
		[400, 21631, "needs_documents"],
		[404, 20404, "not_found"],
		[400, 99999, "other"],
	])("with %i and code %i is a refusal: %s", async (status, code, reason) => {
		answers(status, { code, message: "No.", status });

		await expect(place(carrier)).rejects.toMatchObject({
			name: "CarrierRefusal",
			reason,
			code: String(code),
			message: "No.",
		});
	});

	it("with a page of somebody's proxy is a refusal, but not a sign that the line is gone", async () => {
		answers(404, "<html>Not here</html>");

		await expect(carrier.releaseLine(LINE)).rejects.toMatchObject({ name: "CarrierRefusal", reason: "other" });
	});

	it.each([
		[429, { code: 20429, message: "Too many" }, "7", 7],
		[429, "not even JSON", undefined, 1],
		[400, { code: 10004, message: "Too many calls" }, undefined, 1],
		[503, { code: 20429, message: "Too many" }, "soon", 1],
	])("with %i %j and Retry-After %s is busy for %s seconds", async (status, body, header, seconds) => {
		answers(status, body, header ? { "retry-after": header } : {});

		await expect(place(carrier)).rejects.toMatchObject({ name: "CarrierBusy", retryAfterSeconds: seconds });
	});

	it.each<[string, () => Response | Promise<Response>]>([
		["an error of the carrier's own", () => Response.json({ code: 20500, message: "Oops" }, { status: 500 })],
		["a bad gateway", () => new Response("<html>", { status: 502 })],
		["a time-out that the carrier tells of", () => Response.json({ code: 1, message: "late" }, { status: 408 })],
		["a redirect", () => new Response(null, { status: 307, headers: { location: "https://elsewhere.test/" } })],
		["a success that is not JSON", () => new Response('{"sid": "CA', { status: 201 })],
		["a success without a reference", () => Response.json({ status: "queued" }, { status: 201 })],
		["a reference of another kind", () => Response.json({ ...call, sid: LINE }, { status: 201 })],
		["a cut connection", () => Promise.reject(new TypeError("Network connection lost."))],
		["a time-out", () => Promise.reject(new DOMException("The operation timed out", "TimeoutError"))],
	])("with %s is unclear, and is not repeated", async (_, replying) => {
		answer = replying;

		await expect(place(carrier)).rejects.toMatchObject({ name: "CarrierUnclear" });
		expect(sent).toHaveLength(1);
	});

	it("is given up at the deadline that it shares with others", async () => {
		const deadline = new AbortController();
		answer = () =>
			new Promise((_, reject) => sent[0]?.signal.addEventListener("abort", () => reject(sent[0]?.signal.reason)));

		const waiting = carrier.placeCall(placing, deadline.signal);
		const unclear = expect(waiting).rejects.toMatchObject({ name: "CarrierUnclear" });
		deadline.abort();

		await unclear;
	});

	it("never tells our credentials", async () => {
		answers(401, { code: 20003, message: "Authenticate" });

		const error = await place(carrier).catch((thrown: unknown) => thrown);

		expect(String(error)).not.toContain("secret");
		expect(JSON.stringify(error)).not.toContain(btoa(`${ACCOUNT}:secret`));
	});
});

describe("a webhook", () => {
	const publicUrl = "https://trunkline.test/webhooks/twilio/voice/incoming";
	const form: [string, string][] = [["CallSid", REF]];
	const signedBy = (token: string) => ({
		method: "POST",
		publicUrl,
		form,
		rawBody: `CallSid=${REF}`,
		signature: sign(token, publicUrl, form),
	});

	it.each([
		["secret", true],
		["older", true],
		["somebody else's", false],
		["", false],
	])("signed with the token %j is the carrier's: %s", async (token, expected) => {
		expect(await carrier.isFromCarrier(signedBy(token))).toBe(expected);
	});
});
