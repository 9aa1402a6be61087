import { changed, mask } from "./cache";
import { Refusal } from "./refusal";
import { tellTrouble, tellUndoable } from "./toasts";

interface Removal<Item> {
	/** The cache key of the list that holds it. */
	key: string;
	remove: () => Promise<unknown>;
	/** "Greeting “hello.wav” deleted." */
	text: string;
	isIt: (item: Item) => boolean;
}

/** Takes an item off its list at once, deletes it when nobody undoes that in time, and puts it back otherwise. */
export function removeWithUndo<Item>({ key, remove, text, isIt }: Removal<Item>): void {
	const going = mask<Item[]>([key], (items) => items.filter((item) => !isIt(item)));
	tellUndoable(
		text,
		() => {
			remove()
				.catch(tellTrouble)
				.finally(() => {
					going.lift();
					void changed(key);
				});
		},
		going.undo,
	);
}

/** A key for one intention to spend: kept until there is a definite answer, so that pressing twice buys once. */
export function newKey(): string {
	return crypto.randomUUID();
}

/** The key for the next try: the same one while nobody knows whether the first try was taken, so that it cannot spend twice. */
export function keyAfter(key: string, error: unknown): string {
	const unclear = error instanceof Refusal && (error.status === 0 || /^(in_progress|internal)$/.test(error.code));
	return unclear ? key : newKey();
}
