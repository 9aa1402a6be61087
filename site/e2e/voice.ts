import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { type Account, ask, notAsked, openAccount } from "./desk";

export interface Line {
	id: string;
	number: string;
	formatted: string;
}

const PREFIXES = ["1511", "1512", "1514", "1515", "1516", "1517", "1520", "1522"];
/** So many tests of one worker ask for a number at most. */
const MOST_PER_WORKER = 50;
let used = 0;

/** A number that nobody else has, whose pretend owner answers and listens: so its last four digits say. */
function nextOwnNumber(): string {
	const one = test.info().workerIndex * MOST_PER_WORKER + used++;
	const prefix = PREFIXES[Math.floor(one / 1_000) % PREFIXES.length];
	return `+49${prefix}${String(one % 1_000).padStart(3, "0")}0007`;
}

/** An account with money, a telephone of its own, and one line. */
export async function accountWithLine(request: APIRequestContext): Promise<{ account: Account; line: Line }> {
	const account = await openAccount(request);
	await notAsked(request, account);
	await ask(request, account, "POST", "/api/wallet/top-up", { amountMicros: 20_000_000 });
	await ask(request, account, "PATCH", "/api/users/phone", { phoneNumber: nextOwnNumber() });
	await ask(request, account, "POST", "/api/channels/generate-phone-number", { country: "USA", type: "voice" });
	const [line] = await ask(request, account, "GET", "/api/phone-numbers");
	return { account, line };
}

/** Somebody outside calls a line. */
export function callIn(
	request: APIRequestContext,
	account: Account,
	line: Line,
	{ from = "+442079460102", staysFor }: { from?: string; staysFor?: number } = {},
) {
	const call = { from, to: line.number, ...(staysFor ? { staysFor } : {}) };
	return ask(request, account, "POST", "/api/debug/pretend/calls", call);
}

export async function route(request: APIRequestContext, account: Account, line: Line, routing: object) {
	await ask(request, account, "PUT", `/api/phone-numbers/${line.id}`, { routing });
}

export const phoneOf = (page: Page) => page.getByRole("region", { name: "Phone", exact: true });

/** Waits for what the log says of the newest call. */
export async function untilLogged(
	request: APIRequestContext,
	account: Account,
	fields: Record<string, unknown>,
): Promise<{ id: string }> {
	let newest = { id: "" };
	await expect
		.poll(
			async () => {
				const { items } = await ask(request, account, "GET", "/api/calls?limit=1");
				newest = items[0] ?? newest;
				return newest;
			},
			{ timeout: 90_000 },
		)
		.toMatchObject(fields);
	return newest;
}
