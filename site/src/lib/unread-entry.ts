import { api, said } from "./api";
import { entryOf, load, watch } from "./cache";
import { feed, onLive } from "./live";
import { liveSession } from "./session";

/** More than this many conversations are told as "99+". */
const MOST = 99;
const GATHER_MS = 400;

let timer: ReturnType<typeof setTimeout> | undefined;
let listening = false;

const unread = entryOf(["unread"]);
unread.read = async () => {
	const query = { status: "open", unread: "true", limit: String(MOST + 1) } as const;
	return (await said(api.conversations.$get({ query }))).items.length;
};

/** Writes beside the inbox, in the rail and in the tabs, how many conversations have something unread. */
export async function showUnread(): Promise<void> {
	if (!(await liveSession())) return;
	if (!listening) {
		listening = true;
		watch(unread, draw);
		for (const type of ["message", "conversation"]) onLive(type, again);
		feed.subscribe((state) => state === "on" && again());
	}
	// Somebody else may have signed in since.
	if (unread.data === undefined) void load(unread);
	draw();
}

function again(): void {
	clearTimeout(timer);
	timer = setTimeout(() => void load(unread), GATHER_MS);
}

function draw(): void {
	const many = typeof unread.data === "number" ? unread.data : 0;
	for (const link of document.querySelectorAll<HTMLElement>('.rail-link[href="/chat"], .tab-link[href="/chat"]')) {
		const old = link.querySelector(".unread");
		if (many === 0) {
			old?.remove();
			continue;
		}
		const sign = old ?? link.appendChild(document.createElement("span"));
		sign.className = "unread num";
		const hidden = Object.assign(document.createElement("span"), { className: "sr-only", textContent: " unread" });
		sign.replaceChildren(many > MOST ? `${MOST}+` : String(many), hidden);
	}
}
