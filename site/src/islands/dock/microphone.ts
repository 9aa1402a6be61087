import { wishes } from "./wishes";

const WORDS: Record<string, string> = {
	NotAllowedError: "The microphone is blocked for this site. Allow it beside the address, then call again.",
	NotFoundError: "No microphone was found. Plug one in, then call again.",
	NotReadableError: "Another program is using the microphone. Close it, then call again.",
};

/** The microphone; throws a sentence for the person when there is none to be had. */
export async function openMicrophone(): Promise<MediaStream> {
	if (!navigator.mediaDevices) throw new Error("This browser gives no microphone to pages that are not encrypted.");
	const { input } = wishes.peek();
	try {
		return await navigator.mediaDevices.getUserMedia({
			audio: {
				echoCancellation: true,
				noiseSuppression: true,
				autoGainControl: true,
				...(input ? { deviceId: { ideal: input } } : {}),
			},
		});
	} catch (error) {
		const name = error instanceof DOMException ? error.name : "";
		throw new Error(WORDS[name] ?? "The microphone did not start. Check it, then call again.");
	}
}
