import { quality } from "./state";

interface Report {
	type: string;
	kind?: string;
	audioLevel?: number;
	packetsLost?: number;
	packetsReceived?: number;
	nominated?: boolean;
	currentRoundTripTime?: number;
}

const EVERY_MS = 500;

/** Looks at a connection until it is told to stop: how loud both are, how long a word is on its way, how much is lost. */
export function watch(peer: RTCPeerConnection): () => void {
	let [lost, received] = [0, 0];
	const look = async () => {
		const found = [...(await peer.getStats()).values()] as Report[];
		const one = (type: string, fits: (report: Report) => boolean = () => true) =>
			found.find((report) => report.type === type && fits(report));
		const inbound = one("inbound-rtp", ({ kind }) => kind === "audio");
		const pair = one("candidate-pair", ({ nominated }) => nominated === true);
		const [lostNow, receivedNow] = [inbound?.packetsLost ?? 0, inbound?.packetsReceived ?? 0];
		const share = (lostNow - lost) / Math.max(1, lostNow - lost + receivedNow - received);
		[lost, received] = [lostNow, receivedNow];
		const roundTripMs = pair?.currentRoundTripTime === undefined ? null : Math.round(pair.currentRoundTripTime * 1000);
		const late = roundTripMs ?? 0;
		quality.value = {
			word: share > 0.08 || late > 400 ? "poor" : share > 0.02 || late > 200 ? "fair" : "good",
			roundTripMs,
			own: one("media-source")?.audioLevel ?? 0,
			other: inbound?.audioLevel ?? 0,
		};
	};
	const timer = setInterval(() => void look().catch(() => {}), EVERY_MS);
	return () => {
		clearInterval(timer);
		quality.value = null;
	};
}
