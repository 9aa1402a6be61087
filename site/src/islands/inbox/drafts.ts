import { signal } from "@preact/signals";
import { session } from "../../lib/session";

const KEY = "trunkline-drafts";
const MOST = 200;

/** What was written and not sent, by person and thread, in this browser. */
export const drafts = signal<Record<string, string>>(stored());

function stored(): Record<string, string> {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
		return typeof kept === "object" && kept !== null
			? Object.fromEntries(Object.entries(kept).filter(([, text]) => typeof text === "string"))
			: {};
	} catch {
		return {};
	}
}

const nameOf = (thread: string) => `${session.peek()?.user.id ?? ""}:${thread}`;

export function draftOf(thread: string): string {
	return drafts.value[nameOf(thread)] ?? "";
}

export function keepDraft(thread: string, text: string): void {
	const { [nameOf(thread)]: _, ...others } = drafts.peek();
	const kept = Object.entries(others).slice(-MOST);
	drafts.value = Object.fromEntries(text.trim() ? [...kept, [nameOf(thread), text]] : kept);
	try {
		localStorage.setItem(KEY, JSON.stringify(drafts.value));
	} catch {
		// No room or not allowed: the draft lives as long as the page.
	}
}
