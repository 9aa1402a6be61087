import type { Fault } from "../errors";

/** How a request ended that is carried out once, however often it is asked. */
export type Outcome<Body> =
	| { state: "done"; body: Body; replayed: boolean }
	/** Somebody outside has not told yet; a completer finds out. */
	| { state: "pending"; operationId: string; replayed: boolean }
	| { state: "failed"; fault: Fault; replayed: boolean };

/** The outcome for somebody who wants a part of the body. */
export function withBody<From, To>(outcome: Outcome<From>, pick: (body: From) => To): Outcome<To> {
	return outcome.state === "done" ? { ...outcome, body: pick(outcome.body) } : outcome;
}
