import type { Campaign } from "../../lib/wire";
import type { Draft } from "./draft";

type Script = Campaign["script"];
type ScriptDraft = Pick<
	Draft,
	| "greetingText"
	| "machines"
	| "voicemailText"
	| "testGreetingId"
	| "testShare"
	| "abandonedText"
	| "noInputTimes"
	| "wrongTimes"
	| "keys"
>;

export const NEW_SCRIPT: ScriptDraft = {
	greetingText: "",
	machines: "off",
	voicemailText: "",
	testGreetingId: "",
	testShare: "50",
	abandonedText: "",
	noInputTimes: "1",
	wrongTimes: "2",
	keys: [],
};

/** A script as the form shows it. Keys that the form cannot show (files, messages) stay as they are, see `scriptOf`. */
export function scriptDraftOf(script: Script): ScriptDraft {
	const { machines, test, abandoned, noInput, wrongInput, keys = {} } = script;
	return {
		greetingText: script.greetingText ?? "",
		machines: machines?.do === "voicemail" || machines?.do === "hang_up" ? machines.do : "off",
		voicemailText: machines?.text ?? "",
		testGreetingId: test?.greetingFileId ?? "",
		testShare: String(test?.share ?? 50),
		abandonedText: abandoned?.text ?? "",
		noInputTimes: String(noInput?.times ?? 1),
		wrongTimes: String(wrongInput?.times ?? 2),
		keys: Object.entries(keys).flatMap(([key, action]): ScriptDraft["keys"] => {
			if (action.do === "callback" || action.do === "record")
				return [{ key, act: action.do, text: action.prompt ?? "" }];
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
		if (act === "say") return [key, { do: "play", text: text.trim() }];
		return [key, act === "record" ? { do: "record", maxSeconds: 60, ...prompt } : { do: "callback", ...prompt }];
	});
	const { greetingText: _, machines: _m, test: _t, abandoned: _a, ...rest } = before;
	return {
		...rest,
		...(draft.greetingText.trim() ? { greetingText: draft.greetingText.trim() } : {}),
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
		noInput: { times: Number(draft.noInputTimes) },
		wrongInput: { ...before.wrongInput, times: Number(draft.wrongTimes) },
		keys: Object.fromEntries([...kept, ...own]),
	};
}

function abandonedOf({ abandonedText }: ScriptDraft, { abandoned }: Script): NonNullable<Script["abandoned"]> {
	const { text: _, ...file } = abandoned ?? {};
	return { ...file, ...(abandonedText.trim() ? { text: abandonedText.trim() } : {}) };
}

function machinesOf({ machines, voicemailText }: ScriptDraft, before: Script): NonNullable<Script["machines"]> {
	const detection = machines === "voicemail" ? "before" : (before.machines?.detection ?? "before");
	if (machines !== "voicemail") return { do: "hang_up", detection };
	return {
		...before.machines,
		do: "voicemail",
		detection,
		...(voicemailText.trim() ? { text: voicemailText.trim() } : {}),
	};
}
