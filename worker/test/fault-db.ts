import type { Db } from "../db/client";

/** The process died here: nothing after this runs. */
export class Killed extends Error {
	override readonly name = "Killed";
}

/**
 * The database as a process sees it that dies at its `trip`th round trip, before or after it took effect. Whatever comes later fails
 * too: a dead process does nothing more.
 */
export function dyingAt(db: Db, trip: number, when: "before" | "after"): Db {
	let made = 0;
	const dies = async <T>(go: () => Promise<T>): Promise<T> => {
		made++;
		if (made > trip || (made === trip && when === "before")) throw new Killed(`before trip ${made}`);
		const answer = await go();
		if (made >= trip) throw new Killed(`after trip ${made}`);
		return answer;
	};
	return new Proxy(db, {
		get(target, name, receiver) {
			const member: unknown = Reflect.get(target, name, receiver);
			if (name === "batch" && typeof member === "function")
				return (...all: unknown[]) => dies(() => member.apply(target, all));
			return member;
		},
	});
}
