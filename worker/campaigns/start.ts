import * as z from "zod";
import { inOneBatch } from "../db/client";
import { Fault, notFound } from "../errors";
import { tellCampaign } from "../live/tell";
import { nextOpening } from "../pure/calling-hours";
import type { House, Scope } from "../scope";
import { isStartable, type StartFacts, startFacts } from "./facts/store";
import type { CampaignShape } from "./inputs";
import { minuteOf, toCampaign } from "./shape";
import { campaignById, confirmConsent, expireAnyAccount, moveCampaign, moveDueAnyAccount } from "./store";

/** How far clocks on Earth are from UTC at most. */
const AHEAD_OF_UTC_MS = 14 * 3_600_000;
const BEHIND_UTC_MS = 12 * 3_600_000;

export const LegalHours = z.object({ start: z.string(), end: z.string() });

/**
 * Starts a draft (or schedules it, when its start lies ahead). Throws `invalid_input` naming everything that is missing,
 * `out_of_credit` on an empty wallet, `conflict` when it was started before: of many presses one starts it.
 */
export async function startCampaign(
	scope: Scope,
	id: string,
	{ consentConfirmed = false }: { consentConfirmed?: boolean | undefined } = {},
): Promise<CampaignShape> {
	const { db, accountId } = scope;
	const now = scope.now();
	const [[facts], [row]] = await inOneBatch(db, [startFacts(db, accountId, id), campaignById(db, accountId, id)]);
	if (!facts || !row) throw notFound("Campaign");
	if (facts.status !== "draft" && facts.status !== "scheduled")
		throw new Fault("conflict", `The campaign is ${facts.status}; only a draft can be started.`);
	mustBeReady(facts, { to: "start", now });
	const ahead = facts.startsAt !== null && facts.startsAt > now;
	const [, moved, [after]] = await inOneBatch(db, [
		confirmConsent(db, accountId, id, { by: consentConfirmed ? scope.userId : null, now }),
		moveCampaign(db, accountId, id, {
			from: ["draft", "scheduled"],
			to: ahead ? "scheduled" : "running",
			now,
			onlyIf: isStartable(),
		}),
		campaignById(db, accountId, id),
	]);
	if (moved.length === 0 || !after)
		throw new Fault("conflict", "The campaign was changed or started by somebody else meanwhile.");
	tellCampaign(scope, id);
	if (!ahead) await scope.dialerOf(id).wake();
	return toCampaign(after);
}

/**
 * Starts every scheduled campaign whose moment has come, for the cron, and cancels those whose time is over: one round trip, however
 * many there are. One that cannot start any more is paused with the reason.
 */
export async function startScheduled(house: House): Promise<void> {
	const { db } = house;
	const now = house.now();
	const [, started] = await inOneBatch(db, [
		expireAnyAccount(db, now),
		moveDueAnyAccount(db, { to: "running", onlyIf: isStartable(), now }),
		moveDueAnyAccount(db, { to: "paused", reason: "not_ready", now }),
	]);
	await Promise.all(started.map(({ id }) => house.dialerOf(id).wake()));
}

/** Throws `invalid_input` naming everything that keeps a campaign from calling, `out_of_credit` on an empty wallet. */
export function mustBeReady(facts: StartFacts, { to, now }: { to: "start" | "go on"; now: number }): void {
	const details = [...missing(facts, now)];
	const wants = details.map(({ message }) => message).join("; ");
	if (details.length > 0) throw new Fault("invalid_input", `The campaign cannot ${to} yet: ${wants}.`, { details });
	if (facts.availableMicros <= 0)
		throw new Fault("out_of_credit", `The wallet is empty. Top it up, and the campaign can ${to}.`);
}

/** What keeps a campaign from calling, with the field that would mend it. Whose list is copied already needs it no more. */
export function* missing(facts: StartFacts, now: number): Generator<{ path: string; message: string }> {
	if (facts.greeting === null && !facts.greetingText) yield { path: "greetingFileId", message: "choose a greeting" };
	else if (facts.greeting !== null && facts.greeting !== "ready")
		yield { path: "greetingFileId", message: "the greeting's upload has not finished" };
	if (facts.unreadyGreetings > 0)
		yield { path: "script", message: "a file that the script plays is gone or not uploaded yet" };
	if (facts.isCopied === 0 && !facts.contacts)
		yield {
			path: "contactListId",
			message: facts.contacts === null ? "choose a contact list" : "the contact list is empty",
		};
	if (facts.callers === 0)
		yield { path: "callerNumbers", message: "choose at least one number of your own to call from" };
	yield* shut(facts, now);
}

type When = Pick<
	StartFacts,
	"startsAt" | "endsAt" | "windowStartMinute" | "windowEndMinute" | "windowDays" | "holidays" | "legalHours"
>;

/** Why nobody could be called at any hour from now on, with the field that would mend it. */
export function* shut(facts: When, now: number): Generator<{ path: string; message: string }> {
	const legal = LegalHours.parse(JSON.parse(facts.legalHours));
	if (facts.windowStartMinute >= minuteOf(legal.end) || facts.windowEndMinute <= minuteOf(legal.start))
		yield { path: "schedule.window", message: `the hours never open within the legal ${legal.start} to ${legal.end}` };
	else if (facts.endsAt !== null && facts.endsAt <= Math.max(now, facts.startsAt ?? now))
		yield {
			path: "schedule.endsAt",
			message: facts.endsAt <= now ? "its end has passed" : "the campaign would end before it starts",
		};
	else if (neverOpens(facts, now))
		yield { path: "schedule.window", message: "no day that it may call on comes before it ends" };
}

/** True when its hours open nowhere on Earth between its start and its end, whatever zone somebody lives in. */
function neverOpens(facts: When, now: number): boolean {
	const { startsAt, endsAt, legalHours, windowStartMinute, windowEndMinute, windowDays: days, holidays } = facts;
	const legal = LegalHours.parse(JSON.parse(legalHours));
	const opening = nextOpening({
		zones: "UTC",
		window: {
			startMinute: windowStartMinute,
			endMinute: windowEndMinute,
			days,
			holidays,
			...(endsAt === null ? {} : { until: endsAt + AHEAD_OF_UTC_MS }),
		},
		legal: { startMinute: minuteOf(legal.start), endMinute: minuteOf(legal.end) },
		from: Math.max(now, startsAt ?? now) - BEHIND_UTC_MS,
	});
	return opening === null;
}
