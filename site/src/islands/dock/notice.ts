/** Tells of a call outside the page too, for those who asked for that and look elsewhere. Gives the way to take it back. */
export function notifyOf(name: string): () => void {
	if (typeof Notification === "undefined" || Notification.permission !== "granted" || document.hasFocus())
		return () => {};
	try {
		const shown = new Notification(`${name} calls you`, { tag: "call", requireInteraction: true });
		shown.onclick = () => {
			window.focus();
			shown.close();
		};
		return () => shown.close();
	} catch {
		// Some phones let only a service worker notify.
		return () => {};
	}
}
