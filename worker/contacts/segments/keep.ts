import { ulid } from "ulid";
import * as z from "zod";
import { inOneBatch } from "../../db/client";
import { Fault, notFound } from "../../errors";
import { decodeCursor, type Page, pageOf } from "../../http/pages";
import type { Scope } from "../../scope";
import type { Contact } from "../inputs";
import { contactOnWire } from "../shape";
import { taggingContacts } from "../store";
import type { Segment, SegmentChange, SegmentInput, TagsInput } from "./inputs";
import {
	addingSegment,
	changingSegment,
	findingSegment,
	pagingSegment,
	removingSegment,
	type SegmentRow,
} from "./store";

export async function addSegment(scope: Scope, { name, filter }: SegmentInput): Promise<Segment> {
	const now = scope.now();
	const { accountId } = scope;
	const row = { id: `seg_${ulid(now)}`, accountId, name, filter, createdAt: now, updatedAt: now };
	return one(await addingSegment(scope.db, row));
}

/** Changes a segment; campaigns that have begun go on with whom they began. */
export async function changeSegment(scope: Scope, id: string, { name, filter }: SegmentChange): Promise<Segment> {
	const change = { ...(name === undefined ? {} : { name }), ...(filter === undefined ? {} : { filter }) };
	return one(await changingSegment(scope.db, scope.accountId, id, { ...change, updatedAt: scope.now() }));
}

export async function removeSegment({ db, accountId }: Scope, id: string): Promise<void> {
	const [found, gone] = await inOneBatch(db, [findingSegment(db, accountId, id), removingSegment(db, accountId, id)]);
	if (found.length === 0) throw notFound("Segment");
	if (gone.length === 0) throw new Fault("conflict", "A campaign still needs this segment. Cancel it first.");
}

/** A page of whoever is in the segment right now. */
export async function listSegment(
	{ db, accountId }: Scope,
	id: string,
	{ limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Contact>> {
	const [after] = decodeCursor(cursor, z.tuple([z.string()])) ?? [];
	const [found, rows] = await inOneBatch(db, [
		findingSegment(db, accountId, id),
		pagingSegment(db, accountId, id, { limit, after }),
	]);
	if (found.length === 0) throw notFound("Segment");
	return pageOf(rows, limit, (row) => [row.id], contactOnWire);
}

/** Puts tags on contacts and takes others off; answers how many contacts were named that are the account's own. */
export async function tagContacts({ db, accountId, now }: Scope, input: TagsInput): Promise<number> {
	return (await taggingContacts(db, accountId, input, now())).length;
}

function one(rows: SegmentRow[]): Segment {
	const [row] = rows;
	if (!row) throw notFound("Segment");
	return segmentOnWire(row);
}

export const segmentOnWire = ({ accountId, createdAt, updatedAt, ...row }: SegmentRow): Segment => ({
	...row,
	userId: accountId,
	createdAt: new Date(createdAt).toISOString(),
	updatedAt: new Date(updatedAt).toISOString(),
});
