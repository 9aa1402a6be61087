import type { Heard } from "../../../worker/live/protocol";
import { api, said } from "./api";
import { feed, hearsAgain, spread } from "./live";

const LONGEST_WAIT_MS = 30_000;
const PING_MS = 25_000;
const SILENT_MS = 10_000;
/** A socket that lived so long counts as a good one: the next try comes at once. */
const GOOD_MS = 5_000;

let socket: WebSocket | null = null;
let wanted = false;
let tries = 0;
let heardAt = 0;
/** The last event that was heard; what came after it is asked for on the way back in. */
let last: number | null = null;
/** Something may have happened that nobody heard here. */
let wasCut = false;
let timer: ReturnType<typeof setTimeout> | undefined;
let pulse: ReturnType<typeof setInterval> | undefined;

/** The page's one ear at the server. Comes back by itself after every drop, and asks for what it missed. */
export const liveSocket = {
	open(): void {
		if (wanted) this.shut();
		wanted = true;
		void enter();
	},
	shut(): void {
		wanted = false;
		last = null;
		wasCut = false;
		tries = 0;
		clearTimeout(timer);
		leave();
		feed.value = "off";
	},
	say(words: { kind: "typing"; conversationId: string }): void {
		if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(words));
	},
};

async function enter(): Promise<void> {
	clearTimeout(timer);
	feed.value = "connecting";
	try {
		const { ticket } = await said(api.live.ticket.$post());
		if (wanted && !socket) attach(new WebSocket(address(ticket)));
	} catch {
		again();
	}
}

function address(ticket: string): string {
	const query = new URLSearchParams({ ticket, ...(last === null ? {} : { since: String(last) }) });
	return `${location.origin.replace(/^http/, "ws")}/api/live?${query}`;
}

function attach(fresh: WebSocket): void {
	const openedAt = Date.now();
	socket = fresh;
	heardAt = openedAt;
	fresh.onopen = () => {
		feed.value = "on";
		if (wasCut) hearsAgain();
		wasCut = false;
		clearInterval(pulse);
		pulse = setInterval(ping, PING_MS);
	};
	fresh.onmessage = ({ data }) => {
		heardAt = Date.now();
		if (socket !== fresh || data === "pong") return;
		const heard: Heard = JSON.parse(String(data));
		if ("id" in heard) last = Math.max(last ?? 0, heard.id);
		spread(heard);
	};
	fresh.onclose = () => {
		if (socket !== fresh) return;
		leave();
		if (Date.now() - openedAt > GOOD_MS) tries = 0;
		again();
	};
}

// A socket can be dead for minutes before the browser notices.
function ping(): void {
	const asked = Date.now();
	const current = socket;
	current?.send("ping");
	setTimeout(() => {
		if (socket !== current || heardAt >= asked) return;
		leave();
		again(0);
	}, SILENT_MS);
}

function leave(): void {
	const old = socket;
	socket = null;
	clearInterval(pulse);
	old?.close(1000);
}

function again(wait = Math.min(LONGEST_WAIT_MS, 500 * 2 ** tries++)): void {
	if (!wanted || socket) return;
	feed.value = "connecting";
	wasCut = true;
	clearTimeout(timer);
	timer = setTimeout(() => void enter(), wait * (0.75 + Math.random() / 2));
}

addEventListener("online", () => again(0));
document.addEventListener("visibilitychange", () => {
	if (!document.hidden) again(0);
});
