import type { Context } from "hono";
import { LISTS } from "../live/protocol";
import { tellChanged } from "../live/tell";
import type { HttpEnv } from "./http-env";

/** Tells the account's open pages which list a request has changed, after its answer. */
export function tellChangedList({ req, res, var: { scope } }: Context<HttpEnv>): void {
	if (req.method === "GET" || !res.ok) return;
	const changed = LISTS.find((list) => list === req.path.split("/")[2]);
	if (changed) tellChanged(scope, scope.accountId, changed);
}
