import type { Campaign } from "../../lib/wire";
import type { Draft } from "./draft";

type Script = Campaign["script"];
type ScriptDraft = Pick<
	Draft,
	| "greetingText"
	| "language"
	| "transferNumber"
	| "machines"
	| "detection"
	| "voicemailText"
	| "testGreetingId"
	| "testShare"
	| "abandonedText"
	| "noInputTimes"
	| "wrongTimes"
	| "keys"
>;
type Route = NonNullable<Script["transfer"]>;

/** True for what is no transfer number: a SIP provider, an assistant, a queue, browsers. */
export const isRoute = (choice: string) => /^(sip:|assistant:|queue:|agents)/.test(choice);

/** Who takes the call of a 1, as the form's choice. */
export function takerOf({ transfer }: Script): string | null {
	if (!transfer) return null;
	if (transfer.to === "sip") return `sip:${transfer.sipProviderId}`;
	if (transfer.to === "queue") return `queue:${transfer.queueId}`;
	return transfer.to === "assistant" ? `assistant:${transfer.assistantId}` : `agents:${transfer.userIds.join(",")}`;
}

function routeOf(choice: string, { transfer }: Script): Route | null {
	const [to, ids = ""] = choice.split(":");
	// What the form cannot show of a route that is kept, such as the name before the @, stays.
	if (transfer && takerOf({ transfer }) === choice) return transfer;
	if (to === "sip") return { to, sipProviderId: ids };
	if (to === "assistant") return { to, assistantId: ids };
	if (to === "queue") return { to, queueId: ids };
	return to === "agents" ? { to, userIds: ids.split(",") } : null;
}

export const NEW_SCRIPT: Omit<ScriptDraft, "transferNumber"> = {
	greetingText: "",
	language: "",
	machines: "off",
	detection: "before",
	voicemailText: "",
	testGreetingId: "",
	testShare: "50",
	abandonedText: "",
	noInputTimes: "1",
	wrongTimes: "2",
	keys: [],
};

/** A script as the form shows it. Keys that the form cannot show (files, messages) stay as they are, see `scriptOf`. */
export function scriptDraftOf(script: Script): Omit<ScriptDraft, "transferNumber"> {
	const { machines, test, abandoned, noInput, wrongInput, keys = {} } = script;
	return {
		greetingText: script.greetingText ?? "",
		language: script.language ?? "",
		machines: machines?.do ?? "off",
		detection: machines?.detection ?? "before",
		voicemailText: machines?.text ?? "",
		testGreetingId: test?.greetingFileId ?? "",
		testShare: String(test?.share ?? 50),
		abandonedText: abandoned?.text ?? "",
		noInputTimes: String(noInput?.times ?? 1),
		wrongTimes: String(wrongInput?.times ?? 2),
		keys: Object.entries(keys).flatMap(([key, action]): ScriptDraft["keys"] => {
			if (action.do === "callback" || action.do === "record")
				return [{ key, act: action.do, text: action.prompt ?? "" }];
			if (action.do === "sms") return [{ key, act: "sms", text: action.text }];
			return action.do === "play" && action.text ? [{ key, act: "say" as const, text: action.text }] : [];
		}),
	};
}

/** The script that the form's fields make, upon what was there before. */
export function scriptOf(draft: ScriptDraft, before: Script): Script {
	const shown = new Set(scriptDraftOf(before).keys.map(({ key }) => key));
	const kept = Object.entries(before.keys ?? {}).filter(([key]) => !shown.has(key));
	const own = draft.keys.map(({ key, act, text }) => {
		const prompt = text.trim() ? { prompt: text.trim() } : {};
		if (act === "sms") return [key, { do: "sms", text: text.trim() }];
		if (act === "say") return [key, { do: "play", text: text.trim() }];
		return [key, act === "record" ? { do: "record", maxSeconds: 60, ...prompt } : { do: "callback", ...prompt }];
	});
	const { greetingText: _, language: _l, machines: _m, test: _t, abandoned: _a, transfer: _w, ...rest } = before;
	const transfer = routeOf(draft.transferNumber, before);
	return {
		...rest,
		...(draft.greetingText.trim() ? { greetingText: draft.greetingText.trim() } : {}),
		...(draft.language ? { language: draft.language } : {}),
		...(draft.machines === "off" ? {} : { machines: machinesOf(draft, before) }),
		...(draft.testGreetingId
			? { test: { share: Math.round(Number(draft.testShare)), greetingFileId: draft.testGreetingId } }
			: // One that was set with a text over the API has nothing to show here, and stays.
				before.test && !before.test.greetingFileId
				? { test: before.test }
				: {}),
		...(draft.abandonedText.trim() || before.abandoned?.greetingFileId
			? { abandoned: abandonedOf(draft, before) }
			: {}),
		...(transfer ? { transfer } : {}),
		noInput: { times: Number(draft.noInputTimes) },
		wrongInput: { ...before.wrongInput, times: Number(draft.wrongTimes) },
		keys: Object.fromEntries([...kept, ...own]),
	};
}

function abandonedOf({ abandonedText }: ScriptDraft, { abandoned }: Script): NonNullable<Script["abandoned"]> {
	const { text: _, ...file } = abandoned ?? {};
	return { ...file, ...(abandonedText.trim() ? { text: abandonedText.trim() } : {}) };
}

function machinesOf(
	{ machines, detection, voicemailText }: ScriptDraft,
	before: Script,
): NonNullable<Script["machines"]> {
	if (machines === "hang_up" || machines === "greet") return { do: machines, detection };
	return {
		...before.machines,
		do: "voicemail",
		detection,
		...(voicemailText.trim() ? { text: voicemailText.trim() } : {}),
	};
}
