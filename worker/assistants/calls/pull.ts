import { inOneBatch } from "../../db/client";
import type { AboutCall, KnownCall } from "../../outside/assistant/assistant";
import type { House } from "../../scope";
import { Spec } from "../inputs";
import { hearAssistant } from "./hear";
import { payLegs } from "./legs";
import { fetchRecordings } from "./recordings";
import { type AssistantCallRow, forgetEventsAnyAccount, lookAtCall, overdueCallsAnyAccount } from "./store";

const AT_ONCE = 20;
const AGAIN_MS = 120_000;
/** How often a call is asked about before it is left as it is. */
const MOST_TRIES = 60;
const EVENTS_KEPT_MS = 30 * 86_400_000;
/** Calls that we have heard nothing of at all are looked for this often, and this far back. */
const LOOK_EVERY_MINUTES = 15;
const LOOK_BACK_MS = 2 * 3_600_000;

/** Fetches what the provider should have told and did not: reports of calls that are over, their recordings, and legs that it has put through. */
export async function pullReports(house: House): Promise<void> {
	const now = house.now();
	const due = await overdueCallsAnyAccount(house.db, now, AT_ONCE);
	for (const { call, spec } of due.filter(({ call }) => call.reportedAt === null)) await pullOne(house, call, spec);
	await fetchRecordings(house);
	await payLegs(house);
	if (Math.floor(now / 60_000) % LOOK_EVERY_MINUTES !== 0) return;
	for (const report of await house.assistants.callsSince(now - LOOK_BACK_MS)) await hearAssistant(house, report);
	await forgetEventsAnyAccount(house.db, now - EVENTS_KEPT_MS, 1_000);
}

async function pullOne(house: House, call: AssistantCallRow, spec: string): Promise<void> {
	const { db, assistants, now } = house;
	const next = call.tries >= MOST_TRIES ? null : now() + AGAIN_MS * (1 + Math.min(call.tries, 30));
	await inOneBatch(db, [lookAtCall(db, call, next)]);
	try {
		const report = await assistants.findCall(knownCall(call, spec, now()));
		if (report) await hearAssistant(house, report);
	} catch (error) {
		console.warn(JSON.stringify({ level: "warn", call: call.id, waits: "report", error: String(error) }));
	}
}

/** A call of ours as the provider is asked about it. */
function knownCall(call: AssistantCallRow, spec: string, now: number): KnownCall {
	const inbound = call.direction === "inbound";
	const about: AboutCall = {
		callRef: call.providerRef,
		carrierRef: call.carrierRef,
		assistantRef: null,
		numberRef: null,
		ownNumber: inbound ? call.toAddress : call.fromAddress,
		customer: inbound ? call.fromAddress : call.toAddress,
		direction: call.direction,
	};
	const parsed = Spec.safeParse(JSON.parse(spec || "{}"));
	const { providerRef: ref, startedAt, endedAt } = call;
	return { ref, startedAt, endedAt, spec: parsed.data ?? null, about, now };
}
