import { ulid } from "ulid";
import { inOneBatch, type Statement } from "../db/client";
import { brokenRule } from "../db/guards";
import { Fault } from "../errors";
import { type OutboxRow, publish } from "../live/store";
import { tell } from "../live/tell";
import { voiceAnswer } from "../outside/carrier/twiml";
import type { House } from "../scope";
import type { CallEntry } from "../signaling/leg";
import { callbackUrl } from "./callback-url";
import { RING_SECONDS } from "./connect-callee";
import type { BrowserCaller } from "./context/store";
import { CALLEE } from "./hear-leg";
import { callOfCarrier } from "./log/store";
import { AGAIN, accountOfCall, addCallAnyAccount, notePlaced, placeCallOf } from "./store";
import { addEventAnyAccount } from "./story/store";

interface Ring {
	/** The call identities of both. */
	from: string;
	to: string;
	carrierRef: string;
}

/**
 * Rings another person's browser over the carrier: in the log of both, and no oftener than their rooms would have it. Who is blocked
 * there hears what everybody hears when nobody is there. Asked again, because our answer was lost, it is the same call.
 */
export async function ringPerson(house: House, caller: BrowserCaller, ring: Ring): Promise<string> {
	const { settings } = house;
	const id = await begun(house, caller, ring);
	if (id === null) return voiceAnswer().say("Nobody can be reached there now.").hangup().toXml();
	const statusUrl = callbackUrl(settings, "leg", { callId: id, about: CALLEE });
	const actionUrl = callbackUrl(settings, "next", { callId: id });
	return voiceAnswer()
		.dial([{ client: ring.to, statusUrl }], {
			callerId: `client:${ring.from}`,
			actionUrl,
			ringSeconds: RING_SECONDS,
			answersOnBridge: true,
		})
		.toXml();
}

async function begun(house: House, caller: BrowserCaller, ring: Ring): Promise<string | null> {
	if (ring.to === ring.from || !(await mayRing(house, ring))) {
		await addCallAnyAccount(house.db, refusedEntry(ring, house.now()));
		return null;
	}
	try {
		return await begin(house, caller, ring);
	} catch (error) {
		if (!AGAIN.has(brokenRule(error) ?? "")) throw error;
		const known = await callOfCarrier(house.db, caller.accountId, ring.carrierRef);
		if (known?.endedAt !== null) throw new Fault("conflict", "You are in a call already.", { cause: error });
		return known.id;
	}
}

async function mayRing({ roomOf }: House, { from, to }: Ring): Promise<boolean> {
	return (await roomOf(from).mayPlace()) && (await roomOf(to).mayRing(from));
}

async function begin(house: House, { accountId, userId }: BrowserCaller, ring: Ring): Promise<string> {
	const { db, settings } = house;
	const now = house.now();
	const id = `call_${ulid(now)}`;
	const lookAfter = now + settings.COMPLETER_AGE_SECONDS * 1000;
	const hint = accountOfCall(id);
	const results = await inOneBatch<Statement>(db, [
		placeCallOf(db, {
			id,
			accountId,
			userId,
			from: ring.from,
			to: ring.to,
			person: true,
			via: "browser",
			lookAfter,
			now,
		}),
		notePlaced(db, accountId, id, ring.carrierRef),
		addEventAnyAccount(db, id, { kind: "placed", detail: { via: "browser", to: ring.to }, now }),
		publish(db, hint.account, "call", hint.payload, now),
	]);
	tell(house, results[3] as OutboxRow[]);
	return id;
}

/** What stands in the caller's log of a call that rang nowhere. */
const refusedEntry = ({ from, to, carrierRef }: Ring, now: number): CallEntry => ({
	call: carrierRef,
	direction: "outbound",
	identity: from,
	from,
	to,
	peerName: "",
	peerIdentity: to,
	status: "unavailable",
	startedAt: now,
	answeredAt: null,
	endedAt: now,
	story: [],
});
