import { ACCOUNT_SID, AUTH_TOKEN } from "../../test/loopback-carrier/options.ts";
import { Client } from "../demo/client.mjs";
import { chimes } from "../demo/greeting.mjs";

export const EMAIL = "owner@example.com";
/** How often each befalls a request. */
const FAULTS = {
	429: 0.02,
	"cut-before": 0.02,
	"500-after": 0.04,
	"cut-after": 0.04,
	"malformed-after": 0.02,
	"timeout-after": 0.004,
};
const ALL_DAY = { start: "00:00", end: "24:00" };

/** Settings under which a killed operation is settled within seconds. */
export const settingsFor = (carrierOrigin) => ({
	TWILIO_ACCOUNT_SID: ACCOUNT_SID,
	TWILIO_AUTH_TOKEN: AUTH_TOKEN,
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

/** Chance that can be repeated: the same seed makes the same mishaps in the same order. */
export function chanceFrom(seed) {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** What goes wrong when lines are bought and given back: more often than not something does. */
export function armPurchaseFaults({ faults }) {
	for (const operation of ["CreateIncomingPhoneNumber", "DeleteIncomingPhoneNumber"])
		for (const mode of [
			"cut-before",
			"500-before",
			"500-after",
			"cut-after",
			"malformed-after",
			"timeout-after",
			"429",
		])
			faults.arm({ operation, mode, share: 0.09 });
}

/** Everything that goes wrong at a carrier, before the effect and after it, for calls and purchases alike. */
export function armFaults({ faults }) {
	for (const operation of ["CreateCall", "CreateIncomingPhoneNumber"])
		for (const [mode, share] of Object.entries(FAULTS)) faults.arm({ operation, mode, share });
}
