import { signal } from "@preact/signals";

/** The conversation that was marked unread while it was open: looking at it on does not undo that. */
export const leftUnread = signal<string | null>(null);
