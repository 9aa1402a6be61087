import { isOurs } from "../../lib/keys";
import { phone } from "./lazy";
import { call, inCall } from "./state";

const TWICE_MS = 600;
let pressedX = 0;

/** M mutes, H holds, X X hangs up: only during a call. */
export function hearKeys(event: KeyboardEvent): void {
	if (!inCall.peek() || event.repeat || !isOurs(event)) return;
	const held = call.peek();
	const key = event.key.toLowerCase();
	if (key === "m" && held && !held.away) void phone().then(({ mute }) => mute(!held.muted));
	if (key === "h" && held && !held.away) void phone().then(({ hold }) => hold(!held.held));
	if (key !== "x") return;
	const again = Date.now() - pressedX < TWICE_MS;
	pressedX = again ? 0 : Date.now();
	if (again && held && held.state !== "ringing") void phone().then(({ hangUp }) => hangUp());
}
