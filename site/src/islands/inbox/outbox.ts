import { signal } from "@preact/signals";
import { api, once, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { keyAfter } from "../../lib/changes";
import { Refusal, reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import type { MessageOrder, TimelineItem } from "../../lib/wire";

/** A message that was sent from here and that the server has not told back yet. */
export interface Leaving {
	/** Stays the same for this try, so that the carrier is asked once. */
	key: string;
	/** The conversation, or {@link NEW}. */
	thread: string;
	order: MessageOrder;
	pictures: string[];
	at: string;
	state: "leaving" | "left" | "refused";
	/** Why it did not leave. */
	reason: string;
	messageId: string | null;
	/** What stood in the thread before: a message with the same words that is new is this one. */
	before: ReadonlySet<string>;
}

/** The thread of a message whose conversation is not known yet. */
export const NEW = "new";

export const outbox = signal<Leaving[]>([]);

function revise(key: string, change: Partial<Leaving>): void {
	outbox.value = outbox.value.map((each) => (each.key === key ? { ...each, ...change } : each));
}

export function discard(key: string): void {
	outbox.value = outbox.value.filter((each) => each.key !== key);
}

/** Sends a message; it stands in its thread at once. Gives its conversation, or null when it was refused. */
export async function sendNow(
	parts: Pick<Leaving, "key" | "thread" | "order" | "pictures" | "before">,
): Promise<string | null> {
	const { key, thread, order } = parts;
	const fresh: Leaving = { ...parts, at: new Date().toISOString(), state: "leaving", reason: "", messageId: null };
	outbox.value = [...outbox.value.filter((each) => each.key !== key), fresh];
	try {
		const told = await said(api.messages.$post({ json: order }, once(key)));
		const sent = "conversationId" in told ? told : null;
		revise(key, { state: "left", messageId: sent?.id ?? null, thread: sent?.conversationId ?? thread });
		await changed("timeline", "conversations");
		if (!sent && thread === NEW) tell("It is on its way. The carrier has not confirmed it yet; look in the list.");
		return sent?.conversationId ?? (thread === NEW ? null : thread);
	} catch (error) {
		revise(key, { state: "refused", reason: reasonOf(error), key: keyAfter(key, error) });
		// What the carrier refused stands in the thread; what we refused says why people cannot be written to.
		const told = error instanceof Refusal && error.status > 0;
		if (told) await changed("timeline", "conversation");
		return null;
	}
}

/** What of the outbox has to be shown below these items: each message that came back takes its twin out. */
export function stillLeaving(all: readonly Leaving[], thread: string, items: readonly TimelineItem[]): Leaving[] {
	const own = items.flatMap((item) =>
		item.type === "message" && item.message.direction === "outbound" ? [item.message] : [],
	);
	const taken = new Set<string>();
	return all.filter((leaving) => {
		if (leaving.thread !== thread) return false;
		const twin = own.find(
			({ id, body }) =>
				!taken.has(id) &&
				(id === leaving.messageId ||
					(leaving.messageId === null && !leaving.before.has(id) && body === (leaving.order.body ?? ""))),
		);
		if (twin) taken.add(twin.id);
		return !twin;
	});
}
