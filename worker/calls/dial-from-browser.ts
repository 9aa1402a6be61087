import { ulid } from "ulid";
import { refuseCostly } from "../consent/reach/destination";
import { mustBeOpen, mustReach } from "../consent/reach/store";
import { inOneBatch, type Statement } from "../db/client";
import { brokenRule } from "../db/guards";
import { Fault } from "../errors";
import { spendAs } from "../identity/store";
import { tellWallet } from "../live/tell";
import { voiceAnswer } from "../outside/carrier/twiml";
import { type Phone, parsePhone } from "../pure/phone";
import type { House } from "../scope";
import { reserveUsage } from "../wallet/usage/store";
import { calleeOf } from "./connect-callee";
import {
	type BrowserCaller,
	browserCallerAnyAccount,
	type CallContext,
	contextIn,
	readingContext,
	readWith,
} from "./context/store";
import type { BrowserForm } from "./inputs";
import { minutesTo } from "./leg-money";
import { ringPerson } from "./ring-person";
import { AGAIN, notePlaced, placeCallOf } from "./store";
import { addEventAnyAccount } from "./story/store";

const CLIENT = "client:";
/** Exactly a call identity: what followed it the carrier would take for parameters of the other browser's call. */
const IDENTITY = /^care4w-[0-9A-HJKMNP-TV-Z]{7}$/;
const NO_MONEY = "There is not enough credit for this call.";
/** What is said to whom a rule of the database stops. */
const WORDS: Record<string, string> = {
	wallet_covers: NO_MONEY,
	day_within_cap: NO_MONEY,
	member_within_limit: NO_MONEY,
	peer_is_open: "This person has asked not to be called.",
	country_is_open: "Calls to this country are not open for you.",
};

/**
 * A browser that is a telephone of the carrier's calls somebody: the caller is known by the carrier's word alone, and shows a line of
 * its own. Whatever forbids the call is said aloud instead. A call identity rings that person's browser.
 */
export async function dialFromBrowser(house: House, form: BrowserForm): Promise<string> {
	const identity = form.From.startsWith(CLIENT) ? form.From.slice(CLIENT.length) : "";
	const caller = await browserCallerAnyAccount(house.db, identity, form.CallerId || null);
	if (!caller) return voiceAnswer().reject().toXml();
	try {
		if (IDENTITY.test(form.To))
			return await ringPerson(house, caller, { from: identity, to: form.To, carrierRef: form.CallSid });
		return await dial(house, caller, form);
	} catch (error) {
		const words = error instanceof Fault ? error.message : WORDS[brokenRule(error) ?? ""];
		if (!words) throw error;
		return voiceAnswer().say(words).hangup().toXml();
	}
}

async function dial(house: House, caller: BrowserCaller, form: BrowserForm): Promise<string> {
	const { settings } = house;
	const { line } = caller;
	const to = parsePhone(form.To, caller.country ?? parsePhone(line ?? "")?.country);
	if (!to) throw new Fault("invalid_input", "This is not a telephone number that can be called.");
	refuseCostly(to);
	if (line === null)
		throw new Fault(
			"not_allowed",
			form.CallerId ? "This number is not yours to call from." : "You have no line to call from. Get a number first.",
		);
	const call = await begun(house, { ...caller, line, to, carrierRef: form.CallSid });
	return calleeOf(settings, call, call.minutesHeld ?? 1).toXml();
}

interface Order extends Omit<BrowserCaller, "line"> {
	line: string;
	to: Phone;
	carrierRef: string;
}

/** Writes the call down with its money set aside. Asked again, because our answer was lost, it is the same call. */
async function begun(house: House, order: Order): Promise<CallContext> {
	try {
		return await begin(house, order);
	} catch (error) {
		if (!AGAIN.has(brokenRule(error) ?? "")) throw error;
		const call = contextIn(await inOneBatch(house.db, readingContext(house.db, { carrierRef: order.carrierRef }, 0)));
		if (call?.endedAt !== null || call.minutesHeld === null)
			throw new Fault("conflict", "You are in a call already.", { cause: error });
		return call;
	}
}

async function begin(house: House, { accountId, userId, role, line, to, carrierRef }: Order): Promise<CallContext> {
	const { db, settings } = house;
	const now = house.now();
	const id = `call_${ulid(now)}`;
	const lookAfter = now + settings.COMPLETER_AGE_SECONDS * 1000;
	const writing: Statement[] = [
		mustReach(db, accountId, to.country),
		mustBeOpen(db, accountId, to.e164, "calls"),
		...spendAs(db, { accountId, userId, role, now: house.now }, id),
		reserveUsage(db, accountId, minutesTo(to.country, id, to.e164, now)),
		placeCallOf(db, { id, accountId, userId, from: line, to: to.e164, via: "browser", usageRef: id, lookAfter, now }),
		notePlaced(db, accountId, id, carrierRef),
		addEventAnyAccount(db, id, { kind: "placed", detail: { via: "browser", to: to.e164 }, now }),
	];
	const call = await readWith(db, writing, { id }, now);
	tellWallet(house, accountId);
	if (!call) throw new Error("the call that was just written is not there");
	return call;
}
