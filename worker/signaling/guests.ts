import * as z from "zod";
import { deliver } from "./devices";
import { CLOSE, DEAD_MS } from "./protocol";
import type { Guest } from "./ticket";

const TAG = "guest";
const Attachment = z.object({ call: z.string(), identity: z.string(), since: z.number() });
type Attachment = z.output<typeof Attachment>;

/**
 * The caller of a call, in the room of the one who was called: what the two ends tell each other then takes one object and not two.
 * A guest may do nothing but that. Without one, or once it is silent, everything goes from room to room.
 */
export class Guests {
	readonly #state: DurableObjectState;
	readonly #known = new WeakMap<WebSocket, Attachment | null>();
	// Who was told last, and when that socket was last known to be alive.
	#told: { socket: WebSocket; call: string; heard: number } | null = null;

	constructor(state: DurableObjectState) {
		this.#state = state;
	}

	/** Takes the caller in; an older socket of the same gives way. The browser's end goes back to it. */
	accept({ call, identity }: Guest, now: number): WebSocket {
		this.close(CLOSE.replaced);
		const { 0: browser, 1: socket } = new WebSocketPair();
		this.#state.acceptWebSocket(socket, [TAG]);
		const attachment = { call, identity, since: now };
		socket.serializeAttachment(attachment);
		this.#known.set(socket, attachment);
		return browser;
	}

	/** Who speaks through this socket; null when it is no guest's. */
	of(socket: WebSocket): Attachment | null {
		const known = this.#known.get(socket);
		if (known !== undefined) return known;
		const isGuest = this.#state.getTags(socket).includes(TAG);
		const read = isGuest ? Attachment.parse(socket.deserializeAttachment()) : null;
		this.#known.set(socket, read);
		return read;
	}

	/** Says it to the caller of this very call; false when it is not here, or has long stopped pinging. */
	tell(call: string, frame: string, now: number): boolean {
		const told = this.#told;
		if (told?.call === call && told.heard > now - DEAD_MS && deliver(told.socket, frame)) return true;
		this.#told = null;
		for (const socket of this.#state.getWebSockets(TAG)) {
			const guest = this.of(socket);
			if (guest?.call !== call) continue;
			const heard = Math.max(guest.since, this.#state.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0);
			if (heard <= now - DEAD_MS || !deliver(socket, frame)) continue;
			this.#told = { socket, call, heard };
			return true;
		}
		return false;
	}

	/** Lets whoever is a guest, or is one for this call, go: it is over, or somebody comes instead. */
	close(code: number, call?: string): void {
		for (const socket of this.#state.getWebSockets(TAG))
			if (call === undefined || this.of(socket)?.call === call) socket.close(code);
	}
}
