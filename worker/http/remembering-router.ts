import type { Result, Router } from "hono/router";
import { TrieRouter } from "hono/router/trie-router";

/** More addresses than the API has, and longer ones; beyond them somebody is guessing. */
const MOST = 1_000;
const LONGEST = 100;

/**
 * Hono's router for any set of routes, with its answers for addresses without parameters kept: they are the same as long as the Worker
 * lives. Hono's faster router cannot take all of our routes, and without it some twenty nodes are walked for every request.
 */
export class RememberingRouter<Handler> implements Router<Handler> {
	readonly name = "RememberingRouter";
	readonly #routes = new TrieRouter<Handler>();
	readonly #known = new Map<string, Result<Handler>>();

	add(method: string, path: string, handler: Handler): void {
		this.#known.clear();
		this.#routes.add(method, path, handler);
	}

	match(method: string, path: string): Result<Handler> {
		const key = `${method} ${path}`;
		const known = this.#known.get(key);
		if (known) return known;
		const found = this.#routes.match(method, path);
		if (path.length <= LONGEST && found[0].every(([, params]) => isEmpty(params))) {
			if (this.#known.size >= MOST) this.#known.clear();
			this.#known.set(key, found);
		}
		return found;
	}
}

function isEmpty(params: object): boolean {
	for (const _ in params) return false;
	return true;
}
