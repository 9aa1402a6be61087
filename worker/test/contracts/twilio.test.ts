import { describe, expect, it } from "vitest";
import type { Wire } from "./openapi";
import { twilioContract } from "./twilio";
import document from "./twilio.openapi.json";

const judge = twilioContract(document);
const ACCOUNT = `AC${"0123456789abcdef".repeat(2)}`;
const ROOT = `/2010-04-01/Accounts/${ACCOUNT}`;
const CALL: Record<string, string | string[]> = {
	To: "+14155550100",
	From: "+442079460000",
	Url: "https://a.test/answer",
	StatusCallbackEvent: ["initiated", "completed"],
};

const post = (path: string, form: Record<string, string | string[]>): Wire => ({
	method: "POST",
	path: `${ROOT}/${path}`,
	contentType: "application/x-www-form-urlencoded;charset=UTF-8",
	body: new URLSearchParams(
		Object.entries(form).flatMap(([name, value]) => [value].flat().map((each): [string, string] => [name, each])),
	).toString(),
});
const get = (path: string): Wire => ({ method: "GET", path: `${ROOT}/${path}` });
const violations = (wire: Wire) => judge(wire).violations;

describe("the carrier's contract", () => {
	it("takes what the carrier takes, and tells what was asked", () => {
		const verdict = judge(post("Calls.json", { ...CALL, To: "sip:desk@pbx.test", Timeout: "30", AsyncAmd: "true" }));

		expect(verdict.violations).toEqual([]);
		expect(verdict.match).toMatchObject({ operationId: "CreateCall", path: { AccountSid: ACCOUNT } });
		expect(verdict.match?.form).toContainEqual(["StatusCallbackEvent", "completed"]);
	});

	it.each([
		"Calls.json?To=%2B14155550100&From=%2B442079460000&PageSize=100&StartTime%3E=2026-11-21",
		`Calls/CA${"a".repeat(32)}.json`,
		"AvailablePhoneNumbers/US/Local.json?AreaCode=415&SmsEnabled=true&Contains=555%2A%2A",
		"IncomingPhoneNumbers.json?PhoneNumber=%2B14155550100",
	])("takes GET %s", (path) => {
		expect(violations(get(path))).toEqual([]);
	});

	it.each<[string, Wire, RegExp]>([
		["a path that does not exist", get("Telegrams.json"), /no such path/],
		["a method that the path does not have", { method: "PUT", path: `${ROOT}/Calls.json` }, /not allowed/],
		["an account that is none", { method: "GET", path: "/2010-04-01/Accounts/me/Calls.json" }, /AccountSid/],
		["a call's reference that is none", get(`Calls/CA${"x".repeat(32)}.json`), /Sid does not match/],
		["an unknown query parameter", get("Calls.json?Limit=3"), /Limit is unknown/],
		["a plus sign that was not encoded", get("Calls.json?To=+14155550100"), /To is not a phone-number/],
		["a page of nothing", get("Calls.json?PageSize=0"), /PageSize is below 1/],
		["a page of everything", get("Calls.json?PageSize=1001"), /PageSize is above 1000/],
		["letters for an area code", get("AvailablePhoneNumbers/US/Local.json?AreaCode=41a"), /AreaCode is not an integer/],
		["yes for true", get("AvailablePhoneNumbers/US/Local.json?SmsEnabled=yes"), /SmsEnabled is not true or false/],
		["a country by name", get("AvailablePhoneNumbers/France/Local.json"), /CountryCode is not a iso-country-code/],
		["a wildcard between digits", get("AvailablePhoneNumbers/US/Local.json?Contains=4%2A5"), /Contains is no pattern/],
		["a call to nobody", post("Calls.json", { From: "+14155550100", Url: "https://a.test/" }), /To is required/],
		["a call without instructions", post("Calls.json", { To: "+14155550100", From: "+14155550101" }), /one of Url/],
		["a number that is not E.164", post("Calls.json", { ...CALL, To: "415 555 0100" }), /To is not a endpoint/],
		["a field of another case", post("Calls.json", { ...CALL, to: "+14155550100" }), /to is unknown/],
		["a name that objects know", post("Calls.json", { ...CALL, constructor: "x" }), /constructor is unknown/],
		["events joined by spaces", post("Calls.json", { ...CALL, StatusCallbackEvent: "initiated completed" }), /none of/],
		["a single field twice", post("Calls.json", { ...CALL, Timeout: ["30", "40"] }), /more than once/],
		["a ring of an hour", post("Calls.json", { ...CALL, Timeout: "3600" }), /Timeout is not within/],
		["a method that it does not call", post("Calls.json", { ...CALL, Method: "PUT" }), /Method is none of/],
		["a callback that is no address", post("Calls.json", { ...CALL, Url: "/answer" }), /Url is not a uri/],
		[
			"a callback host with an underscore",
			post("Calls.json", { ...CALL, Url: "https://a_b.test/" }),
			/Url is not a uri/,
		],
		["a line without a number", post("IncomingPhoneNumbers.json", { FriendlyName: "x" }), /one of PhoneNumber/],
		[
			"a name longer than it keeps",
			post("IncomingPhoneNumbers.json", { PhoneNumber: "+14155550100", FriendlyName: "x".repeat(65) }),
			/longer than 64/,
		],
		["a message without words", post("Messages.json", { To: "+14155550100", From: "+14155550101" }), /one of Body/],
		[
			"JSON",
			{ ...post("Calls.json", CALL), contentType: "application/json", body: "{}" },
			/not application\/x-www-form/,
		],
		["a body with a GET", { ...get("Calls.json"), body: "To=1", contentType: "text/plain" }, /body where none/],
	])("refuses %s", (_, wire, reason) => {
		expect(violations(wire)).toEqual(expect.arrayContaining([expect.stringMatching(reason)]));
	});
});
