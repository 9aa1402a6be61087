import { DurableObject } from "cloudflare:workers";
import { type Env, type Settings, settingsOf } from "../../../env";
import type {
	AdoptLine,
	BuyLine,
	CallReport,
	Line,
	LineSettings,
	MessageReport,
	Offer,
	OwnedLine,
	PlaceCall,
	SendMessage,
	StockQuery,
} from "../carrier";
import { dueAt, forgetOld, wake } from "./agenda";
import { endCall, findCall, findCalls, placeCall, redirectCall } from "./calls";
import { act, type HandAct } from "./hand-acts";
import { type Hand, hold, type PhoneNow, showPhone } from "./in-hand";
import { type IncomingCall, type IncomingMessage, takeCall, takeMessage } from "./incoming";
import { hearBrowser, knowsLeg, type RoomFrame, type Rooms } from "./legs";
import { adoptLine, buyLine, detachLine, findLine, listLines, releaseLine, search } from "./lines";
import { findMessages, mediaUrlsOf, messagesBetween, receivedMessages, sendMessage } from "./messages";
import type { Reply } from "./reply";
import { createTables } from "./tables";
import { dropTape, tapeSeconds } from "./tapes";
import { workOff } from "./work";

/** What the parts of the pretend network share. */
export interface Exchange {
	readonly storage: DurableObjectStorage;
	readonly sql: SqlStorage;
	readonly settings: Settings;
	/** Calls and messages that somebody is just working on. */
	readonly busy: Set<string>;
	/** Where browsers ring. */
	readonly rooms: Rooms;
}

/**
 * The pretend telephone network: one object for the installation. It answers like the real carrier, and plays its part
 * of every call by an agenda that alarms work off, so that calls go on after an eviction, a crash or a restart.
 */
export class SimulatedExchange extends DurableObject<Env> {
	readonly #exchange: Exchange;

	constructor(context: DurableObjectState, env: Env) {
		super(context, env);
		const { storage } = context;
		const roomOf = (identity: string) => env.SIGNALING_ROOM.getByName(identity);
		const rooms: Rooms = {
			invite: (identity, invitation) => roomOf(identity).invite(invitation),
			end: (identity, from, call, reason) => roomOf(identity).hear(from, { type: "ended", call, reason }),
		};
		this.#exchange = { storage, sql: storage.sql, settings: settingsOf(env), busy: new Set(), rooms };
		createTables(storage.sql);
		// Should the platform ever have lost the alarm, the calls must not hang in the air for ever.
		if (dueAt(this.#exchange) !== null) context.blockConcurrencyWhile(() => wake(this.#exchange));
	}

	search(query: StockQuery): Offer[] {
		return search(this.#exchange, query);
	}

	buyLine(request: BuyLine): Reply<Line> {
		return buyLine(this.#exchange, request);
	}

	findLine(e164: string): Line | null {
		return findLine(this.#exchange, e164);
	}

	releaseLine(ref: string): void {
		releaseLine(this.#exchange, ref);
	}

	listLines(): OwnedLine[] {
		return listLines(this.#exchange);
	}

	adoptLine(request: AdoptLine): Reply<Line> {
		return adoptLine(this.#exchange, request);
	}

	detachLine(ref: string, before: LineSettings): void {
		detachLine(this.#exchange, ref, before);
	}

	placeCall(request: PlaceCall): Promise<Reply<{ ref: string }>> {
		return placeCall(this.#exchange, request);
	}

	findCalls(query: { to: string; from: string; since: number }): CallReport[] {
		return findCalls(this.#exchange, query);
	}

	findCall(ref: string): CallReport | null {
		return findCall(this.#exchange, ref);
	}

	endCall(ref: string): Promise<Reply<null>> {
		return endCall(this.#exchange, ref);
	}

	redirectCall(ref: string, url: string): Promise<Reply<null>> {
		return redirectCall(this.#exchange, ref, url);
	}

	/** How long a recording is; null when there is none. */
	tapeSeconds(ref: string): number | null {
		return tapeSeconds(this.#exchange, ref);
	}

	dropTape(ref: string): void {
		dropTape(this.#exchange, ref);
	}

	/** A browser's room speaks of a call with a pretend telephone. */
	hearBrowser(identity: string, frame: RoomFrame): Promise<boolean> {
		return hearBrowser(this.#exchange, identity, frame);
	}

	knowsLeg(id: string): boolean {
		return knowsLeg(this.#exchange, id);
	}

	sendMessage(request: SendMessage): Promise<Reply<{ ref: string; segments: number }>> {
		return sendMessage(this.#exchange, request);
	}

	findMessages(query: { to: string; from: string; since: number }): MessageReport[] {
		return findMessages(this.#exchange, query);
	}

	receivedMessages(since: number): MessageReport[] {
		return receivedMessages(this.#exchange, since);
	}

	mediaUrlsOf(messageRef: string): string[] {
		return mediaUrlsOf(this.#exchange, messageRef);
	}

	/** What a line of ours and somebody have written to each other. For the pretend phone. */
	messagesBetween(line: string, peer: string): (MessageReport & { mediaUrls: string[] })[] {
		return messagesBetween(this.#exchange, line, peer);
	}

	/** Somebody calls one of our lines. For the pretend phone. */
	incomingCall(call: IncomingCall): Promise<Reply<{ ref: string }>> {
		return takeCall(this.#exchange, call);
	}

	/** Somebody writes to one of our lines. For the pretend phone. */
	incomingMessage(message: IncomingMessage): Promise<Reply<{ ref: string }>> {
		return takeMessage(this.#exchange, message);
	}

	/** Takes a phone into the hand, or keeps it there, and says what it shows. For the pretend phone. */
	holdPhone(hand: Hand): PhoneNow | null {
		hold(this.#exchange, hand);
		return showPhone(this.#exchange, hand);
	}

	/** Does something with a phone in the hand. For the pretend phone. */
	usePhone(hand: Hand, deed: HandAct): Promise<Reply<PhoneNow | null>> {
		return act(this.#exchange, hand, deed);
	}

	override async alarm(): Promise<void> {
		try {
			forgetOld(this.#exchange);
			await workOff(this.#exchange);
		} finally {
			await wake(this.#exchange);
		}
	}
}
