import * as z from "zod";
import type { Settings } from "../env";
import { Fault } from "../errors";
import { keyFor } from "../pure/seal";
import { isSigned, signedQuery } from "../pure/signed-url";

/** The query of a signed link: until when, of what kind, signature. What is missing or odd is as wrong as a forged one. */
export const MediaQuery = z.object({
	e: z.coerce.number().int().positive().catch(0),
	k: z.string().max(20).catch(""),
	s: z.string().max(100).catch(""),
});
export type MediaQuery = z.output<typeof MediaQuery>;

/** Links to one kind of file, for whoever has them, until their time is over. Each kind signs with a key of its own. */
export function mediaLinks({ kind, purpose, path }: { kind: string; purpose: string; path: string }) {
	const keyOf = ({ MEDIA_SECRET }: Settings) => keyFor(MEDIA_SECRET, purpose);
	return {
		/** An absolute URL that shows the file until `expiresAt` (Unix milliseconds). */
		urlOf(settings: Settings, id: string, expiresAt: number): string {
			const query = signedQuery(keyOf(settings), { kind, id, expires: Math.ceil(expiresAt / 1_000) });
			return `${settings.PUBLIC_BASE_URL.replace(/\/$/, "")}${path}/${encodeURIComponent(id)}?${query}`;
		},
		/** Throws `bad_signature` unless the URL was made by `urlOf` and its time is not over. */
		check(settings: Settings, id: string, { e, k, s }: MediaQuery, now: number): void {
			if (k !== kind || !isSigned(keyOf(settings), { kind, id, expires: e }, s, now))
				throw new Fault("bad_signature", "This link is not valid, or its time is over");
		},
	};
}
