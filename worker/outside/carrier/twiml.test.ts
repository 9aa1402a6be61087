import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { voiceAnswer } from "./twiml";

const reader = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "", parseTagValue: false });
const DECLARED = '<?xml version="1.0" encoding="UTF-8"?>';

describe("an answer to a call", () => {
	it("plays, says, waits and hangs up in the order it was built", () => {
		const xml = voiceAnswer().play("https://a.test/g.wav").say("Hello").pause(2).hangup().toXml();

		expect(xml).toBe(
			`${DECLARED}<Response><Play>https://a.test/g.wav</Play><Say>Hello</Say><Pause length="2"/><Hangup/></Response>`,
		);
	});

	it("awaits a key under a prompt, and asks the carrier to repeat a report that we failed to take", () => {
		const xml = voiceAnswer()
			.gather({
				actionUrl: "https://a.test/key?a=1&s=x",
				digits: 1,
				timeoutSeconds: 5,
				finishOnKey: "",
				inner: (prompt) => prompt.play("https://a.test/g.wav").say("Press one.", "en-GB"),
			})
			.redirect("https://a.test/again?n=2&s=y")
			.toXml();

		expect(reader.parse(xml).Response).toEqual({
			Gather: {
				input: "dtmf",
				action: "https://a.test/key?a=1&s=x#rc=3&rp=5xx,ct,rt",
				method: "POST",
				numDigits: "1",
				timeout: "5",
				finishOnKey: "",
				Play: "https://a.test/g.wav",
				Say: { language: "en-GB", "#text": "Press one." },
			},
			Redirect: { method: "POST", "#text": "https://a.test/again?n=2&s=y#rc=3&rp=5xx,ct,rt" },
		});
	});

	it("tells a browser of the call beside it, and lets the caller's own line wait for the answer", () => {
		const xml = voiceAnswer()
			.dial([{ client: "care4w-ABC1234", about: { call: 'call_"<&' } }, { client: "care4w-0000000" }], {
				answersOnBridge: true,
			})
			.toXml();

		expect(XMLValidator.validate(xml)).toBe(true);
		expect(reader.parse(xml).Response.Dial).toEqual({
			answerOnBridge: "true",
			Client: [{ Identity: "care4w-ABC1234", Parameter: { name: "call", value: 'call_"<&' } }, "care4w-0000000"],
		});
	});

	it("connects to a number", () => {
		const xml = voiceAnswer()
			.dial("+442079460000", {
				callerId: "+14155550100",
				actionUrl: "https://a.test/done",
				timeLimitSeconds: 600,
				ringSeconds: 25,
			})
			.toXml();

		expect(reader.parse(xml).Response.Dial).toEqual({
			callerId: "+14155550100",
			action: "https://a.test/done#rc=3&rp=5xx,ct,rt",
			method: "POST",
			timeLimit: "600",
			timeout: "25",
			Number: "+442079460000",
		});
	});

	it("connects to a SIP address with its credentials, and without", () => {
		const known = voiceAnswer().dial({ sip: "sip:desk@pbx.test", username: "u&1", password: '"p"' }).toXml();
		const open = voiceAnswer().dial({ sip: "sip:desk@pbx.test" }).toXml();

		expect(reader.parse(known).Response.Dial.Sip).toEqual({
			username: "u&1",
			password: '"p"',
			"#text": "sip:desk@pbx.test",
		});
		expect(open).toBe(`${DECLARED}<Response><Dial><Sip>sip:desk@pbx.test</Sip></Dial></Response>`);
	});

	it.each([
		["markup", "</Say><Dial>+19005550100</Dial><Say>"],
		["quotes and ampersands", `"&'<>&amp;]]>`],
		["characters that XML cannot write", "a\u0000b\u0008c\uFFFEd\uD800e"],
		["letters from everywhere", "Zoë 北京 \u{1F4DE}"],
	])("keeps %s inside the text and the attribute it was given for", (_, text) => {
		const xml = voiceAnswer().say(text, text).dial(text, { callerId: text }).toXml();

		expect(XMLValidator.validate(xml)).toBe(true);
		const { Say, Dial } = reader.parse(xml).Response;
		expect(Object.keys(Say)).toEqual(["#text", "language"]);
		expect(Object.keys(Dial)).toEqual(["Number", "callerId"]);
		expect(Say["#text"].replaceAll("\uFFFD", "")).toBe(
			text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, ""),
		);
	});

	it("is well-formed when it says nothing at all", () => {
		expect(voiceAnswer().toXml()).toBe(`${DECLARED}<Response/>`);
	});
});
