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
		let said = this.#said.get(socket);
		if (!said) {
			said = { room: most, at: now, refused: 0 };
			this.#said.set(socket, said);
		}
		said.room = Math.min(most, said.room + (now - said.at) * PER_MS * this.#scale);
		said.at = now;
		if (said.room >= 1) {
			said.room--;
			said.refused = 0;
			return "fine";
		}
		said.refused++;
		if (said.refused > PATIENCE) return "cut_off";
		return said.refused === 1 ? "first_too_much" : "too_much";
	}
}
