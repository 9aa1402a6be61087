import * as z from "zod";
import { CLOSE, DEAD_MS, type Person, PING, PONG, type ServerFrame } from "./protocol";
import type { Ticket } from "./ticket";

/** Tabs and devices of one person. */
const MOST_SOCKETS = 25;
/** Not every socket in a room is one of its person: a caller may be a guest. */
const TAG = "device";

const Attachment = z.object({
	person: z.object({ identity: z.string(), name: z.string(), number: z.string() }),
	sessionId: z.string(),
	since: z.number(),
	/** Null until the device has said hello. */
	device: z.string().nullable(),
	resume: z.string().nullable(),
});
/** Whose socket this is. Lives in the socket, which outlives the object. */
export type Attachment = z.output<typeof Attachment>;

/** The sockets of one person: who is here, who is dead, and how to reach them. */
export class Devices {
	readonly #state: DurableObjectState;
	// What is in the sockets, read once: every relayed frame asks for it several times.
	readonly #known = new WeakMap<WebSocket, Attachment>();
	// The socket that was told something last: in a call it is the next one, too.
	#told: WebSocket | null = null;

	constructor(state: DurableObjectState) {
		this.#state = state;
		state.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
	}

	/** Takes a new socket in, or null when there are too many. The browser's end goes back to it. */
	accept(person: Person, { sessionId }: Pick<Ticket, "sessionId">, now: number): WebSocket | null {
		if (this.#state.getWebSockets(TAG).length >= MOST_SOCKETS) return null;
		const { 0: browser, 1: socket } = new WebSocketPair();
		this.#state.acceptWebSocket(socket, [TAG, `session:${sessionId}`]);
		this.#attach(socket, { person, sessionId, since: now, device: null, resume: null });
		return browser;
	}

	of(socket: WebSocket): Attachment {
		const known = this.#known.get(socket);
		if (known) return known;
		const read = Attachment.parse(socket.deserializeAttachment());
		this.#known.set(socket, read);
		return read;
	}

	/** Names the device behind a socket; an older socket of the same device gives way. */
	name(socket: WebSocket, device: string, resume: string): void {
		for (const other of this.#state.getWebSockets(TAG))
			if (other !== socket && this.of(other).device === device) this.#close(other, CLOSE.replaced, "replaced");
		this.#attach(socket, { ...this.of(socket), device, resume });
	}

	/** The device that this token was given to, if its socket still hangs around. */
	holding(resume: string): string | null {
		for (const socket of this.#state.getWebSockets(TAG)) {
			const held = this.of(socket);
			if (held.resume === resume) return held.device;
		}
		return null;
	}

	/** Every device that can be reached now. A socket that has long stopped pinging is closed on the way. */
	live(now: number): { socket: WebSocket; device: string }[] {
		return this.#state.getWebSockets(TAG).flatMap((socket) => {
			const { device, since } = this.of(socket);
			if (socket.readyState !== WebSocket.OPEN || device === null) return [];
			const heard = Math.max(since, this.#state.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0);
			if (heard > now - DEAD_MS) return [{ socket, device }];
			this.#close(socket, CLOSE.dead, "silent");
			return [];
		});
	}

	/** Sends to one device; false when it has no socket. */
	tell(device: string, frame: string): boolean {
		const told = this.#told;
		if (told && this.of(told).device === device && deliver(told, frame)) return true;
		this.#told = null;
		for (const socket of this.#state.getWebSockets(TAG))
			if (this.of(socket).device === device && deliver(socket, frame)) {
				this.#told = socket;
				return true;
			}
		return false;
	}

	tellAll(frame: ServerFrame | string, now: number, except: string | null = null): void {
		const text = typeof frame === "string" ? frame : JSON.stringify(frame);
		for (const { socket, device } of this.live(now)) if (device !== except) deliver(socket, text);
	}

	say(socket: WebSocket, frame: ServerFrame): void {
		deliver(socket, JSON.stringify(frame));
	}

	/** Closes what one signed-out session has open here, and says which devices that were. */
	closeSession(sessionId: string): string[] {
		return this.#state.getWebSockets(`session:${sessionId}`).flatMap((socket) => {
			const { device } = this.of(socket);
			this.#close(socket, CLOSE.signedOut, "signed out");
			return device ?? [];
		});
	}

	#attach(socket: WebSocket, attachment: Attachment): void {
		socket.serializeAttachment(attachment);
		this.#known.set(socket, attachment);
	}

	// The device goes with it at once: a closing socket must not count as present.
	#close(socket: WebSocket, code: number, reason: string): void {
		this.#attach(socket, { ...this.of(socket), device: null, resume: null });
		socket.close(code, reason);
	}
}

/** False for a socket that is closed, or closes between the look and the word. */
export function deliver(socket: WebSocket, frame: string): boolean {
	if (socket.readyState !== WebSocket.OPEN) return false;
	try {
		socket.send(frame);
		return true;
	} catch {
		return false;
	}
}
