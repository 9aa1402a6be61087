import type { Device, Call as Leg } from "@twilio/voice-sdk";
import { wordsFor } from "./carrier-words";
import { inCall, line, overCarrier, trouble } from "./state";
import { askWay, handOver } from "./way";
import { wishes } from "./wishes";

const LONGEST_WAIT_MS = 60_000;
/** The carrier's phone mends a cut by itself; one that it did not mend for so long wants a new beginning. */
const PATIENCE_MS = 15_000;
/** What the carrier says of a token that it does not take (any more). */
const BAD_TOKEN = new Set([20101, 20104, 20151, 31201, 31204, 31205]);
/** Time to fetch the next token while the old one still holds. */
const RENEW_MS = 60_000;

/** The dock has its own ringing, and the carrier's sounds would come from a server of theirs. */
class Silence {
	play() {
		return Promise.resolve();
	}
	stop() {}
}

let device: Device | null = null;
let wanted = false;
let tries = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let onRing: (leg: Leg) => void = () => {};

addEventListener("online", () => again(0));
document.addEventListener("visibilitychange", () => {
	if (!document.hidden) again(0);
});

/** Registers this browser with the carrier, so that it can be called and call; comes back by itself after every drop. */
export function openDevice(rung: (leg: Leg) => void): void {
	onRing = rung;
	if (wanted) return;
	wanted = true;
	void enter();
}

export function shutDevice(): void {
	wanted = false;
	tries = 0;
	clearTimeout(timer);
	device?.destroy();
	device = null;
	line.value = "off";
}

/** The registered device; throws a sentence for the person while there is none. */
export function deviceInUse(): Device {
	if (!device || line.peek() !== "on") throw new Error("There is no line right now.");
	return device;
}

/** Which microphone and loudspeaker the person wants. */
export async function useDevices(output: string): Promise<void> {
	const { audio } = device ?? {};
	if (audio?.isOutputSelectionSupported) await audio.speakerDevices.set(output || "default").catch(() => {});
	await audio?.setInputDevice(wishes.peek().input || "default").catch(() => {});
}

async function token(): Promise<string | null> {
	const way = await askWay();
	if (way.mode === "twilio") return way.token;
	// The settings have changed: calls go from browser to browser now.
	shutDevice();
	handOver(way);
	overCarrier.value = false;
	return null;
}

/** Begins anew, unless a call goes on: that would end with its device. */
async function enter(): Promise<void> {
	if (!wanted || inCall.peek()) return again();
	line.value = "connecting";
	try {
		const shown = await token();
		if (!wanted || shown === null) return;
		device?.destroy();
		device = null;
		const fresh = await made(shown);
		if (!wanted) return fresh.destroy();
		device = fresh;
		again(); // unless it is registered by then
		await fresh.register();
	} catch (error) {
		complain(error);
		again();
	}
}

async function made(shown: string): Promise<Device> {
	// By far the largest part of the phone: only whoever calls over the carrier ever loads it.
	const { Device } = await import("@twilio/voice-sdk");
	const options = {
		Sound: Silence,
		publishEvents: false,
		tokenRefreshMs: RENEW_MS,
		enableImprovedSignalingErrorPrecision: true, // tells busy from broken
		logLevel: "silent" as const,
	};
	const fresh = new Device(shown, options);
	const isCurrent = () => wanted && fresh === device;
	fresh.on("registered", () => {
		if (!isCurrent()) return;
		tries = 0;
		clearTimeout(timer);
		line.value = "on";
		trouble.value = "";
	});
	fresh.on("unregistered", () => {
		if (!isCurrent()) return;
		line.value = "connecting";
		again();
	});
	fresh.on("incoming", (leg: Leg) => onRing(leg));
	fresh.on("tokenWillExpire", () => void renew(fresh));
	fresh.on("error", (error: { code?: number }) => {
		if (!isCurrent()) return;
		complain(error);
		if (BAD_TOKEN.has(error.code ?? 0)) again(0);
	});
	return fresh;
}

/** A call that goes on is not disturbed. Without a connection the old token simply ends, and coming back asks for a new one. */
async function renew(of: Device): Promise<void> {
	const shown = await token().catch(() => null);
	if (shown !== null && of === device) of.updateToken(shown);
}

/** Somebody who sits at the phone should know why it does not work; a passing cut of the network is no news. */
function complain(error: unknown): void {
	const words = wordsFor(error);
	if (words && tries > 0) trouble.value = words;
}

function again(wait = Math.min(LONGEST_WAIT_MS, PATIENCE_MS * 2 ** tries++)): void {
	if (!wanted || device?.state === "registered") return;
	clearTimeout(timer);
	timer = setTimeout(() => void enter(), Math.max(500, wait * (0.75 + Math.random() / 2)));
}
