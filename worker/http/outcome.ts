import type { Context, TypedResponse } from "hono";
import * as z from "zod";
import type { Outcome } from "../once/outcome";
import type { HttpEnv } from "./http-env";

/** The body of a 202: the carrier has not told yet, ask again under this id. */
export const Pending = z.object({ operationId: z.string(), status: z.literal("pending") });

/** Answers what an operation came to: its body, 202 while it is unclear, or its fault. A repeated answer says so in a header. */
export function answerOutcome<Body extends object, Status extends 200 | 201>(
	c: Context<HttpEnv>,
	outcome: Outcome<Body>,
	status: Status,
):
	| (Response & TypedResponse<Body, Status, "json">)
	| (Response & TypedResponse<z.output<typeof Pending>, 202, "json">) {
	if (outcome.replayed) c.header("idempotent-replayed", "true");
	if (outcome.state === "failed") throw outcome.fault;
	if (outcome.state === "pending") {
		c.header("retry-after", "5");
		return c.json({ operationId: outcome.operationId, status: "pending" as const }, 202);
	}
	return c.json(outcome.body, status) as unknown as Response & TypedResponse<Body, Status, "json">;
}
