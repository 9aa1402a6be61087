import { describe, expect, it } from "vitest";
import { houseSources, type Source } from "../test/sources";

/** Who has the carrier ring or text somebody, and where the gate is asked before: here, or in the statement that lets it. */
const ASKED_IN: Record<string, string> = {
	"worker/messages/send.ts": "worker/messages/send.ts",
	"worker/calls/place.ts": "worker/calls/place.ts",
	"worker/calls/consult/ask.ts": "worker/calls/consult/ask.ts",
	"worker/dialing/order.ts": "worker/dialing/attempts/store.ts",
};

const rest = houseSources.filter(({ path }) => !path.startsWith("worker/outside/"));
const rings = ({ code }: Source) => /\.(sendMessage|placeCall)\(/.test(code);
const asksGate = ({ code }: Source) => /\b(mustBeOpen|notSuppressed|gate)\(/.test(code);

describe("the gate of consent", () => {
	it("is asked on every path that rings or texts somebody", () => {
		const paths = rest.filter(rings).map(({ path }) => path);

		const ungated = paths.filter((path) => {
			const asking = rest.find((source) => source.path === ASKED_IN[path]);
			return !asking || !asksGate(asking);
		});

		expect(ungated).toEqual([]);
		expect(paths).toContain("worker/messages/send.ts");
	});

	it("is one expression: nobody else reads who is silent, but for showing it beside a contact", () => {
		const reading = rest.filter(({ code }) => /(FROM|JOIN) suppressions\b|\bsuppressions\b.*from "/.test(code));

		expect(reading.map(({ path }) => path).sort()).toEqual(["worker/consent/store.ts", "worker/contacts/store.ts"]);
	});
});
