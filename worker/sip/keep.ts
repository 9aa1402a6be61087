import { ulid } from "ulid";
import { inOneBatch, type Statement } from "../db/client";
import { notFound } from "../errors";
import { audit } from "../identity/audit/store";
import { newestPepper } from "../identity/secrets";
import { liveSession } from "../identity/store";
import type { House, Scope } from "../scope";
import type { SipProviderChange, SipProviderInput } from "./inputs";
import { openPassword, sealPassword } from "./password";
import {
	addSipProvider,
	changeSipProvider,
	removeSipProvider,
	reseal,
	type SipChange,
	type SipProviderRow,
	sealedOtherwiseAnyAccount,
} from "./store";

const AT_ONCE = 50;

/** Adds a provider. Its password is sealed before it is kept, and never told again. */
export async function addProvider(scope: Scope, input: SipProviderInput): Promise<SipProviderRow> {
	const { accountId, db, settings } = scope;
	const now = scope.now();
	const id = `sip_${ulid(now)}`;
	const { name, host, port, username, password, active } = input;
	const passwordSealed = password ? await sealPassword(settings, { accountId, id }, password) : null;
	const [, [row]] = await inOneBatch(db, [
		liveSession(db, scope),
		addSipProvider(db, {
			id,
			accountId,
			name,
			host,
			port,
			username,
			passwordSealed,
			active,
			createdAt: now,
			updatedAt: now,
		}),
		audit(db, scope, { action: "sip.added", object: id, detail: { name, host, port } }),
	]);
	if (!row) throw new Error("the insert returned no row");
	return row;
}

/** Changes a provider. A password that is not named stays as it is. */
export async function changeProvider(scope: Scope, id: string, change: SipProviderChange): Promise<SipProviderRow> {
	const { accountId, db, settings } = scope;
	const { name, host, port, username, password, active } = change;
	const fields = Object.entries({ name, host, port, username, active }).filter(([, value]) => value !== undefined);
	const set: SipChange = Object.fromEntries(fields);
	if (password !== undefined)
		set.passwordSealed = password ? await sealPassword(settings, { accountId, id }, password) : null;
	const what = [...fields.map(([field]) => field), ...(password === undefined ? [] : ["password"])];
	const [, [row]] = await inOneBatch(db, [
		liveSession(db, scope),
		changeSipProvider(db, accountId, id, set, scope.now()),
		audit(db, scope, { action: "sip.changed", object: id, detail: { fields: what } }),
	]);
	if (!row) throw notFound("SIP provider");
	return row;
}

export async function removeProvider(scope: Scope, id: string): Promise<void> {
	const { accountId, db } = scope;
	const [, gone] = await inOneBatch(db, [
		liveSession(db, scope),
		removeSipProvider(db, accountId, id),
		audit(db, scope, { action: "sip.removed", object: id }),
	]);
	if (gone.length === 0) throw notFound("SIP provider");
}

/** For the cron: seals anew what was sealed with a key before the newest. */
export async function resealPasswords(house: House): Promise<void> {
	const { db, settings } = house;
	const rows = await sealedOtherwiseAnyAccount(db, newestPepper(settings), AT_ONCE);
	const changes: Statement[] = [];
	for (const row of rows)
		try {
			const password = await openPassword(settings, row);
			if (password !== undefined) changes.push(reseal(db, row, await sealPassword(settings, row, password)));
		} catch (error) {
			console.error(JSON.stringify({ level: "error", sipProvider: row.id, error: String(error) }));
		}
	if (changes.length > 0) await inOneBatch(db, changes);
}
