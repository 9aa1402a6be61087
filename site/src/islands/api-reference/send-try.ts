import type { Operation } from "../../lib/reference/document";
import { takesKey } from "../../lib/reference/example";
import { OFFLINE, Refusal } from "../../lib/refusal";
import { liveSession } from "../../lib/session";

/** What came back: the status, how long it took, and the body as a person reads it. */
export interface Tried {
	status: number;
	ms: number;
	text: string;
}

/** More than this is cut: a page is no place to read a database. */
const LONGEST = 20_000;

/** Sends an operation as a program would: by key, or as whoever is signed in here. Cookies stay at home. */
export async function sendTry(
	operation: Operation,
	{ address, body, key, file }: { address: string; body: string; key: string; file: File | null },
): Promise<Tried> {
	const { method, body: sent, open } = operation;
	const bearer = key || (await liveSession())?.access_token;
	if (!bearer && !open)
		throw new Refusal(401, {
			error: "Nobody is signed in here. Sign in, or paste an API key above.",
		});
	const headers = new Headers(bearer ? { authorization: `Bearer ${bearer}` } : {});
	if (takesKey(operation)) headers.set("idempotency-key", crypto.randomUUID());
	if (sent && !file) headers.set("content-type", sent.type); // a form's has its boundary, which the browser makes
	const began = performance.now();
	const reply = await fetch(address, {
		method,
		headers,
		credentials: "omit",
		redirect: "manual",
		...(sent ? { body: file ? formOf(file) : body } : {}),
	}).catch(() => {
		throw OFFLINE;
	});
	const text = readable(await reply.text());
	return {
		status: reply.status,
		ms: Math.round(performance.now() - began),
		text: text.length > LONGEST ? `${text.slice(0, LONGEST)}\n… and ${text.length - LONGEST} characters more` : text,
	};
}

function formOf(file: File): FormData {
	const form = new FormData();
	form.append("file", file);
	return form;
}

function readable(text: string): string {
	try {
		return JSON.stringify(JSON.parse(text), null, 2);
	} catch {
		return text || "(no body)";
	}
}
