import { dialTarget } from "../../assistants/dial-target";
import { callbackUrl } from "../../calls/callback-url";
import { callOfAttempt, takeCallOfAttemptAnyAccount } from "../../calls/store";
import { inOneBatch } from "../../db/client";
import type { TransferRoute } from "../../db/tables/campaign-script";
import type { DialTarget } from "../../outside/carrier/twiml";
import { fillIn } from "../../pure/fill-in";
import type { RouteStep } from "../../routing/inputs";
import type { House } from "../../scope";
import { openPassword } from "../../sip/password";
import type { Scripted } from "../script";
import { activeProvider, identitiesOf, queueNamed } from "./store";

/** Whom a 1 connects to: lines that ring at once, a place to wait, or (an assistant in simulation) somebody who says this and hangs up. */
export type Taker = { ring: DialTarget[] } | { waits: string } | { says: string };

/** Who takes the call by the campaign's route; null when nobody can right now: a provider that is off, an assistant that is gone. */
export async function takerOf(house: House, script: Scripted, carrierRef: string): Promise<Taker | null> {
	const route = script.script.transfer;
	if (!route) return null;
	if (route.to === "agents") {
		const identities = await identitiesOf(house.db, script.accountId, route.userIds);
		return identities.length > 0 ? { ring: identities.map((client) => ({ client })) } : null;
	}
	if (route.to === "queue") return inQueue(house, script, route.queueId, carrierRef);
	return route.to === "sip" ? bySip(house, script, route) : byAssistant(house, script, route.assistantId, carrierRef);
}

async function bySip(house: House, script: Scripted, route: TransferRoute & { to: "sip" }): Promise<Taker | null> {
	const provider = await activeProvider(house.db, script.accountId, route.sipProviderId);
	if (!provider) return null;
	const password = await openPassword(house.settings, provider).catch(() => undefined);
	const sip = `sip:${route.user ?? script.callerE164}@${provider.host}:${provider.port}`;
	const credentials = {
		...(provider.username ? { username: provider.username } : {}),
		...(password === undefined ? {} : { password }),
	};
	return { ring: [{ sip, ...credentials }] };
}

async function byAssistant(
	house: House,
	{ accountId, e164, callerE164 }: Scripted,
	assistantId: string,
	carrierRef: string,
): Promise<Taker | null> {
	const target = await dialTarget(house, accountId, { assistantId, carrierRef, from: e164, to: callerE164 });
	if (!target) return null;
	return target.kind === "sip" ? { ring: [{ sip: target.uri }] } : { says: target.says };
}

/** The call goes the way of those that come in; who is not answered hears what the campaign says then. */
async function inQueue(
	{ db, settings }: House,
	script: Scripted,
	queueId: string,
	carrierRef: string,
): Promise<Taker | null> {
	const { accountId, attemptId } = script;
	const steps: RouteStep[] = [{ kind: "queue", queueId }, ...sorry(script)];
	const [[queue]] = await inOneBatch(db, [
		queueNamed(db, accountId, queueId),
		takeCallOfAttemptAnyAccount(db, { attemptId, carrierRef, route: { steps, language: script.script.language } }),
	]);
	if (!queue) return null;
	return { waits: callbackUrl(settings, "next", { callId: callOfAttempt(attemptId), branch: "moved" }) };
}

// Without words of the campaign's own the route comes to its end, where callers hear that nobody is free.
function sorry({ script: { abandoned }, fields }: Scripted): RouteStep[] {
	if (!abandoned) return [];
	const { greetingFileId, text } = abandoned;
	return [
		...(greetingFileId ? [{ kind: "play" as const, greetingFileId }] : []),
		...(text ? [{ kind: "say" as const, text: fillIn(text, fields) }] : []),
		{ kind: "hangup" },
	];
}
