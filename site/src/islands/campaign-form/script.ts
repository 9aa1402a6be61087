import type { Campaign } from "../../lib/wire";
import type { Draft } from "./draft";

type Script = Campaign["script"];
type Route = NonNullable<Script["transfer"]>;
type KeyAction = NonNullable<Script["keys"]>[string];

/** Something to hear, as it is chosen and typed: a recording, a text, or one after the other. */
export interface HeardDraft {
	/** A greeting's id; "" for none. */
	file: string;
	text: string;
}

/** What a key does, as it is chosen and typed. */
export interface KeyDraft {
	key: string;
	act: KeyAction["do"];
	/** How it is offered. */
	prompt: string;
	/** What is played, or the text that is sent. */
	heard: HeardDraft;
	/** The longest message that is recorded. */
	seconds: string;
}

export interface ScriptDraft {
	greetingText: string;
	/** BCP 47; "" for the carrier's own. */
	language: string;
	machines: "off" | "greet" | "hang_up" | "voicemail";
	/** Whether the carrier listens before the greeting, or while it plays. */
	detection: "before" | "meanwhile";
	voicemail: HeardDraft;
	/** The second greeting. */
	test: HeardDraft;
	testShare: string;
	abandoned: HeardDraft;
	noInputTimes: string;
	wrongTimes: string;
	wrongText: string;
	keys: KeyDraft[];
	/** Whom to ring behind a SIP provider. */
	sipUser: string;
}

export const NOTHING: HeardDraft = { file: "", text: "" };
const RECORD_SECONDS = 60;

/** A script as the form shows it. */
export function scriptDraftOf(script: Script): ScriptDraft {
	const { machines, test, abandoned, noInput, wrongInput, keys = {}, transfer } = script;
	return {
		greetingText: script.greetingText ?? "",
		language: script.language ?? "",
		machines: machines?.do ?? "off",
		detection: machines?.detection ?? "before",
		voicemail: heardDraftOf(machines),
		test: heardDraftOf(test),
		testShare: String(test?.share ?? 50),
		abandoned: heardDraftOf(abandoned),
		noInputTimes: String(noInput?.times ?? 1),
		wrongTimes: String(wrongInput?.times ?? 2),
		wrongText: wrongInput?.text ?? "",
		keys: Object.entries(keys).map(([key, action]) => ({
			key,
			act: action.do,
			prompt: action.prompt ?? "",
			heard: action.do === "play" || action.do === "sms" ? heardDraftOf(action) : NOTHING,
			seconds: String(action.do === "record" ? action.maxSeconds : RECORD_SECONDS),
		})),
		sipUser: (transfer?.to === "sip" && transfer.user) || "",
	};
}

export const NEW_SCRIPT = scriptDraftOf({});

/** The script that the form's fields make. */
export function scriptOf(draft: Draft): Script {
	const { greetingText, language, machines, detection, voicemail, test, abandoned, wrongText } = draft;
	const transfer = routeOf(draft.transferNumber, draft.sipUser.trim());
	return {
		...(greetingText.trim() ? { greetingText: greetingText.trim() } : {}),
		...(language ? { language } : {}),
		...(machines === "off"
			? {}
			: { machines: { do: machines, detection, ...(machines === "voicemail" ? heardOf(voicemail) : {}) } }),
		...(isHeard(test) ? { test: { share: Math.round(Number(draft.testShare)), ...heardOf(test) } } : {}),
		...(isHeard(abandoned) ? { abandoned: heardOf(abandoned) } : {}),
		...(transfer ? { transfer } : {}),
		noInput: { times: Number(draft.noInputTimes) },
		wrongInput: { times: Number(draft.wrongTimes), ...(wrongText.trim() ? { text: wrongText.trim() } : {}) },
		keys: Object.fromEntries(draft.keys.map((one) => [one.key, actionOf(one)])),
	};
}

function actionOf({ act, prompt, heard, seconds }: KeyDraft): KeyAction {
	const offered = prompt.trim() ? { prompt: prompt.trim() } : {};
	if (act === "sms") return { do: act, ...offered, text: heard.text.trim() };
	if (act === "play") return { do: act, ...offered, ...heardOf(heard) };
	return act === "record" ? { do: act, ...offered, maxSeconds: Number(seconds) } : { do: act, ...offered };
}

export const isHeard = ({ file, text }: HeardDraft) => file !== "" || text.trim() !== "";

function heardDraftOf(heard: { greetingFileId?: string | undefined; text?: string | undefined } = {}): HeardDraft {
	return { file: heard.greetingFileId ?? "", text: heard.text ?? "" };
}

const heardOf = ({ file, text }: HeardDraft) => ({
	...(file ? { greetingFileId: file } : {}),
	...(text.trim() ? { text: text.trim() } : {}),
});

/** True for what is no transfer number: a SIP provider, an assistant, a queue, browsers. */
export const isRoute = (choice: string) => /^(sip:|assistant:|queue:|agents)/.test(choice);

/** Who takes the call of a 1, as the form's choice. */
export function takerOf({ transfer }: Script): string | null {
	if (!transfer) return null;
	if (transfer.to === "sip") return `sip:${transfer.sipProviderId}`;
	if (transfer.to === "queue") return `queue:${transfer.queueId}`;
	return transfer.to === "assistant" ? `assistant:${transfer.assistantId}` : `agents:${transfer.userIds.join(",")}`;
}

function routeOf(choice: string, sipUser: string): Route | null {
	const [to, ids = ""] = choice.split(":");
	if (to === "sip") return { to, sipProviderId: ids, ...(sipUser ? { user: sipUser } : {}) };
	if (to === "assistant") return { to, assistantId: ids };
	if (to === "queue") return { to, queueId: ids };
	return to === "agents" ? { to, userIds: ids.split(",") } : null;
}
