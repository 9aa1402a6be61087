import { phone } from "./lazy";
import { call, inCall } from "./state";
import { wishes } from "./wishes";

const TWICE_MS = 600;
let pressedX = 0;

const isElsewhere = (target: EventTarget | null): boolean =>
	target instanceof HTMLElement &&
	(target.isContentEditable || target.closest("input, textarea, select, dialog, [role=menu]") !== null);

/** M mutes, H holds, X X hangs up: only during a call, never while somebody writes, and not for those who switched them off. */
export function hearKeys(event: KeyboardEvent): void {
	if (!inCall.peek() || !wishes.peek().keys || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
	if (isElsewhere(event.target) || document.querySelector("dialog[open]")) return;
	const held = call.peek();
	const key = event.key.toLowerCase();
	if (key === "m" && held && !held.away) void phone().then(({ mute }) => mute(!held.muted));
	if (key === "h" && held && !held.away) void phone().then(({ hold }) => hold(!held.held));
	if (key !== "x") return;
	const again = Date.now() - pressedX < TWICE_MS;
	pressedX = again ? 0 : Date.now();
	if (again && held && held.state !== "ringing") void phone().then(({ hangUp }) => hangUp());
}
