/** A routing while it is edited: as the API takes it, with what is not chosen yet left empty. */
export type Step =
	| { kind: "ring"; userIds: string[]; order: "all" | "one_by_one"; seconds: number }
	| { kind: "group"; ringGroupId: string }
	| { kind: "forward"; transferNumberId?: string; number?: string; seconds: number; shows: "caller" | "line" }
	| { kind: "sip"; providerId: string; user?: string; seconds: number }
	| { kind: "assistant"; assistantId: string }
	| { kind: "queue"; queueId: string }
	| { kind: "voicemail"; greetingFileId?: string; say?: string; maxSeconds: number }
	| { kind: "say"; text: string }
	| { kind: "play"; greetingFileId: string }
	| { kind: "hangup" };
export type StepKind = Step["kind"];

export interface Opening {
	days: string;
	from: string;
	to: string;
}
export interface Hours {
	timeZone: string;
	week: Opening[];
	holidays: string[];
	closed: Step[];
}
export type Manner = "ring" | "voicemail" | "reject";
export interface Draft {
	steps: Step[];
	hours?: Hours;
	blocked: string[];
	anonymous: Manner;
	unknown: Manner;
	language?: string | undefined;
}

export const MOST_STEPS = 10;

export const NEW_STEP: { [Kind in StepKind]: () => Extract<Step, { kind: Kind }> } = {
	ring: () => ({ kind: "ring", userIds: [], order: "all", seconds: 25 }),
	group: () => ({ kind: "group", ringGroupId: "" }),
	forward: () => ({ kind: "forward", seconds: 25, shows: "line" }),
	sip: () => ({ kind: "sip", providerId: "", seconds: 25 }),
	assistant: () => ({ kind: "assistant", assistantId: "" }),
	queue: () => ({ kind: "queue", queueId: "" }),
	voicemail: () => ({ kind: "voicemail", maxSeconds: 120 }),
	say: () => ({ kind: "say", text: "" }),
	play: () => ({ kind: "play", greetingFileId: "" }),
	hangup: () => ({ kind: "hangup" }),
};

/** What a number does about which nothing was decided. */
export const usual = (): Draft => ({
	steps: [NEW_STEP.ring(), NEW_STEP.voicemail()],
	blocked: [],
	anonymous: "ring",
	unknown: "ring",
});

export const newHours = (timeZone: string): Hours => ({
	timeZone,
	week: [{ days: "12345", from: "09:00", to: "17:00" }],
	holidays: [],
	closed: [NEW_STEP.voicemail()],
});

/** What is kept with a number; the API wrote it, so its shape is the one above. */
export function draftOf(routing: unknown): Draft {
	const isOne = typeof routing === "object" && routing !== null && "steps" in routing && Array.isArray(routing.steps);
	return isOne ? { ...usual(), ...(structuredClone(routing) as Draft) } : usual();
}

/** After these nobody is there to hear what follows. */
const LAST: StepKind[] = ["voicemail", "hangup", "queue"];
export const isLast = ({ kind }: Step): boolean => LAST.includes(kind);

/** What is missing, by the path that the API would name. */
export function gapsIn({ steps, hours }: Draft): Record<string, string> {
	const closed = hours ? gapsOf(hours.closed, "hours.closed") : {};
	const noDays = hours?.week.flatMap(({ days }, at) =>
		days === "" ? [[`hours.week.${at}.days`, "Choose at least one day."] as const] : [],
	);
	return { ...gapsOf(steps, "steps"), ...closed, ...Object.fromEntries(noDays ?? []) };
}

function gapsOf(steps: Step[], path: string): Record<string, string> {
	const gaps = steps.flatMap((step, at): [string, string][] => {
		const word = gapOf(step);
		return word ? [[`${path}.${at}`, word]] : [];
	});
	return Object.fromEntries(steps.length === 0 ? [[path, "Add at least one step."]] : gaps);
}

function gapOf(step: Step): string {
	switch (step.kind) {
		case "group":
			return step.ringGroupId ? "" : "Choose a ring group.";
		case "forward":
			return step.transferNumberId || step.number ? "" : "Choose a transfer number, or give a number.";
		case "sip":
			return step.providerId ? "" : "Choose a SIP provider.";
		case "assistant":
			return step.assistantId ? "" : "Choose an assistant.";
		case "queue":
			return step.queueId ? "" : "Choose a queue.";
		case "play":
			return step.greetingFileId ? "" : "Choose a greeting.";
		case "say":
			return step.text.trim() ? "" : "Write what is said.";
		default:
			return "";
	}
}

/** The message for a step: its own, or that of any field in it. */
export function wrongAt(wrong: Record<string, string>, path: string): string {
	const [, word] = Object.entries(wrong).find(([name]) => name === path || name.startsWith(`${path}.`)) ?? [];
	return word ?? "";
}
