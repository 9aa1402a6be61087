import type * as z from "zod";
import type { Settings } from "../../../env";
import { parsed } from "../../json";
import { CarrierBusy, CarrierRefusal, CarrierUnclear, usualDeadline } from "../carrier";
import { failureOf } from "./failures";

const FORM = "application/x-www-form-urlencoded";

export type Fields = Record<string, string | string[] | undefined>;

/** One account's part of the REST API. Each function sends exactly one request. */
export interface Api {
	get<Shape extends z.ZodType>(path: string, query: Fields, shape: Shape): Promise<z.output<Shape>>;
	post<Shape extends z.ZodType>(
		path: string,
		form: Fields,
		shape: Shape,
		deadline?: AbortSignal,
	): Promise<z.output<Shape>>;
	delete(path: string): Promise<void>;
	/** A file. The carrier may send us to where it keeps its files; our credentials do not go there. */
	bytes(path: string): Promise<ReadableStream<Uint8Array>>;
}

type Credentials = Pick<Settings, "TWILIO_ACCOUNT_SID" | "TWILIO_AUTH_TOKEN" | "TWILIO_API_BASE_URL">;

/** Opens the API for the account in the settings. */
export function twilioApi({
	TWILIO_ACCOUNT_SID: sid,
	TWILIO_AUTH_TOKEN: token,
	TWILIO_API_BASE_URL,
}: Credentials): Api {
	const base = `${TWILIO_API_BASE_URL.replace(/\/+$/, "")}/2010-04-01/Accounts/${sid}`;
	const authorization = `Basic ${btoa(`${sid}:${token}`)}`;
	const headers = { authorization, accept: "application/json" };
	const send = (method: string, path: string, form?: string, deadline = usualDeadline()) =>
		exchange(`${base}/${path}`, {
			method,
			signal: deadline,
			...(form === undefined ? { headers } : { headers: { ...headers, "content-type": FORM }, body: form }),
		});
	return {
		get: async (path, query, shape) => read(shape, await send("GET", withQuery(path, spelled(query)))),
		post: async (path, form, shape, deadline) => read(shape, await send("POST", path, spelled(form), deadline)),
		async delete(path) {
			await send("DELETE", path);
		},
		bytes: (path) => download(`${base}/${path}`, authorization),
	};
}

/** True for the refusal that means: the carrier has no such thing. */
export function isMissing(error: unknown): boolean {
	return error instanceof CarrierRefusal && error.reason === "not_found";
}

/** The JSON of a success; every other end of a request is thrown as one of the carrier's three errors. */
async function exchange(url: string, init: RequestInit): Promise<unknown> {
	let answer: Response;
	let text: string;
	try {
		// A redirect would carry our credentials somewhere else.
		answer = await fetch(url, { ...init, redirect: "manual" });
		text = await answer.text();
	} catch (cause) {
		throw new CarrierUnclear("The carrier could not be reached, or took too long", { cause });
	}
	const body = parsed(text);
	if (!answer.ok) throw failureOf(answer.status, answer.headers.get("retry-after"), body);
	return body;
}

async function download(url: string, authorization: string): Promise<ReadableStream<Uint8Array>> {
	const asked = { redirect: "manual", signal: usualDeadline() } as const;
	try {
		let answer = await fetch(url, { ...asked, headers: { authorization } });
		const elsewhere = answer.status >= 300 && answer.status < 400 ? answer.headers.get("location") : null;
		if (elsewhere !== null) {
			const to = new URL(elsewhere, url);
			if (to.protocol !== "https:" && to.origin !== new URL(url).origin) throw new Error("sent to an open line");
			answer = await fetch(to.href, asked);
		}
		if (answer.ok && answer.body) return answer.body;
		throw failureOf(answer.status, answer.headers.get("retry-after"), parsed(await answer.text()));
	} catch (cause) {
		if (cause instanceof CarrierRefusal || cause instanceof CarrierBusy) throw cause;
		throw new CarrierUnclear("The carrier did not hand over the file", { cause });
	}
}

function read<Shape extends z.ZodType>(shape: Shape, body: unknown): z.output<Shape> {
	const result = shape.safeParse(body);
	if (!result.success) throw new CarrierUnclear("The carrier's answer cannot be read", { cause: result.error });
	return result.data;
}

function withQuery(path: string, query: string): string {
	return query === "" ? path : `${path}?${query}`;
}

/**
 * Fields as a form or a query; a name with several values is sent once per value, as the carrier wants its lists. Written by hand, as
 * one more object of the platform for each call that is placed costs more than all its fields.
 */
function spelled(fields: Fields): string {
	const words: string[] = [];
	for (const [name, value] of Object.entries(fields))
		for (const each of typeof value === "string" ? [value] : (value ?? [])) words.push(`${word(name)}=${word(each)}`);
	return words.join("&");
}

/** Half a character, which a message can end with where somebody cut it, has no spelling of its own. */
const word = (text: string) => encodeURIComponent(text.toWellFormed());
