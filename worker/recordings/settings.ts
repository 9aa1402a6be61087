import { inOneBatch } from "../db/client";
import { audit } from "../identity/audit/store";
import { liveSession } from "../identity/store";
import type { Scope } from "../scope";
import type { VoiceSettingsChange } from "./inputs";
import { findVoiceSettings, putVoiceSettings } from "./store";

/** Changes what is named and leaves the rest. */
export async function changeVoiceSettings(scope: Scope, change: Omit<VoiceSettingsChange, "userId">) {
	const { db, accountId } = scope;
	const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
	await inOneBatch(db, [
		liveSession(db, scope),
		putVoiceSettings(db, accountId, named),
		audit(db, scope, { action: "voice.changed", object: accountId, detail: named }),
	]);
	const { recordCalls, announcement, transcribe, retentionDays } = await findVoiceSettings(db, accountId);
	return { recordCalls, announcement, transcribe, retentionDays };
}
