import { describe, expect, it, vi } from "vitest";
import { personAt } from "../../outside/carrier/simulated/people";
import { voiceAnswer } from "../../outside/carrier/twiml";
import { LoopbackCarrier } from "./carrier";
import { ACCOUNT_SID, AUTH_TOKEN, type LoopbackOptions } from "./options";

const ROOT = `/2010-04-01/Accounts/${ACCOUNT_SID}`;
const authorization = `Basic ${btoa(`${ACCOUNT_SID}:${AUTH_TOKEN}`)}`;
const LINE = "+12125550100";
const CALL = {
	To: "+14155550001",
	From: LINE,
	Url: "https://a.test/answer",
	StatusCallback: "https://a.test/status",
	StatusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
};

interface Heard {
	status: string | null;
	sequence: number;
	token: string | null;
}

async function open(options: Partial<LoopbackOptions> = {}) {
	const heard: Heard[] = [];
	const carrier = new LoopbackCarrier({
		async send(request) {
			const fields = new URLSearchParams(new TextDecoder().decode(await request.arrayBuffer()));
			const token = request.headers.get("i-twilio-idempotency-token");
			if (request.url.endsWith("/status"))
				heard.push({ status: fields.get("CallStatus"), sequence: Number(fields.get("SequenceNumber")), token });
			return new Response(request.url.endsWith("/answer") ? voiceAnswer().say("Hi").toXml() : "");
		},
		...options,
	});
	await post(carrier, "IncomingPhoneNumbers.json", { PhoneNumber: LINE });
	return { carrier, heard };
}

function post(
	carrier: LoopbackCarrier,
	path: string,
	fields: Record<string, string | string[]>,
	credentials = authorization,
) {
	const pairs = Object.entries(fields).flatMap(([name, value]) =>
		[value].flat().map((each): [string, string] => [name, each]),
	);
	return carrier.handle({
		method: "POST",
		path: `${ROOT}/${path}`,
		authorization: credentials,
		contentType: "application/x-www-form-urlencoded",
		body: new URLSearchParams(pairs).toString(),
	});
}

const quiet = (carrier: LoopbackCarrier) => vi.waitFor(() => expect(carrier.report().live).toBe(0), { timeout: 5000 });

