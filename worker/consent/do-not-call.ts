import * as z from "zod";
import { runningCampaignsOf } from "../campaigns/running/store";
import { spare } from "../campaigns/spare";

import { typedNumber } from "../contacts/number";
import { inOneBatch } from "../db/client";
import { Fault, notFound } from "../errors";
import { decodeCursor, type Page, pageOf } from "../http/pages";
import type { Scope } from "../scope";
import type { DoNotCall, DoNotCallInput, DoNotCallWithHistory, EntryId } from "./inputs";
import { entryOnWire, eventOnWire } from "./shape";
import { findingSuppression, forbidding, latestEvents, pageSuppressions, withdrawing } from "./store";

export async function listDoNotCall(
	{ db, accountId }: Scope,
	{ limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<DoNotCall>> {
	const after = decodeCursor(cursor, z.tuple([z.string(), z.string()]));
	const rows = await pageSuppressions(db, accountId, { limit, after });
	return pageOf(rows, limit, ({ e164, scope }) => [e164, scope], entryOnWire);
}

export async function readDoNotCall(
	{ db, accountId }: Scope,
	{ e164, scope }: EntryId,
): Promise<z.output<typeof DoNotCallWithHistory>> {
	const [[row], events] = await db.batch([
		findingSuppression(db, accountId, e164, scope),
		latestEvents(db, accountId, e164),
	]);
	if (!row) throw notFound("Entry");
	return { ...entryOnWire(row), history: events.map(eventOnWire) };
}

/** Puts a number on the do-not-call list. One that the owner has put there already is a conflict; one whose person said stop is not. */
export async function forbid(scope: Scope, input: DoNotCallInput): Promise<DoNotCall> {
	const { db, accountId } = scope;
	const { e164 } = await typedNumber(scope, input.phoneNumber, { country: input.country });
	const wish = { scope: input.scope, note: input.note, now: scope.now() };
	const [added, [row], running] = await inOneBatch(db, [
		forbidding(db, accountId, JSON.stringify([e164]), wish),
		findingSuppression(db, accountId, e164, input.scope),
		runningCampaignsOf(db, accountId),
	]);
	await spare(scope, running, [e164]);
	if (added.length === 0) throw new Fault("already_exists", "This number is on your do-not-call list already");
	if (!row) throw notFound("Entry");
	return entryOnWire(row);
}

/** Takes back what the owner entered. What a person has said stays: it is a conflict to want it gone. */
export async function allowAgain({ db, accountId, now }: Scope, { e164, scope }: EntryId): Promise<void> {
	const [withdrawn, [left]] = await db.batch([
		withdrawing(db, accountId, { e164, scope, now: now() }),
		findingSuppression(db, accountId, e164, scope),
	]);
	if (left)
		throw new Fault("opted_out", "This person has asked for silence. Only the person can end it, by a START message.");
	if (withdrawn.length === 0) throw notFound("Entry");
}
