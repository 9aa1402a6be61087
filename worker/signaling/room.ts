import { DurableObject } from "cloudflare:workers";
import { addCallAnyAccount } from "../calls/store";
import { openDb } from "../db/client";
import { type Env, settingsOf } from "../env";
import { Calls } from "./calls";
import { Devices } from "./devices";
import { Ends } from "./ends";
import { Flood } from "./flood";
import { Guests } from "./guests";
import { Handing } from "./handing";
import { type Invitation, type InviteReply, isPerson } from "./leg";
import { Memory } from "./memory";
import {
	CLOSE,
	ClientFrame,
	LONGEST_FRAME,
	parseFrame,
	type ServerFrame,
	SignalFrame,
	SUBPROTOCOL,
	VERSION,
} from "./protocol";
import { SettingUp } from "./setting-up";
import { plainSignal } from "./signal-text";
import type { PeerFrame, PeerRoom, Surroundings } from "./surroundings";
import { type Guest, mintTicket, Ticket } from "./ticket";

const LOG_AGAIN_MS = 10_000;

/**
 * The room behind one call identity: its person's devices register here, ring, and speak with the one other room of their call.
 * Sleeps between frames; whoever is here is in the sockets, whatever goes on is in storage.
 */
export class SignalingRoom extends DurableObject<Env> {
	readonly #memory = new Memory(this.ctx.storage);
	readonly #devices = new Devices(this.ctx);
	readonly #guests = new Guests(this.ctx);
	readonly #settings = settingsOf(this.env);
	readonly #scale = this.#settings.RATE_LIMIT_SCALE;
	readonly #flood = new Flood(this.#scale);
	readonly #peers = new Map<string, PeerRoom>();
	readonly #at: Surroundings = {
		identity: this.ctx.id.name ?? "",
		memory: this.#memory,
		devices: this.#devices,
		guests: this.#guests,
		scale: this.#scale,
		now: () => Date.now(),
		peer: (identity) => this.#peer(identity),
		ticketFor: async (room, guest) => {
			const person = { identity: room, name: "", number: "", sessionId: "", guest };
			return isPerson(room) ? mintTicket(this.#settings, person, Date.now()) : null;
		},
		wake: (at) => this.ctx.waitUntil(this.#wakeBy(at)),
		flush: () => this.ctx.waitUntil(this.#flush()),
	};
	readonly #ends = new Ends(this.#at);
	readonly #handing = new Handing(this.#at, this.#ends);
	readonly #settingUp = new SettingUp(this.#at, this.#ends, this.#handing);
	readonly #calls = new Calls(this.#at, this.#ends, this.#handing);

	/** A device comes in. `x-ticket` is what routes.ts read from a signed ticket; nothing else reaches this. */
	override async fetch(request: Request): Promise<Response> {
		const ticket = Ticket.parse(JSON.parse(decodeURIComponent(request.headers.get("x-ticket") ?? "null")));
		const now = Date.now();
		if (!this.#memory.useTicket(ticket.id, ticket.expiresAt, now)) return new Response(null, { status: 401 });
		const { identity, name, number, guest } = ticket;
		if (guest && !this.#calls.admits(guest)) return new Response(null, { status: 401 });
		const person = { identity, name, number };
		const webSocket = guest ? this.#guests.accept(guest, now) : this.#devices.accept(person, ticket, now);
		if (!webSocket) return new Response(null, { status: 429 });
		const offered = request.headers.get("sec-websocket-protocol") !== null;
		const headers: HeadersInit = offered ? { "sec-websocket-protocol": SUBPROTOCOL } : {};
		return new Response(null, { status: 101, webSocket, headers });
	}

	// No promise for a signal that is passed on at once: that is what most of what is said is.
	override webSocketMessage(socket: WebSocket, raw: string | ArrayBuffer): Promise<void> | void {
		const verdict = this.#flood.judge(socket, Date.now());
		if (verdict === "cut_off") return socket.close(CLOSE.flood, "too many messages");
		if (verdict === "first_too_much") this.#devices.say(socket, { type: "error", code: "rate_limited" });
		if (verdict !== "fine") return;
		if (typeof raw !== "string") return socket.close(CLOSE.notText, "text only");
		if (raw.length > LONGEST_FRAME) return socket.close(CLOSE.tooLong, "at most 64 KB");
		const guest = this.#guests.of(socket);
		const signal = plainSignal(raw);
		if (guest) return this.#hearGuest(socket, guest, signal ?? parseFrame(SignalFrame, raw), raw);
		if (signal && this.#calls.signalGuest(this.#devices.of(socket), signal, raw)) return;
		return this.#hearDevice(socket, signal ?? parseFrame(ClientFrame, raw));
	}

	async #hearDevice(socket: WebSocket, frame: ClientFrame | null): Promise<void> {
		const reply = frame ? await this.#answerTo(socket, frame) : ({ type: "error", code: "malformed" } as const);
		if (reply) this.#devices.say(socket, reply);
	}

	override webSocketClose(socket: WebSocket, code: number): void {
		// 1005 and 1006 may not be sent, but the closing must be answered.
		socket.close(code === 1005 || code === 1006 ? 1000 : code);
		this.#left(socket);
	}

	override webSocketError(socket: WebSocket): void {
		this.#left(socket);
	}

	override async alarm(): Promise<void> {
		await this.#flush();
		await this.#calls.tick();
	}

	invite(invitation: Invitation): InviteReply {
		this.#calls.endOverdue();
		return this.#settingUp.invite(invitation);
	}

	hear(from: string, frame: PeerFrame): boolean {
		return this.#calls.hear(from, frame);
	}

	knows(call: string): boolean {
		return this.#memory.find(call) !== null;
	}

	/** Whether somebody may ring this person's browser over the carrier: as often as here, and not who is blocked. */
	mayRing(from: string): boolean {
		return this.#settingUp.mayRing(from);
	}

	/** Whether this person may call somebody's browser over the carrier: as often as from here. */
	mayPlace(): boolean {
		return this.#settingUp.mayPlace();
	}

	/** Nobody with this identity rings here any more; it is told what everybody is told when nobody is here. */
	block(identity: string): void {
		this.#memory.block(identity, Date.now());
	}

	unblock(identity: string): boolean {
		return this.#memory.unblock(identity);
	}

	blocked(): { identity: string; blockedAt: number }[] {
		return this.#memory.blocked();
	}

	/** Cuts off the devices of a session that has ended. */
	closeSession(sessionId: string): void {
		this.#calls.signedOut(this.#devices.closeSession(sessionId));
	}

	#hearGuest(socket: WebSocket, { call, identity }: Guest, frame: SignalFrame | null, raw: string): void {
		if (frame === null) this.#devices.say(socket, { type: "error", code: "malformed" });
		else if (frame.call !== call || !this.#calls.hear(identity, frame, raw))
			this.#devices.say(socket, { type: "error", code: "not_in_this_call", call: frame.call });
	}

	async #answerTo(socket: WebSocket, frame: ClientFrame): Promise<ServerFrame | null> {
		const who = this.#devices.of(socket);
		if (frame.type === "hello") return this.#welcome(socket, frame.resume);
		if (who.device === null) return { type: "error", code: "hello_first" };
		switch (frame.type) {
			case "call":
				this.#calls.endOverdue();
				return this.#settingUp.place(who, frame);
			case "answer":
				return this.#settingUp.answer(who, frame);
			case "decline":
				return this.#settingUp.decline(who, frame);
			case "hangup":
				return this.#calls.hangUp(who, frame);
			case "transfer":
				return this.#handing.transfer(who, frame);
			case "connect":
				return this.#handing.connect(who, frame);
			case "signal":
				return this.#calls.signal(who, frame);
			case "direct":
				return this.#calls.direct(who, frame);
		}
	}

	#welcome(socket: WebSocket, resume: string | undefined): null {
		const same = resume && (this.#calls.deviceOf(resume) ?? this.#devices.holding(resume));
		const device = same || crypto.randomUUID();
		const token = same && resume ? resume : crypto.randomUUID();
		this.#devices.name(socket, device, token);
		const known = this.#calls.knownTo(device);
		this.#devices.say(socket, { type: "welcome", v: VERSION, device, resume: token, ...known });
		this.#calls.cameBack(device);
		return null;
	}

	#left(socket: WebSocket): void {
		if (this.#guests.of(socket)) return;
		const { device } = this.#devices.of(socket);
		if (device !== null) this.#calls.left(device);
	}

	// One stub per peer keeps what is said in the order in which it was said.
	#peer(identity: string): PeerRoom {
		const known = this.#peers.get(identity);
		if (known) return known;
		const room = isPerson(identity) ? this.#roomOf(identity) : this.#telephones();
		this.#peers.clear();
		this.#peers.set(identity, room);
		return room;
	}

	#roomOf(identity: string): PeerRoom {
		const stub = this.env.SIGNALING_ROOM.getByName(identity);
		return {
			invite: (invitation) => stub.invite(invitation),
			hear: (from, frame) => stub.hear(from, frame),
			knows: (call) => stub.knows(call),
		};
	}

	// Without a carrier, telephones ring browsers through the pretend network, which carries no sound.
	#telephones(): PeerRoom {
		const exchange = this.env.SIMULATED_EXCHANGE.getByName("exchange");
		return {
			invite: async () => "unavailable",
			hear: (from, { type, call, ...frame }) =>
				exchange.hearBrowser(from, { type, call, ...("reason" in frame ? { reason: frame.reason } : {}) }),
			knows: (call) => exchange.knowsLeg(call),
		};
	}

	// Kept until the database has it: a call is in the log once, whatever happens to this object.
	async #flush(): Promise<void> {
		const entries = this.#memory.entries();
		if (entries.length === 0) return;
		await this.#wakeBy(Date.now() + LOG_AGAIN_MS);
		const db = openDb(this.env.DB, "primary");
		for (const [key, entry] of entries)
			try {
				await addCallAnyAccount(db, entry);
				this.#memory.dropEntry(key);
			} catch (error) {
				console.error(JSON.stringify({ level: "error", callLog: entry.call, error: String(error) }));
			}
	}

	async #wakeBy(at: number): Promise<void> {
		const set = await this.ctx.storage.getAlarm();
		if (set === null || set > at) await this.ctx.storage.setAlarm(at);
	}
}