describe("the loopback carrier", () => {
	it("counts what comes to it: calls for each number, calls at once, and when they came", async () => {
		const { carrier } = await open();

		await Promise.all([
			post(carrier, "Calls.json", CALL),
			post(carrier, "Calls.json", CALL),
			post(carrier, "Calls.json", { ...CALL, To: "+14155550009" }),
		]);
		await quiet(carrier);

		expect(carrier.report()).toMatchObject({
			requests: 4,
			violationCount: 0,
			calls: 3,
			callsByTo: { "+14155550001": 2, "+14155550009": 1 },
			calledTwice: ["+14155550001"],
			maxLive: 3,
			arrivals: ["+14155550001", "+14155550001", "+14155550009"].map((to) => ({ to, at: expect.any(Number) })),
		});
	});

	it("takes as long as it is told, and counts the requests that wait meanwhile", async () => {
		const { carrier } = await open({ latencyMs: 20 });

		await Promise.all(Array.from({ length: 7 }, () => post(carrier, "Calls.json", CALL)));

		expect(carrier.report().maxInFlight).toBe(7);
		await quiet(carrier);
	});

	it("takes nothing that its description does not know, and keeps count", async () => {
		const { carrier } = await open();

		const answer = await post(carrier, "Calls.json", { ...CALL, Tempo: "fast" });

		expect(answer).toMatchObject({ status: 400 });
		expect(carrier.report()).toMatchObject({
			calls: 0,
			violationCount: 1,
			violations: [{ request: `POST ${ROOT}/Calls.json`, problems: ["form: Tempo is unknown"] }],
		});
	});

	it("takes nothing from strangers", async () => {
		const { carrier } = await open();

		const answer = await post(carrier, "Calls.json", CALL, "Basic c29tZWJvZHk=");

		expect(answer).toMatchObject({ status: 401, body: expect.stringContaining("20003") });
		expect(carrier.report()).toMatchObject({ calls: 0, unauthorised: 1 });
	});

	it("has no more calls in the air than it may", async () => {
		const { carrier } = await open({ maxConcurrent: 1 });

		await post(carrier, "Calls.json", CALL);

		expect(await post(carrier, "Calls.json", CALL)).toMatchObject({
			status: 429,
			headers: { "retry-after": "1" },
			body: expect.stringContaining("10004"),
		});
		await quiet(carrier);
	});

	it.each([
		["429", { status: 429 }, 0],
		["500-before", { status: 500 }, 0],
		["500-after", { status: 500 }, 1],
		["timeout-after", "silence", 1],
		["cut-after", "cut", 1],
		["malformed-after", { status: 201 }, 1],
	] as const)("fails with %s once, and has placed the call or not", async (mode, expected, placed) => {
		const { carrier } = await open();
		carrier.faults.arm({ mode, operation: "CreateCall", times: 1 });

		const failed = await post(carrier, "Calls.json", CALL);
		const calls = carrier.report().calls;
		const well = await post(carrier, "Calls.json", CALL);

		if (typeof expected === "string") expect(failed).toBe(expected);
		else expect(failed).toMatchObject(expected);
		expect(calls).toBe(placed);
		expect(well).toMatchObject({ status: 201 });
		await quiet(carrier);
	});

	it("answers what nobody can read when it is told to", async () => {
		const { carrier } = await open();
		carrier.faults.arm({ mode: "malformed-after" });

		const answer = await post(carrier, "Calls.json", CALL);

		expect(() => JSON.parse(typeof answer === "string" ? "" : answer.body)).toThrow();
		carrier.faults.clear();
		await quiet(carrier);
	});

	it("sends a machine that it finds out meanwhile to where it is told, in the middle of a step", async () => {
		const asked: string[] = [];
		const carrier: LoopbackCarrier = new LoopbackCarrier({
			speed: 1_000_000,
			personAt: () => ({ ...personAt("+14155550002"), outcome: "machine" }),
			async send(request) {
				const path = new URL(request.url).pathname;
				const form = new URLSearchParams(new TextDecoder().decode(await request.arrayBuffer()));
				asked.push(path);
				if (path === "/answer")
					return new Response(voiceAnswer().pause(1_000_000_000).redirect("https://a.test/never").toXml());
				if (path === "/machine")
					await post(carrier, `Calls/${form.get("CallSid")}.json`, { Url: "https://a.test/message", Method: "POST" });
				return new Response(path === "/message" ? voiceAnswer().say("Hi").hangup().toXml() : "");
			},
		});
		await post(carrier, "IncomingPhoneNumbers.json", { PhoneNumber: LINE });
		await post(carrier, "Calls.json", {
			...CALL,
			MachineDetection: "DetectMessageEnd",
			AsyncAmd: "true",
			AsyncAmdStatusCallback: "https://a.test/machine",
		});
		await quiet(carrier);

		expect(asked.filter((path) => path !== "/status")).toEqual(["/answer", "/machine", "/message"]);
	});

	it("never sends the share of callbacks that it is to lose", async () => {
		const { carrier, heard } = await open({ lose: 1 });

		await post(carrier, "Calls.json", CALL);
		await quiet(carrier);

		expect(heard).toEqual([]);
		expect(carrier.report().callbacks).toMatchObject({ lost: 4 });
	});

	it("tells its story in order, unless it is told to be disorderly", async () => {
		const orderly = await open();
		await post(orderly.carrier, "Calls.json", CALL);
		await quiet(orderly.carrier);
		const rolls = [0.9, 0.1, ...Array(20).fill(0.9)]; // hold back the first, nothing else
		// long enough that even a machine with much else to do has told the rest by then
		const disorderly = await open({ reorder: 0.5, heldBackMs: 1_500, chance: () => rolls.shift() ?? 0.9 });
		await post(disorderly.carrier, "Calls.json", CALL);
		await vi.waitFor(() => expect(disorderly.heard).toHaveLength(4), { timeout: 10_000 });

		expect(orderly.heard.map(({ status }) => status)).toEqual(["initiated", "ringing", "in-progress", "completed"]);
		expect(disorderly.heard.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 0]);
	});

	it("tells everything twice, with the same token, when it is told to", async () => {
		const { carrier, heard } = await open({ duplicate: 1 });

		await post(carrier, "Calls.json", CALL);
		await vi.waitFor(() => expect(heard).toHaveLength(8));

		expect(new Set(heard.map(({ token }) => token)).size).toBe(4);
		await quiet(carrier);
	});

	it("tells only the end when nothing else is wanted", async () => {
		const { carrier, heard } = await open({ callbacks: "completed", personAt: () => personAt("+14155550004") });

		await post(carrier, "Calls.json", CALL);
		await quiet(carrier);

		expect(heard.map(({ status }) => status)).toEqual(["busy"]);
	});
});
