import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { LANGUAGES, MODELS, VOICES } from "../../../assistants/inputs";
import { BadSettings, settingsOf } from "../../../env";
import { type Asked, violationsOf } from "../../../test/contracts/json-request";
import contract from "../../../test/contracts/vapi.openapi.json";
import { testSettings } from "../../../test/settings";
import { AssistantBusy, AssistantRefusal, type AssistantSpec, AssistantUnclear } from "../assistant";
import { vapiAssistants } from ".";

const settings = {
	...settingsOf({ ...env, ...testSettings }),
	TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
	TWILIO_AUTH_TOKEN: "carrier-token",
	VAPI_WEBHOOK_SECRET: "a-webhook-secret-of-ours",
};
const vapi = vapiAssistants(settings, "a-key");
const spec: AssistantSpec = {
	name: "Front desk",
	firstMessage: "Hello!",
	instructions: "Be brief.",
	model: "gpt-4.1-mini",
	voice: "Elliot",
	language: "en-US",
	endCallMessage: "Goodbye!",
	voicemailMessage: "Call us back.",
	transferTo: "+14155552671",
	maxDurationSeconds: 600,
	recordCalls: true,
};

/** Answers every request with the same; keeps what was asked. */
function answering(status: number, body: unknown, headers: Record<string, string> = {}) {
	const asked: (Asked & { headers: Headers })[] = [];
	vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
		const url = new URL(String(input));
		const sent = typeof init?.body === "string" ? init.body : null;
		asked.push({
			method: init?.method ?? "GET",
			path: url.pathname + url.search,
			body: sent,
			headers: new Headers(init?.headers),
		});
		return new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers });
	});
	return asked;
}

afterEach(() => vi.restoreAllMocks());

describe("requests to the provider of assistants", () => {
	it.each<[string, unknown, () => Promise<unknown>]>([
		["make one", { id: "a" }, () => vapi.create("asst_1", spec)],
		["change one", { id: "a" }, () => vapi.update("a/b", "asst_1", { ...spec, transferTo: null, firstMessage: "" })],
		["delete one", {}, () => vapi.remove("a")],
		["look for one", [], () => vapi.find("asst_1", 1_763_632_800_000)],
		[
			"import a line",
			{ id: "n" },
			() => vapi.importNumber({ e164: "+14155550100", name: "x".repeat(60), assistantRef: "a" }),
		],
		["look for a line", [], () => vapi.findNumber("+14155550100")],
		["point a line elsewhere", { id: "n" }, () => vapi.pointNumber("n", "a")],
		["let go of a line", {}, () => vapi.forgetNumber("n")],
		["forget a call", {}, () => vapi.forgetCall("c")],
		["open an address", { id: "n" }, () => vapi.openAddress("asst_01HX", "a")],
		["list calls", [], () => vapi.callsSince(1_763_632_800_000)],
	])("that %s are as its OpenAPI says", async (_, answer, act) => {
		const asked = answering(200, answer);

		await act();

		expect(asked.map((each) => violationsOf(contract, each))).toEqual([[]]);
		expect(asked[0]?.headers.get("authorization")).toBe("Bearer a-key");
	});

	it.each([
		...MODELS.map((model) => ({ model })),
		...LANGUAGES.map((language) => ({ language })),
		...VOICES.map((voice) => ({ voice })),
	])("may say %j", async (choice) => {
		const asked = answering(200, { id: "a" });

		await vapi.create("asst_1", { ...spec, ...choice });

		expect(asked.flatMap((each) => violationsOf(contract, each))).toEqual([]);
	});

	it("leave texts to us, and say where and with what to report", async () => {
		const asked = answering(200, { id: "n" });

		await vapi.importNumber({ e164: "+14155550100", name: "Desk", assistantRef: "a" });

		expect(JSON.parse(asked[0]?.body ?? "")).toMatchObject({
			smsEnabled: false,
			assistantId: "a",
			server: {
				url: "https://trunkline.test/webhooks/vapi",
				headers: { "X-Vapi-Secret": "a-webhook-secret-of-ours" },
				backoffPlan: { maxRetries: 8 },
			},
		});
	});

	it("that the contract does not know are told", () => {
		const wrong = { method: "POST", path: "/assistant", body: JSON.stringify({ name: "x".repeat(41), color: "red" }) };

		expect(violationsOf(contract, wrong)).toHaveLength(2);
		expect(violationsOf(contract, { method: "PUT", path: "/assistant/a", body: null })).toHaveLength(1);
	});
});

