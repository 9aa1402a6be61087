import { throughOwnDoor } from "./delivery";

/** A grey square of eight by eight: what a pretend phone takes a picture of. */
const SNAPSHOT = "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAADklEQVR42mPYAgUMlDEAVKItASsjEGwAAAAASUVORK5CYII=";

/** The bytes of a pretend picture: read through our own door when that is where it lies; the pretend network reaches nothing else. */
export async function pictureAt(publicBaseUrl: string, url: string): Promise<ReadableStream<Uint8Array>> {
	if (URL.canParse(url) && new URL(url).origin === new URL(publicBaseUrl).origin) {
		const answer = await throughOwnDoor(publicBaseUrl, url, { method: "GET" });
		if (answer.ok && answer.body) return answer.body;
		await answer.body?.cancel();
	}
	return new Blob([Uint8Array.fromBase64(SNAPSHOT)]).stream();
}
