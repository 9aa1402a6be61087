import type { ServerFrame, Signal } from "../../../../worker/signaling/protocol";
import { Direct } from "./direct";
import { Line } from "./line";

interface Ears {
	hear: (frame: ServerFrame) => void;
	/** The short way broke, or never came about; `again`: a new ticket for it is worth asking for. */
	lost: (again: boolean, wasOpen: boolean) => void;
}

let ears: Ears = { hear: () => {}, lost: () => {} };

export const line = new Line((frame) => ears.hear(frame));
export const direct = new Direct({
	onFrame: (frame) => ears.hear(frame),
	onLost: (again, wasOpen) => ears.lost(again, wasOpen),
});

export function listen(to: Ears): void {
	ears = to;
}

/** Tells the other end of a call, by the short way where there is one. */
export function tellOther(call: string, signal: Signal): void {
	const frame = { type: "signal", call, signal } as const;
	if (!direct.say(frame)) line.say(frame);
}
