const OFF = "trunkline-keys-off";

/** Whether single keys do something in this browser: on unless somebody switched them off (WCAG 2.2, 2.1.4). */
export const keysAreOn = (): boolean => localStorage.getItem(OFF) === null;

export function switchKeys(on: boolean): void {
	if (on) localStorage.removeItem(OFF);
	else localStorage.setItem(OFF, "1");
}

/** True when a key press is a single key of the desk's: no chord, nobody types, and nothing lies over the page. */
export function isOurs(event: KeyboardEvent): boolean {
	if (event.ctrlKey || event.metaKey || event.altKey || !keysAreOn()) return false;
	const { target } = event;
	const isTyping =
		target instanceof HTMLElement &&
		(target.isContentEditable || target.matches("input, textarea, select, [role=menu] *"));
	return !isTyping && document.querySelector("dialog[open], [popover]:popover-open") === null;
}
