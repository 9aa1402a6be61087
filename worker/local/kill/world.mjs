import { ACCOUNT } from "../carrier/account.mjs";
import { Client } from "../demo/client.mjs";
import { chimes } from "../demo/greeting.mjs";

export const EMAIL = "owner@example.com";
const ALL_DAY = { start: "00:00", end: "24:00" };

/** Settings under which a killed operation is settled within seconds. */
export const settingsFor = (carrierOrigin) => ({
	...ACCOUNT,
	TWILIO_API_BASE_URL: carrierOrigin,
	CALLS_PER_SECOND: "20",
	MAX_CONCURRENT_CALLS: "40",
	COMPLETER_AGE_SECONDS: "2",
	RATE_LIMIT_SCALE: "1000",
	ADMIN_EMAILS: EMAIL,
});

/** An account with a number, a greeting and a campaign over so many people, about to start. */
export async function furnish(origin, people) {
	const client = new Client(origin, EMAIL);
	await client.signUp();
	await client.patch("/api/admin/settings", { legalHours: ALL_DAY });
	await client.post("/api/wallet/top-up", { amountMicros: 500_000_000 });
	const caller = await boughtNumber(client);
	const form = new FormData();
	form.set("file", new File([chimes()], "chimes.wav"));
	const greeting = await client.upload("/api/greeting-files", form);
	const desk = await client.post("/api/transfer-numbers", { name: "Desk", phoneNumber: "+14152671234" });
	const list = await client.post("/api/contact-lists", { name: "People" });
	const rows = Array.from({ length: people }, (_, at) => `+1415${3_000_000 + at}`);
	await client.upload(`/api/contact-lists/${list.id}/import`, `phone\n${rows.join("\n")}\n`, "text/csv");
	const campaign = await client.post("/api/campaigns", {
		title: "Killed and killed again",
		greetingFileId: greeting.id,
		transferNumber: desk.id,
		contactListId: list.id,
		callerNumbers: [caller],
		maxCallSeconds: 30,
		schedule: { window: ALL_DAY, unknownZone: "dial" },
	});
	return { client, campaignId: campaign.id };
}

/** The carrier may fail a purchase; whoever needs a number tries the next one. */
async function boughtNumber(client) {
	for (;;)
		try {
			const { status, phoneNumber } = await buy(client);
			if (status === "active") return phoneNumber;
		} catch (error) {
			if (error.status !== 502 && error.status !== 503) throw error;
		}
}

/** Buys one number; rejects when the carrier refuses or the product is cut off. */
export function buy(client) {
	return client.post("/api/channels/generate-phone-number", { country: "US", type: "voice" });
}
