import { notFound } from "../errors";
import { findUser } from "../identity/store";
import { type CallsWay, wayOfCalls } from "../outside/turn/calls-way";
import type { Scope } from "../scope";
import { mintTicket } from "./ticket";

/** Which way this person's browser calls now, and what it needs for that. */
export async function askWay(scope: Scope): Promise<CallsWay> {
	const person = await callerOf(scope);
	return wayOfCalls(scope.settings, person.identity, scope.now(), () =>
		mintTicket(
			scope.settings,
			{ ...person, sessionId: scope.sessionId ?? scope.apiKeyId ?? "", guest: null },
			scope.now(),
		),
	);
}

/** As whom a user calls. */
export async function callerOf({ db, accountId, userId }: Scope) {
	const user = await findUser(db, accountId, userId);
	if (user?.status !== "active") throw notFound("User");
	return {
		identity: user.care4wId,
		name: (user.fullName ?? user.companyName ?? "").slice(0, 200),
		number: user.personalE164 ?? "",
	};
}
