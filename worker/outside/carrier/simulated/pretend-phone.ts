import type { Env, Settings } from "../../../env";
import { CarrierRefusal, type MessageReport } from "../carrier";
import type { HandAct } from "./hand-acts";
import type { Hand, PhoneNow } from "./in-hand";
import type { IncomingCall, IncomingMessage } from "./incoming";
import type { Reply } from "./reply";

/** The other end of the pretend network, in somebody's hand. */
export interface PretendPhone {
	write(message: IncomingMessage): Promise<{ ref: string }>;
	ring(call: IncomingCall): Promise<{ ref: string }>;
	hold(hand: Hand): Promise<PhoneNow | null>;
	use(hand: Hand, deed: HandAct): Promise<Reply<PhoneNow | null>>;
	thread(line: string, peer: string): Promise<(MessageReport & { mediaUrls: string[] })[]>;
}

/** A pretend phone; null where there is a real carrier. */
export function pretendPhone(env: Env, settings: Settings): PretendPhone | null {
	if (settings.carrier !== "simulated") return null;
	const exchange = env.SIMULATED_EXCHANGE.getByName("exchange");
	return {
		write: async (message) => taken(await exchange.incomingMessage(message)),
		ring: async (call) => taken(await exchange.incomingCall(call)),
		hold: (hand) => exchange.holdPhone(hand),
		use: (hand, deed) => exchange.usePhone(hand, deed),
		thread: (line, peer) => exchange.messagesBetween(line, peer),
	};
}

function taken(reply: Reply<{ ref: string }>): { ref: string } {
	if (reply.kind === "done") return { ref: reply.value.ref };
	throw new CarrierRefusal("other", "pretend", reply.message);
}
