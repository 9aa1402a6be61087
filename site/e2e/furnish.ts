import type { APIRequestContext } from "@playwright/test";
import { crowdCsv } from "./crowd.ts";
import { type Account, ask, contactsCsv, notAsked, openAccount, toneWav } from "./desk.ts";

/** An account that has been at work: numbers, contacts, greetings, and one campaign in each state that stands still. */
export async function furnishedAccount(request: APIRequestContext): Promise<Account & { campaignId: string }> {
	const account = await openAccount(request);
	await notAsked(request, account);
	await ask(request, account, "POST", "/api/wallet/top-up", { amountMicros: 50_000_000 });
	const channel = await ask(request, account, "POST", "/api/channels/generate-phone-number", { country: "USA" });
	await ask(request, account, "POST", "/api/channels/generate-phone-number", {
		country: "GB",
		type: "voice",
		name: "London office",
	});
	await ask(request, account, "POST", "/api/assistants", { name: "Night desk", firstMessage: "Good evening!" });
	await ask(request, account, "POST", "/api/webhooks", { url: "https://example.com/trunkline" });
	const customers = await listOf(request, account, "Customers 2026");
	await ask(request, account, "POST", "/api/contact-lists", {
		name: "Trade fair",
		description: "People we met in March",
	});
	const greeting = await greetingOf(request, account, "spring-check-up.wav");
	const transfer = await ask(request, account, "POST", "/api/transfer-numbers", {
		name: "Front desk",
		phoneNumber: "+442079460000",
	});
	const campaign = {
		greetingFileId: greeting.id,
		contactListId: customers,
		transferNumber: transfer.id,
		callerNumbers: [channel.phoneNumber],
		schedule: { window: { start: "00:00", end: "24:00" }, outsideHours: "skip", unknownZone: "dial" },
	};
	await ask(request, account, "POST", "/api/campaigns", { ...campaign, title: "Autumn offer" });
	const later = new Date(Date.now() + 3 * 86_400_000).toISOString();
	const scheduled = await ask(request, account, "POST", "/api/campaigns", {
		...campaign,
		title: "Opening hours have changed",
		schedule: { ...campaign.schedule, startsAt: later },
	});
	await ask(request, account, "POST", `/api/campaigns/${scheduled.id}/start`, {});
	const { id } = await ask(request, account, "POST", "/api/campaigns", {
		...campaign,
		title: "Spring check-up reminder",
	});
	await ask(request, account, "POST", `/api/campaigns/${id}/start`, {});
	await untilCompleted(request, account, id);
	return { ...account, campaignId: id };
}

/** A campaign that is ready to call a crowd, in an account of its own: everything is as in {@link furnishedAccount}, and nothing has begun. */
export async function crowdCampaign(
	request: APIRequestContext,
	{ people, outsideHours, maxConcurrent }: { people: number; outsideHours: "skip" | "wait"; maxConcurrent: number },
): Promise<{ account: Account; id: string }> {
	const account = await openAccount(request);
	await notAsked(request, account);
	await ask(request, account, "POST", "/api/wallet/top-up", { amountMicros: 400_000_000 });
	const channel = await ask(request, account, "POST", "/api/channels/generate-phone-number", { country: "USA" });
	const contactListId = await listOf(request, account, "Customers 2026", crowdCsv(people));
	const greeting = await greetingOf(request, account, "spring-check-up.wav");
	const transfer = await ask(request, account, "POST", "/api/transfer-numbers", {
		name: "Front desk",
		phoneNumber: "+442079460000",
	});
	const { id } = await ask(request, account, "POST", "/api/campaigns", {
		title: "Spring check-up reminder",
		contactListId,
		greetingFileId: greeting.id,
		transferNumber: transfer.id,
		callerNumbers: [channel.phoneNumber],
		schedule: { window: { start: "00:00", end: "24:00" }, outsideHours, unknownZone: "dial" },
		pacing: { callsPerSecond: 12, maxConcurrent },
	});
	return { account, id };
}

/** A list with the people of a CSV file. */
export async function listOf(
	request: APIRequestContext,
	account: Account,
	name: string,
	csv = contactsCsv(),
): Promise<string> {
	const { id } = await ask(request, account, "POST", "/api/contact-lists", { name });
	await request.post(`/api/contact-lists/${id}/import`, {
		headers: { authorization: `Bearer ${account.token}`, "content-type": "text/csv" },
		data: csv,
	});
	return id;
}

export async function greetingOf(request: APIRequestContext, account: Account, name: string): Promise<{ id: string }> {
	const reply = await request.post("/api/greeting-files", {
		headers: { authorization: `Bearer ${account.token}` },
		multipart: { file: { name, mimeType: "audio/wav", buffer: toneWav() } },
	});
	return reply.json();
}

async function untilCompleted(request: APIRequestContext, account: Account, id: string): Promise<void> {
	for (let tries = 0; tries < 400; tries++) {
		const { status } = await ask(request, account, "GET", `/api/campaigns/${id}`);
		if (status === "completed") return;
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
	throw new Error("the campaign did not finish within minutes");
}
