import type { Person } from "../../../../worker/signaling/protocol";
import type { CallStory } from "../../lib/wire";
import { askCarrier, carrierCallWith, endAtCarrier, follow, outsideOf, whenGiven } from "./carrier-call";
import { LOGGED_ENDS } from "./ending";
import { type Call, call, change, END_WORDS, inCall, newCall, trouble, unreached } from "./state";
import { fail, over, whenOver } from "./talk";
import { nameInContacts } from "./whom";

/** A call over the carrier that this browser asked for: its ring here is to be answered at once. */
export interface Expected {
	line: string;
	peer: Person;
	direction: Call["direction"];
}

let expected: Expected | null = null;
let stopFollowing = () => {};
let stopWaiting = () => {};

whenOver(() => {
	stopFollowing();
	stopFollowing = () => {};
	stopWaiting();
	expected = null;
});

/** The call that was expected from there, once. */
export function takeExpected(from: Person): Expected | null {
	const found = expected && [from.number, from.identity].includes(expected.line) ? expected : null;
	if (found) expected = null;
	return found;
}

/** Calls somebody over a line of one's own. This browser rings first and answers by itself, or the person's telephone rings. */
export async function dialOver(from: string, to: string, via: "browser" | "phone"): Promise<void> {
	if (inCall.peek()) return;
	trouble.value = unreached.value = "";
	const id = crypto.randomUUID();
	const callee = { identity: to, name: "", number: to };
	call.value = newCall({ id, direction: "outbound", state: "asking", peer: callee, away: via === "phone" });
	if (via === "browser") expected = { line: from, peer: callee, direction: "outbound" };
	try {
		const placed = await askCarrier(from, to, via);
		// Hung up while the carrier was asked: nobody waits for this call any more.
		if (!inCall.peek()) return void endAtCarrier(placed).catch(() => {});
		change(call.peek()?.id ?? id, { carrierCall: placed, ...(via === "phone" ? { state: "calling" as const } : {}) });
		stopFollowing();
		stopFollowing = follow(placed, (moved) => goOnAway(moved));
		const name = await nameInContacts(to);
		const now = call.peek();
		if (name && now?.carrierCall === placed) change(now.id, { peer: { ...callee, name } });
	} catch (error) {
		expected = null;
		fail(call.peek()?.id ?? id, error);
	}
}

/** A caller who waits was taken by this person: when the ring comes here, it is answered. Gives the way to stop waiting for it. */
export function expect(caller: Person): () => void {
	const mine = { line: caller.number || "anonymous", peer: caller, direction: "inbound" as const };
	expected = mine;
	return () => {
		if (expected === mine) expected = null;
	};
}

/** What the log says of a call over the carrier. */
function goOnAway(moved: CallStory): void {
	const held = call.peek();
	if (held?.carrierCall !== moved.id || held.state === "over") return;
	// Who was on hold has left, and this side still talks with whoever was asked.
	const isAside = moved.consult?.reason === "customer" && moved.consult.talkedAt !== null;
	if (!moved.live && isAside) return;
	if (!moved.live) over(held.id, LOGGED_ENDS[moved.status] ?? END_WORDS.hung_up);
	else if (held.away && moved.answeredAt && held.state !== "live")
		change(held.id, { state: "live", since: Date.parse(moved.answeredAt) });
}

/** A caller from outside: the name that the contacts have, and the call that the log has. */
export async function recognise(id: string, peer: Person): Promise<void> {
	if (!/^\+/.test(peer.identity)) return;
	const [name, carrierCall] = await Promise.all([nameInContacts(peer.identity), carrierCallWith(peer.identity)]);
	change(id, { carrierCall, ...(name && !call.peek()?.peer.name ? { peer: { ...peer, name } } : {}) });
	stopWaiting();
	stopWaiting = whenGiven(peer.identity, (story) => void meet(id, story));
}

/** Who asked about a call has handed it over: this side is with its customer now. */
async function meet(id: string, story: CallStory): Promise<void> {
	const number = outsideOf(story);
	change(id, { carrierCall: story.id, peer: { identity: number, name: await nameInContacts(number), number } });
}
