import * as z from "zod";
import { parsed } from "../../json";
import { AssistantBusy, AssistantRefusal, AssistantUnclear } from "../assistant";

/** Longer than the provider takes to answer, shorter than anybody waits for it. */
const TIMEOUT_MS = 10_000;
const WAIT_SECONDS = 1;

/** The provider's REST API. Each function sends exactly one request. */
export interface Api {
	get<Shape extends z.ZodType>(path: string, shape: Shape): Promise<z.output<Shape>>;
	send<Shape extends z.ZodType>(
		method: "POST" | "PATCH",
		path: string,
		body: object,
		shape: Shape,
	): Promise<z.output<Shape>>;
	/** What is gone already counts as deleted. */
	delete(path: string, body?: object): Promise<void>;
	/** The answer as it comes, redirects not followed. */
	open(path: string): Promise<Response>;
}

export function vapiApi(baseUrl: string, key: string): Api {
	const base = baseUrl.replace(/\/+$/, "");
	const headers = { authorization: `Bearer ${key}`, accept: "application/json" };
	const json = { ...headers, "content-type": "application/json" };
	return {
		get: async (path, shape) => read(shape, await exchange(`${base}${path}`, { headers })),
		send: async (method, path, body, shape) =>
			read(shape, await exchange(`${base}${path}`, { method, headers: json, body: JSON.stringify(body) })),
		async delete(path, body) {
			const sent = body ? { headers: json, body: JSON.stringify(body) } : { headers };
			try {
				await exchange(`${base}${path}`, { method: "DELETE", ...sent });
			} catch (error) {
				if (!isMissing(error)) throw error;
			}
		},
		open: (path) => reach(`${base}${path}`, { headers: { authorization: headers.authorization } }),
	};
}

/** True for the refusal that means: the provider has no such thing. */
export function isMissing(error: unknown): boolean {
	return error instanceof AssistantRefusal && error.reason === "not_found";
}

/** Sends one request. A redirect is not followed: it would carry the key somewhere else. */
export async function reach(url: string, init: RequestInit): Promise<Response> {
	try {
		return await fetch(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_MS) });
	} catch (cause) {
		throw new AssistantUnclear("The assistant provider could not be reached, or took too long", { cause });
	}
}

async function exchange(url: string, init: RequestInit): Promise<unknown> {
	const answer = await reach(url, init);
	const text = await answer.text().catch((cause: unknown) => {
		throw new AssistantUnclear("The assistant provider's answer broke off", { cause });
	});
	const body = parsed(text);
	if (!answer.ok) throw failureOf(answer.status, answer.headers.get("retry-after"), body);
	return body;
}

const Trouble = z.object({ message: z.union([z.string(), z.array(z.string()).transform((all) => all.join("; "))]) });

function failureOf(status: number, retryAfter: string | null, body: unknown): Error {
	const message = (Trouble.safeParse(body).data?.message ?? `The assistant provider answered ${status}`).slice(0, 500);
	if (status === 429) return new AssistantBusy(secondsOf(retryAfter), message);
	if (status < 400 || status >= 500 || status === 408) return new AssistantUnclear(`${message} (${status})`);
	const reason = status === 401 || status === 403 ? "credentials" : status === 404 ? "not_found" : "other";
	return new AssistantRefusal(reason, message);
}

function secondsOf(retryAfter: string | null): number {
	const seconds = Number(retryAfter ?? Number.NaN);
	return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3600) : WAIT_SECONDS;
}

function read<Shape extends z.ZodType>(shape: Shape, body: unknown): z.output<Shape> {
	const result = shape.safeParse(body);
	if (!result.success)
		throw new AssistantUnclear("The assistant provider's answer cannot be read", { cause: result.error });
	return result.data;
}
