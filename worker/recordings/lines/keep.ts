import { inOneBatch, type Statement } from "../../db/client";
import { notFound } from "../../errors";
import { audit } from "../../identity/audit/store";
import { liveSession } from "../../identity/store";
import type { Scope } from "../../scope";
import type { LineRecording, LineRecordingChange } from "./inputs";
import { lineRecordingOf, putLineRecording } from "./store";

const known = (flag: number | null) => (flag === null ? null : flag === 1);

export async function readLineRecording({ db, accountId }: Scope, phoneNumberId: string): Promise<LineRecording> {
	const [row] = await lineRecordingOf(db, accountId, phoneNumberId);
	if (!row) throw notFound("Phone number");
	return {
		phoneNumberId,
		recordInbound: known(row.recordInbound),
		recordOutbound: known(row.recordOutbound),
		announce: known(row.announce),
		announcement: row.announcement,
		account: { recordCalls: row.recordCalls === 1, announcement: row.usualAnnouncement },
	};
}

/** Changes what is named and leaves the rest. */
export async function changeLineRecording(
	scope: Scope,
	phoneNumberId: string,
	change: Omit<LineRecordingChange, "userId">,
): Promise<LineRecording> {
	const { db, accountId } = scope;
	await readLineRecording(scope, phoneNumberId); // a line that was given up has settings no more
	const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
	await inOneBatch<Statement>(db, [
		liveSession(db, scope),
		putLineRecording(db, accountId, phoneNumberId, { ...named, updatedAt: scope.now() }),
		audit(db, scope, { action: "voice.changed", object: phoneNumberId, detail: named }),
	]);
	return readLineRecording(scope, phoneNumberId);
}
