import { api, once, said } from "../../lib/api";
import { keyAfter, newKey } from "../../lib/changes";
import { onLive } from "../../lib/live";
import type { Call } from "../../lib/wire";

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
export const lookUp = (id: string): Promise<Call | null> =>
	said(api.calls[":id"].$get({ param: { id } })).catch(() => null);

/** Follows a call by the log until it is over, or until the way back is called. */
export function follow(id: string, moved: (call: Call) => void): () => void {
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

export const endAtCarrier = (id: string) => said(api.calls[":id"].hangup.$post({ param: { id } }));
