import * as z from "zod";
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
	readonly #known = new WeakMap<WebSocket, Attachment>();

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
		if (known) return known;
		if (!this.#state.getTags(socket).includes(TAG)) return null;
		const read = Attachment.parse(socket.deserializeAttachment());
		this.#known.set(socket, read);
		return read;
	}

	/** Says it to the caller of this very call; false when it is not here, or has long stopped pinging. */
	tell(call: string, frame: string, now: number): boolean {
		for (const socket of this.#state.getWebSockets(TAG)) {
			const guest = this.of(socket);
			if (socket.readyState !== WebSocket.OPEN || guest?.call !== call) continue;
			const heard = Math.max(guest.since, this.#state.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0);
			if (heard <= now - DEAD_MS) continue;
			try {
				socket.send(frame);
				return true;
			} catch {} // it closed between the look and the word
		}
		return false;
	}

	/** Lets whoever is a guest, or is one for this call, go: it is over, or somebody comes instead. */
	close(code: number, call?: string): void {
		for (const socket of this.#state.getWebSockets(TAG))
			if (call === undefined || this.of(socket)?.call === call) socket.close(code);
	}
}
