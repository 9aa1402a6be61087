import { isSealed, sealOf } from "./seal";

/** What a signed URL says about itself: what it shows, until when. */
export interface Signed {
	kind: string;
	id: string;
	/** Unix seconds. */
	expires: number;
}

/** The query of a URL that shows one thing until a moment, to whoever has it. */
export function signedQuery(key: Uint8Array, signed: Signed): string {
	return `e=${signed.expires}&k=${encodeURIComponent(signed.kind)}&s=${sealOf(key, textOf(signed))}`;
}

/** True when `signature` was made by {@link signedQuery} for exactly this, and its time is not over. */
export function isSigned(key: Uint8Array, signed: Signed, signature: string, now: number): boolean {
	return isSealed(key, textOf(signed), signature) && now < signed.expires * 1_000;
}

const textOf = ({ kind, id, expires }: Signed) => `GET\n${kind}\n${id}\n${expires}`;
