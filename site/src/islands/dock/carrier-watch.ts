import type { Call as Leg, RTCSample } from "@twilio/voice-sdk";
import { quality } from "./state";

const EVERY_MS = 250;

/** Tells how a call over the carrier sounds until it is told to stop: how loud both are, how long a word is on its way, how much is lost. */
export function watchLeg(leg: Leg): () => void {
	let shown = 0;
	const now = () => quality.peek() ?? { word: "good" as const, roundTripMs: null, own: 0, other: 0 };
	const sampled = ({ rtt, packetsLostFraction: lost }: RTCSample) => {
		const word = lost > 8 || rtt > 400 ? "poor" : lost > 2 || rtt > 200 ? "fair" : "good";
		quality.value = { ...now(), word, roundTripMs: Math.round(rtt) };
	};
	const heard = (own: number, other: number) => {
		if (performance.now() - shown < EVERY_MS) return;
		shown = performance.now();
		quality.value = { ...now(), own, other };
	};
	leg.on("sample", sampled);
	leg.on("volume", heard);
	return () => {
		leg.off("sample", sampled);
		leg.off("volume", heard);
		quality.value = null;
	};
}
