import type { RefusalReason } from "../carrier";

/** What the exchange answers over RPC, where errors lose their class. */
export type Reply<Value> =
	| { kind: "done"; value: Value }
	| { kind: "refused"; reason: RefusalReason; code: string; message: string }
	| { kind: "busy"; message: string };

export const done = <Value>(value: Value): Reply<Value> => ({ kind: "done", value });

export const refused = (reason: RefusalReason, code: string, message: string): Reply<never> => ({
	kind: "refused",
	reason,
	code,
	message,
});
