import { AssistantUnclear, type Recording } from "../assistant";
import { type Api, reach } from "./api";

/** Where the provider keeps its files. Only these are fetched from, whatever an answer points at. */
const STORES = /(^|\.)(vapi\.ai|r2\.cloudflarestorage\.com|amazonaws\.com|storage\.googleapis\.com)$/;
/** Ten hours of mp3, and more than anybody talks. */
const MOST_BYTES = 300_000_000;

/**
 * Fetches a recording by the call's id from the provider's own address for it, which redirects to a signed one at a file store. The
 * key goes to the provider only, and no address that came in a webhook is ever used.
 */
export async function fetchRecording(api: Api, baseUrl: string, callRef: string): Promise<Recording | null> {
	const first = await api.open(`/call/${encodeURIComponent(callRef)}/mono-recording`);
	const answer = first.status >= 300 && first.status < 400 ? await fromStore(first, baseUrl) : first;
	if (answer === null || answer.status === 404 || answer.status === 410) return null;
	const bytes = Number(answer.headers.get("content-length") ?? Number.NaN);
	if (!answer.ok || !answer.body || !(bytes > 0)) {
		await answer.body?.cancel();
		throw new AssistantUnclear(`The recording could not be fetched (${answer.status})`);
	}
	if (bytes > MOST_BYTES) {
		await answer.body.cancel();
		return null;
	}
	return { body: answer.body, bytes, mediaType: typeOf(answer.headers.get("content-type")) };
}

async function fromStore(redirect: Response, baseUrl: string): Promise<Response | null> {
	await redirect.body?.cancel();
	const location = redirect.headers.get("location") ?? "";
	if (!location || !URL.canParse(location, baseUrl)) return null;
	const to = new URL(location, baseUrl);
	const isOwn = to.origin === new URL(baseUrl).origin;
	if (!isOwn && !(to.protocol === "https:" && STORES.test(to.hostname))) return null;
	return reach(to.href, {});
}

/** A recording is sound, whatever it says of itself. */
function typeOf(given: string | null): string {
	return /wav/i.test(given ?? "") ? "audio/wav" : "audio/mpeg";
}
