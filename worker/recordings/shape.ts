import { formatPhone } from "../pure/phone";
import type { Scope } from "../scope";
import type { Voicemail } from "./inputs";
import { HEAR_FOR_MS, recordingUrl } from "./media-url";
import type { RecordingRow, VoicemailRow } from "./store";

export function recordingOnWire({ settings, now }: Scope, row: RecordingRow) {
	const expiresAt = now() + HEAR_FOR_MS;
	return {
		id: row.id,
		callId: row.callId,
		kind: row.kind,
		url: recordingUrl(settings, row.id, expiresAt),
		expiresAt: new Date(expiresAt).toISOString(),
		mediaType: row.mediaType,
		duration: row.durationSeconds,
		transcript: row.transcript,
	};
}

export const voicemailOnWire =
	({ settings, now }: Scope) =>
	({ recording, from, to, name }: VoicemailRow): Voicemail => ({
		id: recording.id,
		callId: recording.callId,
		from,
		fromFormatted: formatPhone(from),
		to,
		name: name || null,
		duration: recording.durationSeconds,
		transcript: recording.transcript,
		heard: recording.heardAt !== null,
		url: recording.status === "ready" ? recordingUrl(settings, recording.id, now() + HEAR_FOR_MS) : null,
		createdAt: new Date(recording.createdAt).toISOString(),
	});
