import { lineUrls } from "../line-urls";
import { newRef, plan, wake } from "./agenda";
import { addCall } from "./calls";
import type { Exchange } from "./exchange";
import { owns } from "./lines";
import { addMessage, noteOptOut } from "./messages";
import { type Person, personAt } from "./people";
import { done, type Reply, refused } from "./reply";

export interface IncomingCall {
	from: string;
	/** A line of ours. */
	to: string;
	/** What the caller presses, one for each time that a key is asked for. Without, as {@link personAt} has it. */
	keys?: string[] | undefined;
	/** Seconds after which the caller hangs up; without, they stay to the end. */
	staysFor?: number | undefined;
	/** Who calls, where that is not whoever the number says. */
	person?: Person;
}

export interface IncomingMessage {
	from: string;
	/** A line of ours. */
	to: string;
	body: string;
	mediaUrls?: string[] | undefined;
}

const RINGS = 60;
const LONGEST = 14_400;

/** Lets somebody call one of our lines. */
export async function takeCall(
	exchange: Exchange,
	{ from, to, keys, staysFor, person: held }: IncomingCall,
): Promise<Reply<{ ref: string }>> {
	if (!owns(exchange, to)) return refused("invalid_to", "21211", `${to} is not a line of this installation.`);
	const ref = newRef("CA");
	const { voice, voiceStatus } = lineUrls(exchange.settings.PUBLIC_BASE_URL);
	const usual = personAt(from);
	const person: Person = held ?? {
		...usual,
		outcome: "human",
		keys: keys ?? usual.keys,
		hangsUpAfter: staysFor ?? null,
	};
	exchange.storage.transactionSync(() => {
		addCall(exchange, {
			ref,
			direction: "inbound",
			to,
			from,
			status: "ringing",
			person,
			answer_url: voice,
			status_url: voiceStatus,
			detection: "off",
			detection_url: null,
			ring_seconds: RINGS,
			max_seconds: LONGEST,
		});
		plan(exchange, ref, 0, [{ kind: "incoming", after: 0 }]);
	});
	await wake(exchange);
	return done({ ref });
}

/** Lets somebody write to one of our lines. Words like STOP are heard by the carrier too, as the real one hears them. */
export async function takeMessage(
	exchange: Exchange,
	{ from, to, body, mediaUrls = [] }: IncomingMessage,
): Promise<Reply<{ ref: string }>> {
	if (!owns(exchange, to)) return refused("invalid_to", "21211", `${to} is not a line of this installation.`);
	const ref = newRef(mediaUrls.length > 0 ? "MM" : "SM");
	const { message } = lineUrls(exchange.settings.PUBLIC_BASE_URL);
	exchange.storage.transactionSync(() => {
		noteOptOut(exchange, { line: to, peer: from, body });
		addMessage(exchange, { ref, to, from, body, mediaUrls, status: "received", statusUrl: message });
		plan(exchange, ref, 0, [{ kind: "received", after: 0 }]);
	});
	await wake(exchange);
	return done({ ref });
}
