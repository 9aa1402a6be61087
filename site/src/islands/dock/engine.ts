import type { Person } from "../../../../worker/signaling/protocol";
import type { Key } from "./sounds";

/** What the dock asks of a phone, whichever way its calls go: `phone.ts` from browser to browser, `carrier-phone.ts` over the carrier. */
export interface Engine {
	/** Makes this device one that can be called. */
	open(): void;
	shut(): void;
	/** Calls a number or a call identity. */
	dial(input: string): Promise<void>;
	/** Calls a number over a line of one's own, from here or with the person's telephone. */
	dialOver(from: string, to: string, via: "browser" | "phone"): Promise<void>;
	/** A caller who was taken from a queue rings here next, and is answered at once. Gives the way to stop waiting for it. */
	expect(caller: Person): () => void;
	answer(): Promise<void>;
	decline(): void;
	hangUp(): void;
	mute(muted: boolean): void;
	/** Neither side hears the other until it is taken back. */
	hold(on: boolean): void;
	press(key: Key): void;
	/** Goes on with the microphone of the wishes, and this loudspeaker. */
	changeDevices(output: string): Promise<void>;
}
