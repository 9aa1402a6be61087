import type { Role, Signal } from "../../../../worker/signaling/protocol";
import { wishes } from "./wishes";

/** Long enough for what this machine knows of itself to go with the offer, short enough not to be felt. */
const GATHER_MS = 250;
const BATCH_MS = 80;

interface Ends {
	onSignal: (signal: Signal) => void;
	onConnected: () => void;
	onFailed: () => void;
	/** The other side has put this one on hold, or takes it back. */
	onHeld: (held: boolean) => void;
}

const LOST_FOR_MS = 3_000;

/** The sound between the two browsers. Both may renegotiate at any moment; the polite one gives way. */
export class Connection {
	readonly peer: RTCPeerConnection;
	#polite = true;
	#settled = false;
	#offering = false;
	#ignoring = false;
	#candidates: RTCIceCandidateInit[] = [];
	/** Came before the description that they belong to: signals may take two ways. */
	#early: RTCIceCandidateInit[] = [];
	#batch: ReturnType<typeof setTimeout> | undefined;
	#work: Promise<unknown> = Promise.resolve();
	readonly #ends: Ends;
	readonly #sound = new Audio();
	#held = false;

	constructor(iceServers: RTCIceServer[], microphone: MediaStream, ends: Ends) {
		this.#ends = ends;
		this.peer = new RTCPeerConnection({ iceServers });
		for (const track of microphone.getTracks()) this.peer.addTrack(track, microphone);
		this.peer.ontrack = ({ track, streams }) => {
			this.#sound.srcObject = streams[0] ?? new MediaStream([track]);
			void this.#sound.play().catch(() => {});
		};
		this.peer.onicecandidate = ({ candidate }) => candidate && this.#gathered(candidate);
		this.peer.onnegotiationneeded = () => void this.#later(() => this.#renegotiate());
		this.peer.onconnectionstatechange = () => {
			if (this.peer.connectionState === "connected") ends.onConnected();
			if (this.peer.connectionState === "failed") ends.onFailed();
			// A short gap mends itself; a longer one is the old network, which will not come back.
			if (this.peer.connectionState === "disconnected")
				setTimeout(() => this.peer.connectionState === "disconnected" && this.restart(), LOST_FOR_MS);
		};
		this.peer.onsignalingstatechange = () => {
			if (this.peer.signalingState === "stable") ends.onHeld(this.#isHeldByOther());
		};
		void this.hearThrough(wishes.peek().output);
	}

	/** The offer to call with, with the candidates that were found at once. */
	async offer(): Promise<string> {
		await this.peer.setLocalDescription();
		return this.#gathering();
	}

	/** The answer to somebody's offer. */
	async answer(offer: string, candidates: RTCIceCandidateInit[]): Promise<string> {
		await this.peer.setRemoteDescription({ type: "offer", sdp: offer });
		for (const candidate of candidates) await this.peer.addIceCandidate(candidate).catch(() => {});
		await this.peer.setLocalDescription();
		return this.#gathering();
	}

	async accepted(answer: string): Promise<void> {
		if (this.peer.signalingState === "have-local-offer") await this.#accept({ type: "answer", sdp: answer });
	}

	/** From now on signals may flow. */
	settle(role: Role): void {
		this.#polite = role === "polite";
		this.#settled = true;
		this.#send();
	}

	hear(signal: Signal): void {
		void this.#later(() => this.#hear(signal));
	}

	/** Finds a new way between the two: the network, or a socket, has changed. What was said meanwhile may be lost. */
	restart(): void {
		void this.#later(async () => {
			const { signalingState, localDescription } = this.peer;
			if (signalingState === "have-local-offer" && localDescription) this.#say(localDescription);
			else this.peer.restartIce();
		});
	}

	/** What this side said to the other's old socket may be lost. The one that insists starts anew; the other says it again. */
	otherIsBack(): void {
		if (!this.#polite || this.peer.signalingState === "have-local-offer") this.restart();
	}

	/** Neither hears the other until it is taken back. */
	hold(held: boolean): void {
		this.#held = held;
		this.#sound.muted = held;
		for (const transceiver of this.peer.getTransceivers()) transceiver.direction = held ? "inactive" : "sendrecv";
	}

	/** Speaks with another microphone from now on. */
	async speakWith(microphone: MediaStream): Promise<void> {
		const [track] = microphone.getAudioTracks();
		for (const sender of this.peer.getSenders()) await sender.replaceTrack(track ?? null);
	}

	/** Sounds from another loudspeaker, where the browser lets a page choose. */
	async hearThrough(output: string): Promise<void> {
		if (output && "setSinkId" in this.#sound) await this.#sound.setSinkId(output).catch(() => {});
	}

	#isHeldByOther(): boolean {
		const [first] = this.peer.getTransceivers();
		return !this.#held && first?.currentDirection === "inactive";
	}

	close(): void {
		clearTimeout(this.#batch);
		this.#sound.srcObject = null;
		this.peer.close();
	}

	async #hear({ description, candidates = [] }: Signal): Promise<void> {
		if (description) {
			const clash = description.type === "offer" && (this.#offering || this.peer.signalingState !== "stable");
			this.#ignoring = clash && !this.#polite;
			if (this.#ignoring) return;
			if (description.type === "answer" && this.peer.signalingState !== "have-local-offer") return;
			await this.#accept(description);
			if (description.type === "offer") {
				await this.peer.setLocalDescription();
				if (this.peer.localDescription) this.#say(this.peer.localDescription);
			}
		}
		for (const candidate of candidates)
			await this.peer.addIceCandidate(candidate as RTCIceCandidateInit).catch(() => {
				if (!this.#ignoring) this.#early.push(candidate as RTCIceCandidateInit);
			});
	}

	async #accept(description: RTCSessionDescriptionInit): Promise<void> {
		await this.peer.setRemoteDescription(description);
		for (const candidate of this.#early.splice(0)) await this.peer.addIceCandidate(candidate).catch(() => {});
	}

	async #renegotiate(): Promise<void> {
		if (!this.#settled || this.peer.signalingState !== "stable") return;
		this.#offering = true;
		try {
			await this.peer.setLocalDescription();
			if (this.peer.localDescription) this.#say(this.peer.localDescription);
		} finally {
			this.#offering = false;
		}
	}

	#say({ type, sdp }: RTCSessionDescription): void {
		if (type === "offer" || type === "answer") this.#ends.onSignal({ description: { type, sdp } });
	}

	#gathered(candidate: RTCIceCandidate): void {
		this.#candidates.push(candidate.toJSON());
		clearTimeout(this.#batch);
		this.#batch = setTimeout(() => this.#send(), BATCH_MS);
	}

	#send(): void {
		if (!this.#settled || this.#candidates.length === 0) return;
		const candidates = this.#candidates
			.splice(0, 64)
			.flatMap(({ candidate, sdpMid, sdpMLineIndex, usernameFragment }) =>
				candidate ? [{ candidate, sdpMid, sdpMLineIndex, usernameFragment }] : [],
			);
		if (candidates.length > 0) this.#ends.onSignal({ candidates });
	}

	// What goes with the description itself need not go again.
	async #gathering(): Promise<string> {
		if (this.peer.iceGatheringState !== "complete")
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, GATHER_MS);
				this.peer.addEventListener("icegatheringstatechange", () => {
					if (this.peer.iceGatheringState !== "complete") return;
					clearTimeout(timer);
					resolve();
				});
			});
		this.#candidates = [];
		return this.peer.localDescription?.sdp ?? "";
	}

	#later(step: () => Promise<unknown>): Promise<unknown> {
		this.#work = this.#work.then(step).catch((error) => console.warn("signal not used", String(error)));
		return this.#work;
	}
}
