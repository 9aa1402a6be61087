import { api, once, said } from "../../lib/api";
import { keyAfter, newKey } from "../../lib/changes";
import { onLive } from "../../lib/live";
import { session } from "../../lib/session";
import type { CallStory } from "../../lib/wire";

const LOOK_MS = 2_000;
let key = newKey();

/** Has the carrier call somebody from a line of one's own; first it rings this browser, or the person's telephone. */
export async function askCarrier(from: string, to: string, via: "browser" | "phone"): Promise<string> {
	try {
		const placed = await said(api.calls.$post({ json: { from, to, via } }, once(key)));
		key = newKey();
		return "id" in placed ? placed.id : "";
	} catch (error) {
		key = keyAfter(key, error);
		throw error;
	}
}

/** A call as the log has it; null while nobody can tell. */
export const lookUp = (id: string): Promise<CallStory | null> =>
	said(api.calls[":id"].$get({ param: { id } })).catch(() => null);

/** Follows a call by the log until it is over, or until the way back is called. */
export function follow(id: string, moved: (call: CallStory) => void): () => void {
	let over = false;
	const look = async () => {
		if (over) return;
		const call = await lookUp(id);
		if (!call || over) return;
		moved(call);
		if (!call.live) end();
	};
	const timer = setInterval(look, LOOK_MS);
	const deaf = onLive("call", () => void look());
	const end = () => {
		over = true;
		clearInterval(timer);
		deaf();
	};
	void look();
	return end;
}

/** The account's call over the carrier that rings or talks in this browser now. */
export async function carrierCallWith(number: string): Promise<string | null> {
	const live = await said(api.calls.live.$get()).catch(() => []);
	const mine = live.filter(({ kind, from, to }) => kind === "carrier" && (from === number || to === number));
	return mine.at(-1)?.id ?? null;
}

/** Waits until a call on this line, about which this person was asked, is theirs: then they are with the customer. Gives the way to stop. */
export function whenGiven(number: string, given: (call: CallStory) => void): () => void {
	let over = false;
	const look = async () => {
		const live = over ? [] : await said(api.calls.live.$get()).catch(() => []);
		for (const { id } of live.filter(({ kind, ownNumber }) => kind !== "browser" && ownNumber === number)) {
			const story = await lookUp(id);
			if (over || !story?.consult?.joinedAt || story.consult.target !== session.peek()?.user.id) continue;
			end();
			given(story);
		}
	};
	const deaf = onLive("call", () => void look());
	const end = () => {
		over = true;
		deaf();
	};
	return end;
}

/** Whom a call is with, outside. */
export const outsideOf = ({ direction, from, to }: CallStory) => (direction === "inbound" ? from : to);

export const endAtCarrier = (id: string) => said(api.calls[":id"].hangup.$post({ param: { id } }));
