import { getExpectedTwilioSignature, validateRequest } from "twilio/lib/webhooks/webhooks";
import { describe, expect, it } from "vitest";
import { bodyHash, type Claim, type Form, sign, verify } from "./signature";

const TOKEN = "12345";
const URL_OF_VECTOR = "https://example.com/myapp.php?foo=1&bar=2";
const FORM: Form = [
	["To", "+18005551212"],
	["CallSid", "CA1234567890ABCDE"],
	["Digits", "1234"],
	["From", "+14158675310"],
	["Caller", "+14158675310"],
];
const VECTOR = "L/OH5YylLD5NRKLltdqwSvS0BnU=";
const JSON_BODY = '{"CallSid":"CA1234567890ABCDE","Caller":"+12349013030"}';
const JSON_HASH = "5ccde7145dfb8f56479710896586cb9d5911809d83afbe34627818790db0aec9";

const claim = (change: Partial<Claim> = {}): Claim => ({
	url: URL_OF_VECTOR,
	form: FORM,
	rawBody: "",
	signature: VECTOR,
	...change,
});

describe("a carrier's signature", () => {
	it("is the one that the carrier documents", () => {
		expect(sign(TOKEN, URL_OF_VECTOR, FORM)).toBe(VECTOR);
		expect(verify([TOKEN], claim())).toBe(true);
	});

	it.each<[string, string, Record<string, string | string[]>]>([
		["names by code unit, capitals first", URL_OF_VECTOR, { b: "1", B: "2", a: "3", A: "4", Ä: "5", "\u{1F600}": "6" }],
		["values with spaces at both ends, plus signs and umlauts", URL_OF_VECTOR, { Body: "  1 + 1 = zwölf ", To: "+1" }],
		["a name that came several times", URL_OF_VECTOR, { Media: ["z", "a", "z", "M", ""], Empty: "" }],
		["names that objects know", URL_OF_VECTOR, { constructor: "1", toString: "2" }],
		["no fields at all", "https://example.com/x", {}],
	])("agrees with the carrier's own library on %s", (_, url, params) => {
		const form = Object.entries(params).flatMap(([name, value]) =>
			[value].flat().map((each): [string, string] => [name, each]),
		);

		expect(sign(TOKEN, url, form)).toBe(getExpectedTwilioSignature(TOKEN, url, params));
	});

	it.each([
		["https://example.com/voice?a=1", "https://example.com:443/voice?a=1"],
		["https://example.com:443/voice?a=1", "https://example.com/voice?a=1"],
		["https://example.com:8443/voice", "https://example.com:8443/voice"],
		["https://example.com:8443/voice", "https://example.com/voice"],
		["http://example.com/voice", "http://example.com:80/voice"],
		["https://[2001:db8::1]/voice", "https://[2001:db8::1]:443/voice"],
		["https://example.com/voice?name=O%27Neill", "https://example.com/voice?name=O'Neill"],
		["https://example.com/voice?name=O%27Neill", "https://example.com:443/voice?name=O'Neill"],
	])("holds for %s when the carrier signed %s, as in the carrier's own library", (configured, signed) => {
		const signature = sign(TOKEN, signed, FORM);

		expect(verify([TOKEN], claim({ url: configured, signature }))).toBe(true);
		expect(validateRequest(TOKEN, signature, configured, Object.fromEntries(FORM))).toBe(true);
	});

	it.each([
		["wss://example.com/feed?x=1", "wss://example.com/feed/?x=1"],
		["wss://example.com/feed/", "wss://example.com/feed"],
		["https://somebody:secret@example.com/voice", "https://example.com/voice"],
		["https://example.com/voice?x=1#rc=3&rp=5xx,ct,rt", "https://example.com/voice?x=1"],
	])("holds for %s when the carrier signed %s", (configured, signed) => {
		expect(verify([TOKEN], claim({ url: configured, signature: sign(TOKEN, signed, FORM) }))).toBe(true);
	});

	it("covers a JSON body by its hash in the query", () => {
		const url = `${URL_OF_VECTOR}&bodySHA256=${JSON_HASH}`;
		const json = claim({ url, form: null, rawBody: JSON_BODY, signature: sign(TOKEN, url, null) });

		expect(bodyHash(JSON_BODY)).toBe(JSON_HASH);
		expect(verify([TOKEN], json)).toBe(true);
		expect(verify([TOKEN], { ...json, rawBody: `${JSON_BODY} ` })).toBe(false);
	});

	it("does not let a body pass that nothing covers", () => {
		const signature = sign(TOKEN, URL_OF_VECTOR, null);

		expect(verify([TOKEN], claim({ form: null, signature }))).toBe(true);
		expect(verify([TOKEN], claim({ form: null, rawBody: JSON_BODY, signature }))).toBe(false);
	});

	it("is taken from the token of today and the one before, and from no other", () => {
		expect(verify(["new", TOKEN], claim())).toBe(true);
		expect(verify(["new", "older"], claim())).toBe(false);
		expect(verify([""], claim({ signature: sign("", URL_OF_VECTOR, FORM) }))).toBe(false);
		expect(verify([], claim())).toBe(false);
	});

	it.each<[string, Partial<Claim>]>([
		["missing", { signature: "" }],
		["garbage", { signature: "not base64 at all" }],
		["cut short", { signature: VECTOR.slice(0, -1) }],
		["of another path", { url: "https://example.com/other?foo=1&bar=2" }],
		["of another host", { url: "https://example.org/myapp.php?foo=1&bar=2" }],
		["of another query", { url: "https://example.com/myapp.php?foo=1&bar=3" }],
		["of a form with one field less", { form: [...FORM, ["Extra", "1"]] }],
		["of a form with another value", { form: FORM.map(([name, value]) => [name, name === "Digits" ? "9" : value]) }],
		["of a trimmed value", { form: FORM.map(([name, value]) => [name, name === "Digits" ? " 1234" : value]) }],
	])("is refused when it is %s", (_, change) => {
		expect(verify([TOKEN], claim(change))).toBe(false);
	});
});
