import { DurableObject } from "cloudflare:workers";
import * as z from "zod";
import { openDb } from "../db/client";
import type { Env } from "../env";
import { CLOSE, FRAMES_PER_MINUTE, type Heard, type ListName, LONGEST_FRAME, Said, shapeOf } from "./protocol";
import {
	type Audience,
	audienceOfConversation,
	EVERYBODY,
	eventsAfter,
	latestEvent,
	markSent,
	type OutboxRow,
	takeWalletEvent,
} from "./store";
import { FeedTicket } from "./ticket";

const MOST_MISSED = 500;
const MOST_SOCKETS = 100;
const MINUTE_MS = 60_000;
const Entry = z.object({ ticket: FeedTicket, since: z.number().int().min(0).nullable() });
const Seat = z.object({ accountId: z.string(), userId: z.string(), sessionId: z.string() });
type Seat = z.output<typeof Seat>;
/** So long events are gathered before they are marked as sent. */
const GATHER_MS = 500;
/** So long it is remembered who may see a conversation. */
const AUDIENCE_MS = 60_000;

/**
 * Tells every open page of one account what has happened. Sleeps between events; who listens is in the sockets, what happened is in
 * the database. What it says are hints: whoever missed one loses nothing but time.
 */
export class AccountFeed extends DurableObject<Env> {
	// Forgotten while the feed sleeps: who floods does not let it sleep.
	readonly #frames = new WeakMap<WebSocket, { count: number; until: number }>();
	readonly #unmarked: OutboxRow[] = [];
	readonly #audiences = new Map<string, { audience: Audience; until: number }>();

	constructor(context: DurableObjectState, env: Env) {
		super(context, env);
		context.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
	}

	/** A page comes in. `x-entry` is what routes.ts read from a signed ticket; nothing else reaches this. */
	override async fetch(request: Request): Promise<Response> {
		const { ticket, since } = Entry.parse(JSON.parse(request.headers.get("x-entry") ?? "null"));
		if (!this.#useTicket(ticket)) return new Response(null, { status: 401 });
		if (this.ctx.getWebSockets().length >= MOST_SOCKETS) return new Response(null, { status: 429 });
		const { 0: webSocket, 1: socket } = new WebSocketPair();
		this.ctx.acceptWebSocket(socket, [ticket.userId]);
		const { accountId, userId, sessionId } = ticket;
		socket.serializeAttachment({ accountId, userId, sessionId } satisfies Seat);
		await this.#catchUp(socket, ticket, since);
		this.#tellWhoIsHere();
		return new Response(null, { status: 101, webSocket });
	}

	push(events: OutboxRow[]): void {
		for (const event of events) this.#say(this.#audienceOf(event), shapeOf(event));
	}

	/** As {@link push}, and notes that they were sent: for many at a time, and without anybody waiting for it. */
	pushNew(events: OutboxRow[]): void {
		this.push(events);
		if (this.#unmarked.push(...events) > events.length) return;
		this.ctx.waitUntil(scheduler.wait(GATHER_MS).then(() => this.#mark()));
	}

	/** Says that the wallet has moved, if nobody has said so yet. Asked for here, so that no request waits for it. */
	async tellWallet(accountId: string): Promise<void> {
		this.push(await takeWalletEvent(openDb(this.env.DB, "primary"), accountId, Date.now()));
	}

	tellChanged(list: ListName): void {
		this.#say(this.ctx.getWebSockets(), { kind: "changed", list });
	}

	/** Cuts off the pages of a session that has ended. */
	closeSession(sessionId: string): void {
		for (const socket of this.ctx.getWebSockets())
			if (seatOf(socket)?.sessionId === sessionId) socket.close(CLOSE.sessionEnded, "the session has ended");
	}

	override async webSocketMessage(socket: WebSocket, raw: string | ArrayBuffer): Promise<void> {
		const wrong = this.#wrongWith(socket, raw);
		const said = wrong ? undefined : Said.safeParse(parsed(raw)).data;
		const seat = seatOf(socket);
		if (said && seat) await this.#tellTyping(socket, seat, said.conversationId);
		else socket.close(wrong ?? CLOSE.malformed, "not taken");
	}

	override webSocketClose(socket: WebSocket, code: number): void {
		// 1005 and 1006 may not be sent, but the closing must be answered.
		socket.close(code === 1005 || code === 1006 ? 1000 : code);
		this.#tellWhoIsHere(socket);
	}

	override webSocketError(socket: WebSocket): void {
		this.#tellWhoIsHere(socket);
	}

	/** Passes on that somebody writes, from and to those who may see the conversation. */
	async #tellTyping(socket: WebSocket, { accountId, userId }: Seat, conversationId: string): Promise<void> {
		const audience = await this.#audienceIn(accountId, conversationId);
		if (!audience.found || !isFor(socket, audience.audience)) return;
		const others = this.ctx.getWebSockets().filter((other) => other !== socket && isFor(other, audience.audience));
		this.#say(others, { kind: "typing", conversationId, userId });
	}

	async #audienceIn(accountId: string, conversationId: string): Promise<Audience> {
		const now = Date.now();
		const known = this.#audiences.get(conversationId);
		if (known && known.until > now) return known.audience;
		if (this.#audiences.size > 1_000) this.#audiences.clear();
		const audience = await audienceOfConversation(openDb(this.env.DB, "nearest"), accountId, conversationId);
		this.#audiences.set(conversationId, { audience, until: now + AUDIENCE_MS });
		return audience;
	}

	/** Tells everybody who has a page open, when that has changed. */
	#tellWhoIsHere(gone?: WebSocket): void {
		const here = this.ctx.getWebSockets().filter((socket) => socket !== gone);
		const users = [...new Set(here.flatMap((socket) => seatOf(socket)?.userId ?? []))].sort();
		this.#say(here, { kind: "presence", users });
	}

	#audienceOf({ audience }: OutboxRow): WebSocket[] {
		return this.ctx.getWebSockets().filter((socket) => isFor(socket, audience));
	}

	async #mark(): Promise<void> {
		await markSent(openDb(this.env.DB, "primary"), this.#unmarked.splice(0), Date.now()).catch(() => {}); // the cron sends them again
	}

	async #catchUp(socket: WebSocket, { accountId }: FeedTicket, since: number | null): Promise<void> {
		const db = openDb(this.env.DB, "primary");
		const { known, events } = since === null ? NOTHING : await eventsAfter(db, accountId, since, MOST_MISSED);
		if (since === null || (events.length === 0 && (known || since === 0)))
			return this.#say([socket], { kind: "hello", id: since ?? (await latestEvent(db, accountId)) });
		const lost = (since > 0 && !known) || events.length === MOST_MISSED;
		if (lost) return this.#say([socket], { kind: "resync", id: await latestEvent(db, accountId) });
		for (const event of events) if (isFor(socket, event.audience)) this.#say([socket], shapeOf(event));
	}

