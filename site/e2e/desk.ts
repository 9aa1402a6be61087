import { randomUUID } from "node:crypto";
import { type APIRequestContext, type APIResponse, expect, type Page } from "@playwright/test";

export interface Account {
	email: string;
	password: string;
	token: string;
}

/** Opens an account over the API: sign-up through the page has a test of its own. The cookie stays with `request`. */
export async function openAccount(request: APIRequestContext): Promise<Account> {
	const email = `e2e-${randomUUID()}@example.com`;
	const password = "a quiet desk by the window";
	const metadata = { fullName: "Mira Okafor", companyName: "Okafor & Weber" };
	const reply = await heard(() => request.post("/api/auth/signup", { data: { email, password, metadata } }));
	expect(reply.status(), await reply.text()).toBe(201);
	const { session } = await reply.json();
	return { email, password, token: session.access_token };
}

/** Signs the administrator of this installation in, whose address its settings name. */
export async function openAdministrator(request: APIRequestContext): Promise<Account> {
	const who = { email: "administrator@e2e.example.com", password: "a quiet desk by the window" };
	const opened = await request.post("/api/auth/signup", { data: { ...who, metadata: { fullName: "Ada Admin" } } });
	const reply = opened.ok() ? opened : await request.post("/api/auth/login", { data: who });
	expect(reply.ok(), await reply.text()).toBe(true);
	const account = { ...who, token: (await reply.json()).session.access_token };
	await notAsked(request, account);
	return account;
}

/** On a busy machine the local server loses its own connection to the Worker now and then: what never arrived is sent again. */
async function heard(send: () => Promise<APIResponse>): Promise<APIResponse> {
	const reply = await send();
	return reply.status() === 500 && /Network connection lost/.test(await reply.text()) ? send() : reply;
}

/** Asks the API as an account. */
export async function ask(
	request: APIRequestContext,
	{ token }: Account,
	method: string,
	path: string,
	data?: unknown,
) {
	const reply = await heard(() =>
		request.fetch(path, {
			method,
			headers: { authorization: `Bearer ${token}` },
			...(data === undefined ? {} : { data }),
		}),
	);
	expect(reply.ok(), `${method} ${path}: ${reply.status()} ${await reply.text()}`).toBe(true);
	return reply.json();
}

/** Closes the question for the personal number, which every new account is asked. */
export async function notAsked(request: APIRequestContext, account: Account): Promise<void> {
	await ask(request, account, "PATCH", "/api/users/settings", { phonePromptDismissedAt: new Date().toISOString() });
}

/** Numbers that libphonenumber gives as examples for different countries: valid, and nobody's. */
export const PEOPLE = [
	["Mira", "Okafor", "+44 20 7946 0101"],
	["Jonas", "Weber", "+49 1512 3456789"],
	["Priya", "Nair", "+91 81234 56789"],
	["Luc", "Moreau", "+33 6 12 34 56 78"],
	["Ava", "Collins", "+61 412 345 678"],
	["Sofia", "Rossi", "+39 312 345 6789"],
	["Emil", "Larsen", "+45 32 12 34 56"],
	["Hana", "Sato", "+81 90 1234 5678"],
	["Diego", "Alvarez", "+34 612 34 56 78"],
	["Grace", "Obi", "+234 802 123 4567"],
	["Noah", "Miller", "+1 201 555 0123"],
	["Zofia", "Nowak", "+48 512 345 678"],
] as const;

/** A time zone where people may be called right now: at any hour it is day in one of these. */
export function zoneByDay(now = new Date()): string {
	const hourIn = (timeZone: string) =>
		Number(new Intl.DateTimeFormat("en", { timeZone, hour: "numeric", hourCycle: "h23" }).format(now));
	const isDay = (zone: string) => hourIn(zone) >= 9 && hourIn(zone) < 20;
	return ["Europe/London", "America/New_York", "Asia/Tokyo"].find(isDay) ?? "Pacific/Auckland";
}

/** A CSV file of them, with two rows that cannot be used. */
export function contactsCsv(): string {
	const rows = PEOPLE.map(([first, last, phone]) => `${first},${last},${phone}`);
	return ["First name,Last name,Phone", ...rows, "Nobody,Wrong,12", "No,Number,"].join("\n");
}

/** A second of a 440 Hz tone as a WAV file. */
export function toneWav(): Buffer {
	const rate = 8_000;
	const data = Buffer.alloc(rate * 2);
	for (let at = 0; at < rate; at++)
		data.writeInt16LE(Math.round(Math.sin((at * 440 * 2 * Math.PI) / rate) * 8_000), at * 2);
	const head = Buffer.alloc(44);
	head.write("RIFF", 0);
	head.writeUInt32LE(36 + data.length, 4);
	head.write("WAVEfmt ", 8);
	head.writeUInt32LE(16, 16);
	head.writeUInt16LE(1, 20);
	head.writeUInt16LE(1, 22);
	head.writeUInt32LE(rate, 24);
	head.writeUInt32LE(rate * 2, 28);
	head.writeUInt16LE(2, 32);
	head.writeUInt16LE(16, 34);
	head.write("data", 36);
	head.writeUInt32LE(data.length, 40);
	return Buffer.concat([head, data]);
}

/** What the page complained of: errors in its console (the security policy speaks there too) and exceptions. */
export function complaintsOf(page: Page): string[] {
	const complaints: string[] = [];
	page.on("pageerror", (error) => complaints.push(error.message));
	page.on("console", (message) => {
		// A refused request shows in the console as well; whether it was expected, the test itself says.
		if (message.type() === "error" && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
	});
	return complaints;
}
