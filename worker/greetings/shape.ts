import type { Settings } from "../env";
import type { Greeting } from "./inputs";
import { mediaUrl } from "./media-url";
import type { GreetingRow } from "./store";

const PLAYS_FOR_MS = 10 * 60_000;

export function greetingOnWire(settings: Settings, row: GreetingRow, now: number): Greeting {
	return {
		id: row.id,
		userId: row.accountId,
		filename: row.filename,
		url: mediaUrl(settings, row.id, now + PLAYS_FOR_MS),
		durationSeconds: row.durationMs / 1_000,
		mediaType: row.mediaType,
		byteLength: row.byteLength,
		createdAt: new Date(row.createdAt).toISOString(),
	};
}