	#say(sockets: WebSocket[], heard: Heard): void {
		const line = JSON.stringify(heard);
		for (const socket of sockets)
			try {
				socket.send(line);
			} catch {
				// It is closing; the page comes back and asks for what it missed.
			}
	}

	#wrongWith(socket: WebSocket, raw: string | ArrayBuffer): number | null {
		if (this.#isFlood(socket)) return CLOSE.flood;
		if (typeof raw !== "string") return CLOSE.malformed;
		return raw.length > LONGEST_FRAME ? CLOSE.tooLong : null;
	}

	#isFlood(socket: WebSocket): boolean {
		const now = Date.now();
		const known = this.#frames.get(socket);
		const frames = known && known.until > now ? known : { count: 0, until: now + MINUTE_MS };
		frames.count++;
		this.#frames.set(socket, frames);
		return frames.count > FRAMES_PER_MINUTE;
	}

	// Synchronous storage, so that of two that come with one ticket one is too late.
	#useTicket({ id, expiresAt }: FeedTicket): boolean {
		const { kv } = this.ctx.storage;
		const now = Date.now();
		for (const [key, until] of [...kv.list<number>({ prefix: "ticket:" })]) if (until < now) kv.delete(key);
		if (expiresAt < now || kv.get(`ticket:${id}`) !== undefined) return false;
		kv.put(`ticket:${id}`, expiresAt);
		return true;
	}
}

const NOTHING = { known: true, events: [] };

/** The account's owner hears everything; a member what is for everybody, or for that member. */
function isFor(socket: WebSocket, audience: string | null): boolean {
	const seat = seatOf(socket);
	return seat !== undefined && (seat.userId === seat.accountId || audience === EVERYBODY || audience === seat.userId);
}

function seatOf(socket: WebSocket): Seat | undefined {
	return Seat.safeParse(socket.deserializeAttachment()).data;
}

function parsed(raw: string | ArrayBuffer): unknown {
	try {
		return JSON.parse(String(raw));
	} catch {
		return undefined;
	}
}
