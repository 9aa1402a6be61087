import { type BrowserContext, expect, type Page } from "@playwright/test";
import { type Account, ask, notAsked, openAccount } from "./desk";

declare global {
	interface Window {
		connections: RTCPeerConnection[];
		sockets: WebSocket[];
		framesHeard: string[];
	}
}

/** Chromium with a microphone that sounds, and that nobody is asked for. */
export const WITH_MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];

/** Keeps hold of what the page opens, so that the test can look at it. */
function keepHold(): void {
	window.connections = [];
	window.sockets = [];
	window.framesHeard = [];
	const [Peer, Socket] = [window.RTCPeerConnection, window.WebSocket];
	window.RTCPeerConnection = class extends Peer {
		constructor(settings?: RTCConfiguration) {
			super(settings);
			window.connections.push(this);
		}
	};
	window.WebSocket = class extends Socket {
		constructor(url: string | URL, protocols?: string | string[]) {
			super(url, protocols);
			if (!String(url).includes("/api/signaling/")) return;
			window.sockets.push(this);
			this.addEventListener("message", ({ data }) => data !== "pong" && window.framesHeard.push(String(data)));
		}
	};
}

export interface Desk {
	account: Account;
	context: BrowserContext;
	page: Page;
}

export async function openDesk(context: BrowserContext, number: string): Promise<Desk> {
	const account = await openAccount(context.request);
	await notAsked(context.request, account);
	await ask(context.request, account, "PATCH", "/api/users/phone", { phoneNumber: number });
	await context.addInitScript(keepHold);
	const page = await context.newPage();
	await page.goto("/dashboard");
	await expect(page.getByRole("region", { name: "Phone" })).toContainText("Ready for calls");
	return { account, context, page };
}

export const phoneOf = ({ page }: Desk) => page.getByRole("region", { name: "Phone" });

/** Packets of sound that came in so far. */
function received({ page }: Desk): Promise<number> {
	return page.evaluate(async () => {
		const reports = [
			...((
				await window.connections.findLast(({ connectionState }) => connectionState !== "closed")?.getStats()
			)?.values() ?? []),
		];
		return reports.find(({ type, kind }) => type === "inbound-rtp" && kind === "audio")?.packetsReceived ?? 0;
	});
}

export async function soundGoesOn(...desks: Desk[]): Promise<void> {
	for (const desk of desks) {
		const before = await received(desk);
		await expect.poll(() => received(desk)).toBeGreaterThan(before + 20);
	}
}

type Room = "own room" | "other room";

/** How many sockets the page has opened into this room so far. */
export const opened = ({ page }: Desk, room: Room): Promise<number> =>
	page.evaluate((own) => {
		const home = window.sockets[0]?.url;
		return window.sockets.filter(({ url }) => (url === home) === own).length;
	}, room === "own room");

export const drop = ({ page }: Desk, room: Room): Promise<void> =>
	page.evaluate((own) => {
		const home = window.sockets[0]?.url;
		window.sockets.findLast(({ url }) => (url === home) === own)?.close();
	}, room === "own room");

export async function call(from: Desk, number: string): Promise<void> {
	await phoneOf(from).getByRole("button", { name: "Call somebody" }).click();
	await phoneOf(from).getByLabel("Phone number or call identity").fill(number);
	await phoneOf(from).getByRole("button", { name: "Call", exact: true }).click();
}

export async function logOf({
	context,
	account,
}: Desk): Promise<{ direction: string; status: string; duration: number }[]> {
	return (await ask(context.request, account, "GET", "/api/calls")).items;
}

export const someNumber = () => `+1415555${2000 + Math.floor(Math.random() * 7999)}`;
