import { ulid } from "ulid";
import { inOneBatch, type Statement } from "../db/client";
import { brokenRule } from "../db/guards";
import { Fault, notFound } from "../errors";
import { audit, auditIfDone } from "../identity/audit/store";
import { seal } from "../identity/sealed";
import { allowsLoopback } from "../outside/customer";
import { newSecret } from "../pure/standard-webhook";
import { targetOf } from "../pure/web-target";
import type { Scope } from "../scope";
import type { WebhookChange, WebhookInput } from "./inputs";
import { addWebhook, changeWebhook, dropWebhook, MOST_WEBHOOKS, replaceSecret, type WebhookRow } from "./store";

const HOUR_MS = 3_600_000;
/** Where a secret is sealed to, so that no row's secret can stand in for another's. */
export const placeOf = (accountId: string, id: string) => `${accountId}|webhooks|${id}|secret`;

/** Makes a webhook. Its secret is told this once. */
export async function makeWebhook(scope: Scope, input: WebhookInput): Promise<{ webhook: WebhookRow; secret: string }> {
	const { db, accountId, settings } = scope;
	const { userId: _, ...given } = input;
	const id = `whk_${ulid()}`;
	const secret = newSecret();
	const now = scope.now();
	const webhook: WebhookRow = {
		...given,
		id,
		accountId,
		url: checked(scope, given.url),
		status: "active",
		disabledReason: null,
		secretSealed: await seal(settings, secret, placeOf(accountId, id)),
		previousSealed: null,
		previousUntil: null,
		failingSince: null,
		createdAt: now,
		updatedAt: now,
	};
	try {
		await inOneBatch<Statement>(db, [
			...addWebhook(db, webhook),
			audit(db, scope, { action: "webhook.made", object: id, detail: { url: webhook.url } }),
		]);
	} catch (error) {
		if (brokenRule(error) !== "nothing_changed_meanwhile") throw error;
		throw new Fault("conflict", `An account has at most ${MOST_WEBHOOKS} webhooks.`);
	}
	return { webhook, secret };
}

export async function changeOne(scope: Scope, id: string, input: WebhookChange): Promise<WebhookRow> {
	const { userId: _, ...change } = input;
	const url = change.url === undefined ? undefined : checked(scope, change.url);
	const { db, accountId } = scope;
	const detail = { ...(url === undefined ? {} : { url }), ...(change.status ? { status: change.status } : {}) };
	const [[row]] = await inOneBatch(db, [
		changeWebhook(db, accountId, id, { ...change, url, now: scope.now() }),
		auditIfDone(db, scope, { action: "webhook.changed", object: id, detail }),
	]);
	if (!row) throw notFound("Webhook");
	return row;
}

export async function removeWebhook(scope: Scope, id: string): Promise<void> {
	const { db, accountId } = scope;
	const [rows] = await inOneBatch(db, [
		dropWebhook(db, accountId, id),
		auditIfDone(db, scope, { action: "webhook.deleted", object: id }),
	]);
	if (rows.length === 0) throw notFound("Webhook");
}

/** Gives a webhook another secret, told this once; what is sent is signed by both until the overlap is over. */
export async function rotateSecret(
	scope: Scope,
	id: string,
	overlapHours: number,
): Promise<{ webhook: WebhookRow; secret: string }> {
	const { db, accountId, settings } = scope;
	const secret = newSecret();
	const sealed = await seal(settings, secret, placeOf(accountId, id));
	const now = scope.now();
	const previousUntil = Math.round(now + overlapHours * HOUR_MS);
	const [[webhook]] = await inOneBatch(db, [
		replaceSecret(db, accountId, id, { sealed, previousUntil, now }),
		auditIfDone(db, scope, { action: "webhook.secret_changed", object: id }),
	]);
	if (!webhook) throw notFound("Webhook");
	return { webhook, secret };
}

/** The address as it is kept. Names are looked up when something is sent, each time. */
function checked({ settings }: Scope, url: string): string {
	const target = targetOf(url, { loopback: allowsLoopback(settings) });
	const own = new URL(settings.PUBLIC_BASE_URL).host;
	const refused =
		"refused" in target ? target.refused : target.url.host === own ? "must not be this installation's own" : null;
	if (refused === null && "url" in target) return target.url.href;
	throw new Fault("invalid_input", `url: ${refused}`, { details: [{ path: "url", message: refused ?? "" }] });
}
