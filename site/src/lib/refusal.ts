/** An answer that says no, in the API's own words, or a failure to get any answer. */
export class Refusal extends Error {
	override readonly name = "Refusal";
	/** 0: no answer came. */
	readonly status: number;
	readonly code: string;
	readonly details: string | { path: string; message: string }[];
	readonly requestId: string;

	constructor(status: number, body: Partial<Pick<Refusal, "code" | "details" | "requestId">> & { error?: string }) {
		super(body.error || "The server answered in a way that this page does not understand.");
		this.status = status;
		this.code = body.code ?? "unknown";
		this.details = body.details ?? this.message;
		this.requestId = body.requestId ?? "";
	}

	/** What is wrong with each input, by its path. */
	get fields(): Record<string, string> {
		return typeof this.details === "string"
			? {}
			: Object.fromEntries(this.details.map(({ path, message }) => [path, message]));
	}
}

export const OFFLINE = new Refusal(0, {
	error: "No connection to the server. Check your network, then try again.",
	code: "offline",
});

/** What happened, in a sentence for the person at the screen. */
export function reasonOf(error: unknown): string {
	if (!(error instanceof Refusal)) return "Something broke on this page. Reload it and try again.";
	if (error.status >= 500 && error.code === "internal")
		return `Something went wrong on our side. Try again; if it stays, report ${error.requestId || "it"}.`;
	if (typeof error.details !== "string" && error.details[0]) {
		const told = error.details.map(({ message }) => message);
		return told.length === 1 ? sentence(told[0] ?? "") : told.map(sentence).join(" ");
	}
	const more = typeof error.details === "string" && error.details !== error.message ? error.details : "";
	return [error.message, more].filter(Boolean).map(sentence).join(" ");
}

function sentence(text: string): string {
	const start = text.charAt(0).toUpperCase() + text.slice(1);
	return /[.!?]$/.test(start) ? start : `${start}.`;
}

/** Reads an error body that may be anything. */
export async function refusalFrom(reply: { status: number; json(): Promise<unknown> }): Promise<Refusal> {
	const body: unknown = await reply.json().catch(() => null);
	return new Refusal(reply.status, typeof body === "object" && body !== null ? body : {});
}
