import "../../lib/no-eval";
import { type ClientFrame, PONG, parseFrame, ServerFrame, SUBPROTOCOL } from "../../../../worker/signaling/protocol";
import { pulse } from "./pulse";

/** After so many losses in one call its signals go through both rooms, which always works. */
const MOST_TIMES = 3;

interface Ends {
	onFrame: (frame: ServerFrame) => void;
	/** It broke during the call, or never came about; `again`: a new ticket for it is worth asking for. */
	onLost: (again: boolean, wasOpen: boolean) => void;
}

/** A caller's place in the room of the one who is called: signals then pass one room and not two. */
export class Direct {
	#socket: WebSocket | null = null;
	#stop = () => {};
	#times = 0;
	readonly #ends: Ends;

	constructor(ends: Ends) {
		this.#ends = ends;
	}

	get isOpen(): boolean {
		return this.#socket?.readyState === WebSocket.OPEN;
	}

	enter(identity: string, ticket: string): void {
		this.#drop();
		const address = `${location.origin.replace(/^http/, "ws")}/api/signaling/${identity}`;
		const socket = new WebSocket(address, [SUBPROTOCOL, ticket]);
		this.#socket = socket;
		this.#times++;
		let wasOpen = false;
		const lost = () => {
			if (this.#socket !== socket) return;
			this.#drop();
			this.#ends.onLost(this.#times < MOST_TIMES, wasOpen);
		};
		socket.onopen = () => {
			wasOpen = true;
			if (this.#socket === socket) this.#stop = pulse(socket, () => {}, lost);
		};
		socket.onmessage = ({ data }) => {
			const frame = data === PONG ? null : parseFrame(ServerFrame, String(data));
			if (frame && this.#socket === socket) this.#ends.onFrame(frame);
		};
		socket.onclose = lost;
	}

	/** False when there is no such way at the moment. */
	say(frame: ClientFrame): boolean {
		if (this.#socket?.readyState !== WebSocket.OPEN) return false;
		this.#socket.send(JSON.stringify(frame));
		return true;
	}

	shut(): void {
		this.#drop();
		this.#times = 0;
	}

	#drop(): void {
		const socket = this.#socket;
		this.#socket = null;
		this.#stop();
		this.#stop = () => {};
		socket?.close(1000);
	}
}
