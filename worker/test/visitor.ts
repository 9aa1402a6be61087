import * as z from "zod";
import { callAs } from "./access-matrix.people";
import { Device, enter } from "./device";
import { knock } from "./house";

const Session = z.object({
	session: z.object({ user: z.object({ id: z.string() }), access_token: z.string() }),
});

export const PASSWORD = "correct horse battery";

/** Somebody who came in by the front door, with what their browser holds. */
export interface Visitor {
	email: string;
	userId: string;
	token: string;
	cookie: string;
	call(path: string, body?: unknown, method?: string): Promise<Response>;
}

/** Posts JSON as a browser without a session. */
export function post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
	const json: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
	return knock(path, {
		method: "POST",
		headers: { ...json, ...headers },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
}

/** The refresh cookie as a browser would send it back. */
export function cookieOf(reply: Response): string {
	const set = reply.headers.getSetCookie().find((line) => line.startsWith("__Host-rt="));
	return set?.split(";")[0] ?? "";
}

async function cameIn(email: string, reply: Response): Promise<Visitor> {
	const { session } = Session.parse(await reply.json());
	const token = session.access_token;
	return {
		email,
		userId: session.user.id,
		token,
		cookie: cookieOf(reply),
		call: (path, body, method) => callAs(token, path, body, method),
	};
}

/** Opens an account by signing up. */
export async function signUp(email = `${crypto.randomUUID()}@example.com`): Promise<Visitor> {
	return cameIn(email, await post("/api/auth/signup", { email, password: PASSWORD }));
}

/** Signs the same person in on one more device. */
export async function signInAgain({ email }: Pick<Visitor, "email">, password = PASSWORD): Promise<Visitor> {
	return cameIn(email, await post("/api/auth/login", { email, password }));
}

/** Opens a page's live feed and a telephone as this caller; `closed` gives the two close codes. */
export async function openSockets(call: Visitor["call"]): Promise<{ closed: Promise<number[]>; isOpen(): boolean }> {
	const { ticket }: { ticket: string } = await (await call("/api/live/ticket", {})).json();
	const feed = (await knock(`/api/live?ticket=${ticket}`, { headers: { upgrade: "websocket" } })).webSocket;
	const way: { identity: string; ticket: string } = await (await call("/api/calls/token")).json();
	const room = (await enter(way.identity, way.ticket)).webSocket;
	if (!feed || !room) throw new Error("a socket was refused");
	let code: number | null = null;
	const feedClosed = new Promise<number>((resolve) =>
		feed.addEventListener("close", (event) => {
			code = event.code;
			resolve(event.code);
		}),
	);
	feed.accept();
	const device = new Device(way.identity, room);
	return {
		closed: Promise.all([feedClosed, device.closes()]),
		isOpen: () => code === null && device.closedWith === null,
	};
}
