/** How long a whole import can be taken back. */
export const UNDO_MS = 86_400_000;
