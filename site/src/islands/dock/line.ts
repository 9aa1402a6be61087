import "../../lib/no-eval";
import {
	type ClientFrame,
	PONG,
	parseFrame,
	ServerFrame,
	SUBPROTOCOL,
	VERSION,
} from "../../../../worker/signaling/protocol";
import { pulse } from "./pulse";
import { line, overCarrier, roundTrip } from "./state";
import { askWay, handOver } from "./way";

const LONGEST_WAIT_MS = 15_000;

/** This device's place in its room: comes back by itself after every drop, as the same device. */
export class Line {
	iceServers: RTCIceServer[] = [];
	#socket: WebSocket | null = null;
	#resume: string | undefined;
	#tries = 0;
	#wanted = false;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#stopPulse = () => {};
	readonly #onFrame: (frame: ServerFrame) => void;

	constructor(onFrame: (frame: ServerFrame) => void) {
		this.#onFrame = onFrame;
		addEventListener("online", () => this.#again(0));
		document.addEventListener("visibilitychange", () => {
			if (!document.hidden && line.peek() !== "on") this.#again(0);
		});
	}

	open(): void {
		if (this.#wanted) return;
		this.#wanted = true;
		void this.#enter();
	}

	shut(): void {
		this.#wanted = false;
		this.#resume = undefined;
		clearTimeout(this.#timer);
		this.#socket?.close(1000);
		line.value = "off";
	}

	/** False when there is no line at the moment. */
	say(frame: ClientFrame): boolean {
		if (this.#socket?.readyState !== WebSocket.OPEN) return false;
		this.#socket.send(JSON.stringify(frame));
		return true;
	}

	async #enter(): Promise<void> {
		line.value = "connecting";
		try {
			const way = await askWay();
			if (!this.#wanted) return;
			if (way.mode !== "webrtc") {
				this.#wanted = false;
				handOver(way);
				overCarrier.value = true; // the carrier's own phone takes over
				return;
			}
			this.iceServers = way.iceServers as RTCIceServer[];
			this.#attach(new WebSocket(this.#address(way.identity), [SUBPROTOCOL, way.ticket]));
		} catch {
			this.#again();
		}
	}

	#attach(socket: WebSocket): void {
		this.#socket = socket;
		const isCurrent = () => this.#socket === socket;
		socket.onopen = () => this.say({ type: "hello", v: VERSION, ...(this.#resume ? { resume: this.#resume } : {}) });
		socket.onmessage = ({ data }) => {
			if (data === PONG || !isCurrent()) return;
			const frame = parseFrame(ServerFrame, String(data));
			if (frame?.type === "welcome") this.#welcomed(socket, frame.resume);
			if (frame) this.#onFrame(frame);
		};
		socket.onclose = () => {
			if (!isCurrent()) return;
			this.#stopPulse();
			this.#again();
		};
	}

	#welcomed(socket: WebSocket, resume: string): void {
		this.#resume = resume;
		this.#tries = 0;
		line.value = "on";
		this.#stopPulse();
		this.#stopPulse = pulse(
			socket,
			(ms) => {
				roundTrip.value = ms;
			},
			() => this.#socket === socket && this.#drop(),
		);
	}

	#drop(): void {
		const socket = this.#socket;
		this.#socket = null;
		this.#stopPulse();
		socket?.close();
		this.#again(0);
	}

	#again(wait = Math.min(LONGEST_WAIT_MS, 300 * 2 ** this.#tries++)): void {
		if (!this.#wanted || this.#socket?.readyState === WebSocket.OPEN) return;
		line.value = "connecting";
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.#enter(), wait * (0.75 + Math.random() / 2));
	}

	#address(identity: string): string {
		return `${location.origin.replace(/^http/, "ws")}/api/signaling/${identity}`;
	}
}
