/** A socket may say this much at once, and as much again in every minute. */
const BURST = 100;
const PER_MS = 100 / 60_000;
/** Who goes on although told to stop is cut off. */
const PATIENCE = 100;

/** How much each socket says. In memory only: a room that was evicted was not being flooded. */
export class Flood {
	readonly #said = new WeakMap<WebSocket, { room: number; at: number; refused: number }>();
	readonly #scale: number;

	constructor(scale: number) {
		this.#scale = scale;
	}

	judge(socket: WebSocket, now: number): "fine" | "first_too_much" | "too_much" | "cut_off" {
		const most = BURST * this.#scale;
		const { room, at, refused } = this.#said.get(socket) ?? { room: most, at: now, refused: 0 };
		const left = Math.min(most, room + (now - at) * PER_MS * this.#scale);
		if (left >= 1) {
			this.#said.set(socket, { room: left - 1, at: now, refused: 0 });
			return "fine";
		}
		this.#said.set(socket, { room: left, at: now, refused: refused + 1 });
		if (refused >= PATIENCE) return "cut_off";
		return refused === 0 ? "first_too_much" : "too_much";
	}
}
