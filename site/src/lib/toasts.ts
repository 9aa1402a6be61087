import { signal } from "@preact/signals";
import { reasonOf } from "./refusal";

export interface Toast {
	id: number;
	tone: "good" | "bad" | "plain";
	text: string;
	undo?: () => void;
}

export const toasts = signal<Toast[]>([]);

let last = 0;

function show(toast: Omit<Toast, "id">): number {
	const id = ++last;
	toasts.value = [...toasts.value.slice(-2), { ...toast, id }];
	return id;
}

export function dismiss(id: number): void {
	toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

/** Says that something was done. */
export function tell(text: string): void {
	show({ tone: "good", text });
}

/** Says what went wrong. Stays until it is dismissed. */
export function tellTrouble(error: unknown): void {
	show({ tone: "bad", text: reasonOf(error) });
}

/** How long something stays undoable. */
export const UNDO_MS = 10_000;

const pending = new Set<() => void>();
if (typeof addEventListener !== "undefined")
	addEventListener("pagehide", () => {
		for (const act of pending) act();
	});

/**
 * Says that something is gone and does it only when nobody took it back. `act` must survive the page being closed
 * (a fetch with keepalive), because closing the page is no way to undo.
 */
export function tellUndoable(text: string, act: () => void, undo: () => void): void {
	const finish = () => {
		clearTimeout(timer);
		pending.delete(finish);
		act();
	};
	const timer = setTimeout(finish, UNDO_MS);
	pending.add(finish);
	const id = show({
		tone: "plain",
		text,
		undo: () => {
			clearTimeout(timer);
			pending.delete(finish);
			dismiss(id);
			undo();
		},
	});
}
