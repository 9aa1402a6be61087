import { dialTarget } from "../../assistants/dial-target";
import type { TransferRoute } from "../../db/tables/campaigns";
import type { DialTarget } from "../../outside/carrier/twiml";
import type { House } from "../../scope";
import { openPassword } from "../../sip/password";
import type { Scripted } from "../script";
import { activeProvider, identitiesOf } from "./store";

/** Whom a 1 connects to: lines that ring at once, or (an assistant in simulation) somebody who says this and hangs up. */
export type Taker = { ring: DialTarget[] } | { says: string };

/** Who takes the call by the campaign's route; null when nobody can right now: a provider that is off, an assistant that is gone. */
export async function takerOf(house: House, script: Scripted, carrierRef: string): Promise<Taker | null> {
	const route = script.script.transfer;
	if (!route) return null;
	if (route.to === "agents") {
		const identities = await identitiesOf(house.db, script.accountId, route.userIds);
		return identities.length > 0 ? { ring: identities.map((client) => ({ client })) } : null;
	}
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
