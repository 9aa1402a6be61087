import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { settingsOf } from "../../../env";
import { twilioContract } from "../../../test/contracts/twilio";
import document from "../../../test/contracts/twilio.openapi.json";
import { twilioCarrier } from ".";

const ACCOUNT = `AC${"0123456789abcdef".repeat(2)}`;
const LINE = `PN${"b".repeat(32)}`;
const APPLICATION = `AP${"d".repeat(32)}`;
const carrier = twilioCarrier({ ...settingsOf(env), TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: "secret" });
const judge = twilioContract(document);

const line = {
	sid: LINE,
	phone_number: "+14155550100",
	friendly_name: "Old switchboard",
	capabilities: { voice: true, sms: true },
	voice_url: "https://old.example/voice",
	voice_method: "GET",
	voice_application_sid: APPLICATION,
	trunk_sid: null,
	sms_url: "",
	sms_method: "POST",
};

/** Answers one after the other; gives what was sent. */
function answers(...replies: [status: number, body: unknown][]) {
	const sent: { method: string; url: URL; body: string }[] = [];
	vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
		sent.push({ method: init?.method ?? "GET", url: new URL(String(input)), body: String(init?.body ?? "") });
		const [status, body] = replies[sent.length - 1] ?? [200, {}];
		return Response.json(body, { status });
	});
	return sent;
}

afterEach(() => vi.restoreAllMocks());

describe("lines that were there before", () => {
	it("are listed page by page, with what they are set to", async () => {
		const next = `/2010-04-01/Accounts/${ACCOUNT}/IncomingPhoneNumbers.json?PageSize=1000&Page=1&PageToken=PA1`;
		const other = { ...line, sid: `PN${"c".repeat(32)}`, phone_number: "+14155550101" };
		const sent = answers(
			[200, { incoming_phone_numbers: [line], next_page_uri: next }],
			[200, { incoming_phone_numbers: [other], next_page_uri: null }],
		);

		const lines = await carrier.listLines();

		expect(lines.map(({ e164 }) => e164)).toEqual(["+14155550100", "+14155550101"]);
		expect(lines[0]?.settings).toMatchObject({ FriendlyName: "Old switchboard", VoiceApplicationSid: APPLICATION });
		expect(sent.map(({ url }) => url.searchParams.get("PageToken"))).toEqual([null, "PA1"]);
	});

	it("are pointed at our doors, and what stands in the way is cleared", async () => {
		const sent = answers([200, { ...line, friendly_name: "op_1" }]);
		const before = { FriendlyName: "Old switchboard", VoiceApplicationSid: APPLICATION, TrunkSid: "" };

		const adopted = await carrier.adoptLine({ ref: LINE, operationId: "op_1", before });

		const form = Object.fromEntries(new URLSearchParams(sent[0]?.body));
		expect(adopted).toMatchObject({ ref: LINE, operationId: "op_1" });
		expect(form).toMatchObject({ FriendlyName: "op_1", VoiceApplicationSid: "", VoiceMethod: "POST" });
		expect(form.VoiceUrl).toContain("https://trunkline.test/webhooks/");
		expect(form).not.toHaveProperty("TrunkSid");
	});

	it("are set back to exactly what they were, in requests that the carrier accepts", async () => {
		answers([200, { incoming_phone_numbers: [line], next_page_uri: null }]);
		const [owned] = await carrier.listLines();
		vi.restoreAllMocks();
		const sent = answers([200, line]);

		await carrier.detachLine(LINE, owned?.settings ?? {});

		const form = Object.fromEntries(new URLSearchParams(sent[0]?.body));
		expect(form).toMatchObject({
			FriendlyName: "Old switchboard",
			VoiceUrl: "https://old.example/voice",
			VoiceMethod: "GET",
			VoiceApplicationSid: APPLICATION,
			SmsUrl: "",
		});
		const contentType = "application/x-www-form-urlencoded";
		const wires = sent.map(({ method, url, body }) => ({ method, path: url.pathname, contentType, body }));
		// Empty is how an address is taken away; the description knows only addresses.
		const violations = wires.flatMap((wire) => judge(wire).violations);
		expect(violations.filter((violation) => !/is not a uri$/.test(violation))).toEqual([]);
		expect(violations).toHaveLength([...Object.values(form)].filter((value) => value === "").length);
	});

	it("that are gone count as detached", async () => {
		answers([404, { code: 20404, message: "not found" }]);

		await expect(carrier.detachLine(LINE, { FriendlyName: "x" })).resolves.toBeUndefined();
	});
});
