import { type BrowserContext, expect, type Page, type WebSocketRoute } from "@playwright/test";

/** What the carrier's phone in the browser says to the carrier, and hears from it: JSON over a socket. */
interface Frame {
	type: string;
	payload: Record<string, unknown>;
}

declare global {
	interface Window {
		far: RTCPeerConnection;
	}
}

const HEARTBEAT_MS = 5_000;
let counter = 0;

/**
 * The carrier's end of browser calls, played for one browser: the socket that its phone opens, and a peer for the sound in a page of
 * its own. The phone itself is the real one.
 */
export class Gateway {
	/** Everything that the phone said, in order. */
	readonly heard: Frame[] = [];
	/** How many tokens it asked our server for. */
	tokens = 0;
	/** Seconds that the carrier gives the next tokens; an hour when nothing is said. */
	readonly tokenSeconds: number[] = [];
	readonly #far: Page;
	#socket: WebSocketRoute | null = null;

	private constructor(far: Page) {
		this.#far = far;
	}

	/** Has this browser's calls go over a carrier that is played here. */
	static async open(context: BrowserContext): Promise<Gateway> {
		const far = await context.newPage();
		await far.goto("/favicon.svg");
		const gateway = new Gateway(far);
		await context.route("**/api/calls/token", (route) => {
			const token = `token-${++gateway.tokens}`;
			const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
			return route.fulfill({ json: { mode: "twilio", identity: "care4w-0000000", token, expiresAt } });
		});
		await context.routeWebSocket(/^wss:\/\/voice-js\.[\w-]+\.twilio\.com\/signal/, (socket) => gateway.#meet(socket));
		return gateway;
	}

	say(type: string, payload: Record<string, unknown>): void {
		this.#socket?.send(JSON.stringify({ type, version: "1.6", payload }));
	}

	/** The next frame of this type that nobody has asked for yet. */
	async hears(type: string): Promise<Record<string, unknown>> {
		await expect.poll(() => this.heard.map((frame) => frame.type)).toContain(type);
		const at = this.heard.findIndex((frame) => frame.type === type);
		return this.heard.splice(at, 1)[0]?.payload ?? {};
	}

	/** The connection breaks, as when a network changes. */
	async drop(): Promise<void> {
		await this.#socket?.close();
	}

	/** Rings at the other end, and picks up: the answer to what the phone offered. */
	async ringsAndAnswers({ sdp }: Record<string, unknown>): Promise<string> {
		const callsid = `CA${String(++counter).padStart(32, "0")}`;
		this.say("ringing", { callsid });
		await this.#peer();
		await this.#far.evaluate((offer) => window.far.setRemoteDescription({ type: "offer", sdp: offer }), String(sdp));
		this.say("answer", { callsid, sdp: await this.#described() });
		return callsid;
	}

	/** Somebody calls this browser. */
	async calls(parameters: Record<string, string>): Promise<string> {
		const callsid = `CA${String(++counter).padStart(32, "0")}`;
		await this.#peer();
		const sdp = await this.#described();
		this.say("invite", { callsid, sdp, parameters: { ...parameters, CallSid: callsid } });
		return callsid;
	}

	async accepted(sdp: unknown): Promise<void> {
		await this.#far.evaluate((answer) => window.far.setRemoteDescription({ type: "answer", sdp: answer }), String(sdp));
	}

	/** Packets of sound that came from the phone so far. */
	packets(): Promise<number> {
		return this.#far.evaluate(async () => {
			const reports = [...(await window.far.getStats()).values()];
			return reports.find(({ type, kind }) => type === "inbound-rtp" && kind === "audio")?.packetsReceived ?? 0;
		});
	}

	#meet(socket: WebSocketRoute): void {
		this.#socket = socket;
		const beat = setInterval(() => socket.send("\n"), HEARTBEAT_MS);
		socket.onClose(() => clearInterval(beat));
		socket.onMessage((text) => {
			if (String(text).trim() === "") return;
			const frame: Frame = JSON.parse(String(text));
			this.heard.push(frame);
			if (frame.type === "listen") {
				const token = { identity: "care4w-0000000", ttl: this.tokenSeconds.shift() ?? 3_600 };
				this.say("connected", { region: "US_EAST_VIRGINIA", token });
			}
			if (frame.type === "register") this.say("ready", {});
		});
	}

	async #peer(): Promise<void> {
		await this.#far.evaluate(async () => {
			const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
			window.far = new RTCPeerConnection();
			for (const track of sound.getTracks()) window.far.addTrack(track, sound);
		});
	}

	/** With all that this machine knows of itself: the phone takes no candidates later. */
	#described(): Promise<string> {
		return this.#far.evaluate(async () => {
			await window.far.setLocalDescription();
			while (window.far.iceGatheringState !== "complete")
				await new Promise((resolve) => {
					window.far.onicegatheringstatechange = resolve;
				});
			return window.far.localDescription?.sdp ?? "";
		});
	}
}