describe("what its answers mean", () => {
	it.each([
		[400, AssistantRefusal],
		[401, AssistantRefusal],
		[404, AssistantRefusal],
		[408, AssistantUnclear],
		[302, AssistantUnclear],
		[429, AssistantBusy],
		[500, AssistantUnclear],
		[503, AssistantUnclear],
	])("%i", async (status, error) => {
		answering(status, { message: ["no"] }, { "retry-after": "7" });

		await expect(vapi.create("asst_1", spec)).rejects.toThrow(error);
	});

	it("is unclear when it cannot be read or does not come", async () => {
		answering(200, "<html>");
		await expect(vapi.create("asst_1", spec)).rejects.toThrow(AssistantUnclear);

		vi.spyOn(globalThis, "fetch").mockImplementation(async () => {
			throw new TypeError("network");
		});
		await expect(vapi.create("asst_1", spec)).rejects.toThrow(AssistantUnclear);
	});

	it("is done when what is to go is gone already", async () => {
		answering(404, { message: "no such assistant" });

		await expect(vapi.remove("a")).resolves.toBeUndefined();
		await expect(vapi.forgetNumber("n")).resolves.toBeUndefined();
	});

	it("is the assistant with our id in it, among others", async () => {
		answering(200, [
			{ id: "a", metadata: null },
			{ id: "b", metadata: { trunklineId: "asst_1" } },
		]);

		expect(await vapi.find("asst_1", 0)).toEqual({ ref: "b" });
		expect(await vapi.find("asst_2", 0)).toBeNull();
	});

	it("is a report once the call is over", async () => {
		const call = {
			id: "c",
			status: "ended",
			endedReason: "silence-timed-out",
			cost: 0.5,
			artifact: { transcript: "Hi" },
		};
		const known = { ref: "c", startedAt: 0, endedAt: null, spec: null, now: 0, about: {} as never };
		answering(200, call);
		expect(await vapi.findCall(known)).toMatchObject({ costMicros: 500_000, transcript: "Hi", hasRecording: false });

		answering(200, { ...call, status: "in-progress" });
		expect(await vapi.findCall(known)).toBeNull();
	});
});

describe("the settings", () => {
	const production = { ENVIRONMENT: "production", RATE_LIMIT_SCALE: "1" };

	it.each([
		[{ VAPI_API_KEY: "a-key" }, "VAPI_WEBHOOK_SECRET"],
		[{ VAPI_API_KEY: "a-key", VAPI_WEBHOOK_SECRET: "short" }, "VAPI_WEBHOOK_SECRET"],
		[{ VAPI_API_KEY: "a-key", VAPI_WEBHOOK_SECRET: "a-webhook-secret-of-ours,short" }, "VAPI_WEBHOOK_SECRET"],
		[{ ...production, VAPI_API_BASE_URL: "http://127.0.0.1:9" }, "VAPI_API_BASE_URL"],
		[{ ...production, ALLOW_LOOPBACK_WEBHOOKS: "true" }, "ALLOW_LOOPBACK_WEBHOOKS"],
	])("%j are refused by name", (given, name) => {
		const read = () => settingsOf({ ...testSettings, ...given });

		expect(read).toThrow(BadSettings);
		expect(read).toThrow(name);
	});

	it("may name several secrets while they change, and a machine of one's own in development", () => {
		const given = { VAPI_API_KEY: "k", VAPI_WEBHOOK_SECRET: "a-webhook-secret-of-ours, another-secret-of-ours" };

		expect(() => settingsOf({ ...testSettings, ...given, VAPI_API_BASE_URL: "http://127.0.0.1:9" })).not.toThrow();
	});
});

describe("a recording", () => {
	const redirected = (location: string) => {
		const asked: { url: string; authorization: string | null }[] = [];
		vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
			asked.push({ url: String(input), authorization: new Headers(init?.headers).get("authorization") });
			return asked.length === 1
				? new Response(null, { status: 302, headers: { location } })
				: new Response("sound", { headers: { "content-length": "5", "content-type": "text/html" } });
		});
		return asked;
	};

	it("is fetched from the provider's store, which never sees the key", async () => {
		const asked = redirected("https://storage.vapi.ai/c.mp3?signed=1");

		const recording = await vapi.recordingOf({ ref: "../c", seconds: 5 });

		expect(await new Response(recording?.body).text()).toBe("sound");
		expect(recording).toMatchObject({ bytes: 5, mediaType: "audio/mpeg" });
		expect(asked).toEqual([
			{ url: "https://api.vapi.ai/call/..%2Fc/mono-recording", authorization: "Bearer a-key" },
			{ url: "https://storage.vapi.ai/c.mp3?signed=1", authorization: null },
		]);
	});

	it.each([
		"http://169.254.169.254/latest/meta-data",
		"http://storage.vapi.ai/c.mp3",
		"https://vapi.ai.evil.example/c.mp3",
		"https://evilvapi.ai/c.mp3",
		"file:///etc/passwd",
		"",
	])("is not fetched from %s", async (location) => {
		const asked = redirected(location);

		expect(await vapi.recordingOf({ ref: "c", seconds: 5 })).toBeNull();
		expect(asked).toHaveLength(1);
	});
});
