import { ulid } from "ulid";
import { Fault, notFound } from "../errors";
import type { Scope } from "../scope";
import type { Greeting } from "./inputs";
import type { Recording } from "./receive";
import { greetingOnWire } from "./shape";
import { addPending, campaignsPlaying, dropPending, greetingsOf, markReady, removingGreeting } from "./store";

/** What the bucket knows of its objects: the sweep touches no others. */
export const OBJECT_KIND = { kind: "greeting" };

/** Keeps a recording. The row comes first and is ready last, so bytes without a row, and a row without bytes, can be told and swept. */
export async function addGreeting(scope: Scope, filename: string, recording: Recording): Promise<Greeting> {
	const { db, accountId, audio, settings } = scope;
	const now = scope.now();
	const row = {
		id: `grt_${ulid(now)}`,
		accountId,
		filename: plainName(filename),
		mediaType: recording.mediaType,
		byteLength: recording.bytes.byteLength,
		durationMs: recording.durationMs,
		r2Key: `t/${accountId}/${ulid(now)}`,
		createdAt: now,
	};
	await addPending(db, row);
	try {
		await audio.put(row.r2Key, recording.bytes, {
			httpMetadata: { contentType: recording.mediaType },
			customMetadata: OBJECT_KIND,
		});
		if (!(await markReady(db, accountId, row.id))) throw new Error("swept away");
	} catch (cause) {
		scope.defer(undo(scope, row));
		throw new Fault("try_again", "The recording could not be stored. Send it again.", { retryAfter: 1, cause });
	}
	return greetingOnWire(settings, { ...row, status: "ready" }, now);
}

async function undo({ db, accountId, audio }: Scope, { id, r2Key }: { id: string; r2Key: string }): Promise<void> {
	await audio.delete(r2Key);
	await dropPending(db, accountId, id);
}

export async function listGreetings(scope: Scope): Promise<Greeting[]> {
	const rows = await greetingsOf(scope.db, scope.accountId);
	return rows.map((row) => greetingOnWire(scope.settings, row, scope.now()));
}

/** Removes a recording. One that a campaign is still to play is a conflict that names the campaign. */
export async function removeGreeting({ db, accountId, audio }: Scope, id: string): Promise<void> {
	const [[campaign], [gone]] = await db.batch([
		campaignsPlaying(db, accountId, id),
		removingGreeting(db, accountId, id),
	]);
	if (campaign)
		throw new Fault("conflict", `The campaign "${campaign.title}" plays this greeting. Give it another first.`);
	if (!gone) throw notFound("Greeting");
	await audio.delete(gone.r2Key);
}

/** The name that a file came under, without folders and without what no screen shows. */
function plainName(filename: string): string {
	const base = filename.split(/[/\\]/).at(-1) ?? "";
	const shown = base.replace(/\p{C}/gu, "").trim();
	return [...shown].slice(0, 120).join("") || "greeting";
}
