import { ulid } from "ulid";
import * as z from "zod";
import { Fault, notFound } from "../../errors";
import { decodeCursor, type Page, pageOf } from "../../http/pages";
import type { Scope } from "../../scope";
import type { Contact } from "../inputs";
import { contactOnWire } from "../shape";
import type { ContactList, ListChangeInput, ListInput } from "./inputs";
import { listOnWire } from "./shape";
import {
	addingList,
	addingMembers,
	campaignsNeedingList,
	changingList,
	findingList,
	type ListRow,
	pagingMembers,
	removingList,
	removingMember,
} from "./store";

export async function addList(scope: Scope, { name, description }: ListInput): Promise<ContactList> {
	const now = scope.now();
	const list = {
		id: `lst_${ulid(now)}`,
		accountId: scope.accountId,
		name,
		description,
		createdAt: now,
		updatedAt: now,
	};
	return one(await addingList(scope.db, list));
}

export async function readList({ db, accountId }: Scope, id: string): Promise<ContactList> {
	return one(await findingList(db, accountId, id));
}

export async function changeList(
	scope: Scope,
	id: string,
	{ name, description }: ListChangeInput,
): Promise<ContactList> {
	return one(await changingList(scope.db, scope.accountId, id, { name, description, updatedAt: scope.now() }));
}

/** Removes a list; its contacts stay. A list that a campaign still needs is a conflict that names the campaign. */
export async function removeList({ db, accountId }: Scope, id: string): Promise<void> {
	const [needing, gone] = await db.batch([campaignsNeedingList(db, accountId, id), removingList(db, accountId, id)]);
	const [campaign] = needing;
	if (campaign) throw new Fault("conflict", `The campaign "${campaign.title}" still needs this list. Cancel it first.`);
	if (gone.length === 0) throw notFound("Contact list");
}

/** A page of the list's contacts. */
export async function listMembers(
	{ db, accountId }: Scope,
	listId: string,
	{ limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Contact>> {
	const [after] = decodeCursor(cursor, z.tuple([z.string()])) ?? [];
	const [lists, members] = await db.batch([
		findingList(db, accountId, listId),
		pagingMembers(db, accountId, listId, { limit, after }),
	]);
	if (lists.length === 0) throw notFound("Contact list");
	return pageOf(members, limit, ({ id }) => [id], contactOnWire);
}

/** Puts contacts of the account on a list. Those that are on it, and ids of nobody, change nothing. */
export async function addMembers({ db, accountId }: Scope, listId: string, contactIds: string[]): Promise<ContactList> {
	const [, list] = await db.batch([
		addingMembers(db, accountId, listId, contactIds),
		findingList(db, accountId, listId),
	]);
	return one(list);
}

export async function removeMember({ db, accountId }: Scope, listId: string, contactId: string): Promise<void> {
	const gone = await removingMember(db, accountId, listId, contactId);
	if (gone.length === 0) throw notFound("Contact on this list");
}

function one(rows: ListRow[]): ContactList {
	const [row] = rows;
	if (!row) throw notFound("Contact list");
	return listOnWire(row);
}
