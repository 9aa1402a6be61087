import { env } from "cloudflare:workers";
import { settingsOf } from "../env";
import { assistantsFor } from "../outside/assistant";
import { type AssistantSpec, type Assistants, AssistantUnclear } from "../outside/assistant/assistant";

type Verb = Exclude<keyof Assistants, "name" | "isGenuine" | "readEvent" | "replyTo">;

/** A provider of assistants in memory: nothing goes wrong but what a test asks for, and what it has is on record. */
export interface FakeAssistants extends Assistants {
	readonly specs: Map<string, AssistantSpec>;
	/** E.164 -> the assistant that answers it there. */
	readonly numbers: Map<string, string>;
	/** From now on this happens to the verb: before or after it has had its effect; null puts it right again. */
	upset(verb: Verb, mishap: { before?: Error; after?: Error } | null): void;
}

export const nobodyKnows = () => new AssistantUnclear("The assistant provider did not answer in time");

export function fakeAssistants(): FakeAssistants {
	const pretended = assistantsFor(settingsOf(env));
	const specs = new Map<string, AssistantSpec>();
	const numbers = new Map<string, string>();
	const mishaps = new Map<Verb, { before?: Error; after?: Error }>();
	async function answering<T>(verb: Verb, effect: () => T): Promise<T> {
		const mishap = mishaps.get(verb);
		if (mishap?.before) throw mishap.before;
		const answer = effect();
		if (mishap?.after) throw mishap.after;
		return answer;
	}
	const refOf = (assistantId: string) => `va_${assistantId}`;
	return {
		...pretended,
		name: "vapi",
		specs,
		numbers,
		upset: (verb, mishap) => void (mishap ? mishaps.set(verb, mishap) : mishaps.delete(verb)),
		create: (assistantId, spec) =>
			answering("create", () => {
				specs.set(refOf(assistantId), spec);
				return { ref: refOf(assistantId) };
			}),
		update: (ref, _, spec) => answering("update", () => void specs.set(ref, spec)),
		remove: (ref) => answering("remove", () => void specs.delete(ref)),
		find: (assistantId) =>
			answering("find", () => (specs.has(refOf(assistantId)) ? { ref: refOf(assistantId) } : null)),
		importNumber: ({ e164, assistantRef }) =>
			answering("importNumber", () => {
				numbers.set(e164, assistantRef);
				return { ref: `vn_${e164}` };
			}),
		findNumber: (e164) => answering("findNumber", () => (numbers.has(e164) ? { ref: `vn_${e164}` } : null)),
		pointNumber: (ref, assistantRef) => answering("pointNumber", () => void numbers.set(ref.slice(3), assistantRef)),
		forgetNumber: (ref) => answering("forgetNumber", () => void numbers.delete(ref.slice(3))),
	};
}
