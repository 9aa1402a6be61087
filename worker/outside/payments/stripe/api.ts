import * as z from "zod";
import type { Settings } from "../../../env";
import { PaymentsRefusal, PaymentsUnclear } from "../payments";

/** Longer than the provider takes to answer, shorter than anybody waits for it. */
const TIMEOUT_MS = 10_000;
/** The version of the API whose shapes are read here; without it the account's own default would decide. */
const VERSION = "2026-10-28.endive";

/** What a request says: values nested as the API nests them. What is undefined is left out. */
export interface Fields {
	[name: string]: Value;
}
type Value = string | number | boolean | undefined | Fields | Value[];

const Trouble = z.object({ error: z.object({ code: z.string().optional(), message: z.string().optional() }) });

/** The payment provider's REST API (docs.stripe.com/api). Each function sends exactly one request. */
export interface Api {
	/** `key` makes the request safe to repeat: the provider answers the second one as the first. */
	post<Shape extends z.ZodType>(path: string, fields: Fields, shape: Shape, key?: string): Promise<z.output<Shape>>;
	get<Shape extends z.ZodType>(path: string, fields: Fields, shape: Shape): Promise<z.output<Shape>>;
	delete<Shape extends z.ZodType>(path: string, shape: Shape): Promise<z.output<Shape>>;
}

/** Definitely not done. `code` is the provider's own word. */
export class Refused extends PaymentsRefusal {
	readonly code: string;

	constructor(code: string, message: string) {
		super(message);
		this.code = code;
	}
}

/** Opens the API for the account of the settings. */
export function stripeApi({
	STRIPE_SECRET_KEY,
	STRIPE_API_BASE_URL,
}: Pick<Settings, "STRIPE_SECRET_KEY" | "STRIPE_API_BASE_URL">): Api {
	const headers = { authorization: `Bearer ${STRIPE_SECRET_KEY ?? ""}`, "stripe-version": VERSION };
	const base = `${STRIPE_API_BASE_URL.replace(/\/+$/, "")}/v1/`;
	return {
		get: async (path, fields, shape) => read(shape, await exchange(`${base}${path}?${spelled(fields)}`, { headers })),
		delete: async (path, shape) => read(shape, await exchange(base + path, { method: "DELETE", headers })),
		post: async (path, fields, shape, key) =>
			read(
				shape,
				await exchange(base + path, {
					method: "POST",
					headers: { ...headers, ...(key && { "idempotency-key": key }) },
					body: spelled(fields),
				}),
			),
	};
}

/** The API's spelling of nested fields: `a[b][0]=c`. */
export function spelled(fields: Fields): URLSearchParams {
	const out = new URLSearchParams();
	const spell = (name: string, value: Value): void => {
		if (value === undefined) return;
		if (typeof value !== "object") out.append(name, String(value));
		else for (const [inner, each] of Object.entries(value)) spell(name === "" ? inner : `${name}[${inner}]`, each);
	};
	spell("", fields);
	return out;
}

/** The JSON of a success. Everything else is thrown as a refusal or as unclear. */
async function exchange(url: string, init: RequestInit): Promise<unknown> {
	let answer: Response;
	let body: unknown;
	try {
		// A redirect would carry our key somewhere else.
		answer = await fetch(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_MS) });
		body = await answer.json();
	} catch (cause) {
		throw new PaymentsUnclear("The payment provider did not answer clearly", { cause });
	}
	if (answer.ok) return body;
	const { status } = answer;
	if (status < 400 || status >= 500 || status === 409 || status === 429)
		throw new PaymentsUnclear("The payment provider did not answer clearly");
	const { error } = Trouble.safeParse(body).data ?? { error: {} };
	throw new Refused(error.code ?? "", error.message ?? "refused");
}

function read<Shape extends z.ZodType>(shape: Shape, body: unknown): z.output<Shape> {
	const result = shape.safeParse(body);
	if (!result.success)
		throw new PaymentsUnclear("The payment provider's answer cannot be read", { cause: result.error });
	return result.data;
}
