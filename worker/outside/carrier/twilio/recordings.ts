import { type Carrier, CarrierUnclear } from "../carrier";
import { type Api, isMissing } from "./api";

/** Two hours of MP3 are half of this; the Worker's memory holds twice as much. */
const MOST_BYTES = 60_000_000;

/** Recordings: fetching one, dropping it. */
export function twilioRecordings(api: Api): Pick<Carrier, "fetchRecording" | "dropRecording"> {
	return {
		async fetchRecording(ref) {
			try {
				const bytes = await readAll(await api.bytes(`Recordings/${encodeURIComponent(ref)}.mp3`));
				return { bytes, mediaType: "audio/mpeg" };
			} catch (error) {
				if (isMissing(error)) return null;
				throw error;
			}
		},
		async dropRecording(ref) {
			try {
				await api.delete(`Recordings/${encodeURIComponent(ref)}.json`);
			} catch (error) {
				if (!isMissing(error)) throw error;
			}
		},
	};
}

async function readAll(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of stream) {
		size += chunk.byteLength;
		if (size > MOST_BYTES) throw new CarrierUnclear("The recording is larger than any of ours");
		chunks.push(chunk);
	}
	const whole = new Uint8Array(size);
	let at = 0;
	for (const chunk of chunks) {
		whole.set(chunk, at);
		at += chunk.byteLength;
	}
	return whole;
}
