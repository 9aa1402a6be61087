import { describe, expect, it } from "vitest";
import { segmentsOf } from "../../../pure/segments";
import { voiceAnswer } from "../twiml";
import { type Person, personAt } from "./people";
import { rehearse } from "./rehearsal";
import { BadAnswer, type Step, stepsOf } from "./twiml-reader";

const FROM = "https://a.test/voice/answer?a=1";
const read = (inside: string) => stepsOf(`<Response>${inside}</Response>`, FROM);

describe("reading an answer", () => {
	it("understands everything that we write", () => {
		const xml = voiceAnswer()
			.gather({ actionUrl: "https://a.test/keys?a=1&s=x", digits: 1, timeoutSeconds: 4, inner: (p) => p.say("A & B") })
			.dial({ sip: "sip:desk@pbx.test" }, { actionUrl: "https://a.test/dialed", ringSeconds: 20, timeLimitSeconds: 60 })
			.redirect("https://a.test/again")
			.hangup()
			.toXml();

		expect(stepsOf(xml, FROM)).toEqual([
			{
				verb: "gather",
				actionUrl: "https://a.test/keys?a=1&s=x#rc=3&rp=5xx,ct,rt",
				digits: 1,
				timeoutSeconds: 4,
				prompt: [{ verb: "say", text: "A & B", seconds: 1 }],
			},
			{
				verb: "dial",
				target: "sip:desk@pbx.test",
				actionUrl: "https://a.test/dialed#rc=3&rp=5xx,ct,rt",
				ringSeconds: 20,
				limitSeconds: 60,
				lines: [{ kind: "sip", address: "sip:desk@pbx.test", statusUrl: null }],
				recordedUrl: null,
			},
			{ verb: "redirect", url: "https://a.test/again#rc=3&rp=5xx,ct,rt" },
			{ verb: "hangup" },
		]);
	});

	it("fills in what is not said", () => {
		expect(read("<Gather/><Pause/><Dial>+14155550100</Dial><Redirect/>")).toEqual([
			{ verb: "gather", actionUrl: FROM, digits: null, timeoutSeconds: 5, prompt: [] },
			{ verb: "pause", seconds: 1 },
			{
				verb: "dial",
				target: "+14155550100",
				lines: [{ kind: "number", address: "+14155550100", statusUrl: null }],
				actionUrl: null,
				ringSeconds: 30,
				limitSeconds: 14_400,
				recordedUrl: null,
			},
			{ verb: "redirect", url: FROM },
		]);
	});

	it("finds addresses relative to its own", () => {
		expect(read("<Play>/media/1</Play>")).toEqual([{ verb: "play", url: "https://a.test/media/1", seconds: 0 }]);
	});

	it("passes over verbs that it does not know", () => {
		expect(read("<Siprec/><Hangup/>")).toEqual([{ verb: "hangup" }]);
	});

	it.each(["", "Hello", "<Response>", "<html></html>", "<Response><Play>http://[</Play></Response>"])(
		"cannot follow %j",
		(xml) => {
			expect(() => stepsOf(xml, FROM)).toThrow(BadAnswer);
		},
	);
});

describe("rehearsing a call", () => {
	const patient: Person = { ...personAt("+14155550007"), reactsAfter: 4 };
	const run = (steps: Step[], change: Partial<Parameters<typeof rehearse>[1]> = {}) =>
		rehearse(steps, { person: patient, keysUsed: 0, elapsed: 0, limit: 600, ...change });
	const gather: Step = {
		verb: "gather",
		actionUrl: FROM,
		digits: 1,
		timeoutSeconds: 5,
		prompt: [{ verb: "pause", seconds: 3 }],
	};

	it("comes to the end when nothing else happens", () => {
		expect(run([{ verb: "pause", seconds: 7 }, gather])).toEqual({ kind: "over", after: 15, status: "completed" });
		expect(run([])).toEqual({ kind: "over", after: 0, status: "completed" });
	});

	it("presses each key once, after a moment of listening", () => {
		const person = { ...patient, keys: ["5", "1"] };

		expect(run([gather], { person })).toEqual({ kind: "keys", after: 4, digits: "5", url: FROM });
		expect(run([gather], { person, keysUsed: 1 })).toMatchObject({ digits: "1" });
		expect(run([gather], { person, keysUsed: 2 })).toMatchObject({ kind: "over" });
	});

	it("never has a machine press a key", () => {
		const person: Person = { ...patient, outcome: "machine", keys: ["1"] };

		expect(run([gather], { person })).toMatchObject({ kind: "over", after: 8 });
	});

	it("ends when patience or time is over, whichever is first", () => {
		const steps: Step[] = [{ verb: "pause", seconds: 100 }];
		const person = { ...patient, hangsUpAfter: 12 };

		expect(run(steps, { person, elapsed: 2 })).toEqual({ kind: "over", after: 10, status: "completed" });
		expect(run(steps, { person, elapsed: 2, limit: 9 })).toEqual({ kind: "over", after: 7, status: "completed" });
		expect(run(steps, { person, elapsed: 20 })).toEqual({ kind: "over", after: 0, status: "completed" });
	});

	it("does not let one hang up on somebody they are talking with, but ends in time", () => {
		const dial: Step = {
			verb: "dial",
			target: "+14155550007",
			lines: [{ kind: "number", address: "+14155550007", statusUrl: null }],
			actionUrl: FROM,
			ringSeconds: 30,
			limitSeconds: 10,
			recordedUrl: null,
		};
		const person = { ...patient, hangsUpAfter: 1 };

		expect(run([dial], { person })).toMatchObject({ kind: "connected", leg: { status: "completed", seconds: 10 } });
		expect(run([dial], { person, limit: 5 })).toEqual({ kind: "over", after: 5, status: "completed" });
	});
});

describe("the length of a message", () => {
	it.each([
		["a".repeat(160), 1],
		["a".repeat(161), 2],
		["a".repeat(306), 2],
		["a".repeat(307), 3],
		["€".repeat(80), 1],
		["€".repeat(81), 2],
		["ж".repeat(70), 1],
		["ж".repeat(71), 2],
		["\u{1F4DE}".repeat(35), 1],
		["\u{1F4DE}".repeat(36), 2],
		["", 1],
	])("of %j is %i", (body, segments) => {
		expect(segmentsOf(body)).toBe(segments);
	});
});
