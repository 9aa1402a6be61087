import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { Complaint } from "../options.mjs";
import { chimes } from "./greeting.mjs";

const TOP_UP_MICROS = 1_000_000_000;
const WHOLE_DAY = { start: "00:00", end: "24:00" };
const DESK = "+14155552671"; // where those who press 1 are connected to

/** Buys, uploads and writes down everything that a campaign needs. Says each step with `say`. */
export async function prepare(client, { contactsFile, greetingFile, say }) {
	await client.signUp();
	say("Signed up");
	const wideOpen = await openHours(client);
	await client.post("/api/wallet/top-up", { amountMicros: TOP_UP_MICROS });
	say(`Topped up ${dollars(TOP_UP_MICROS)}`);
	const number = await client.post("/api/channels/generate-phone-number", { country: "USA", type: "voice" });
	say(`Got the number ${number.phoneNumber}`);
	const list = await client.post("/api/contact-lists", { name: "Demo" });
	const csv = readInput("--contacts", contactsFile);
	const imported = await client.upload(`/api/contact-lists/${list.id}/import`, csv, "text/csv");
	say(
		`Imported ${basename(contactsFile)}: ${imported.rowsAdded} contacts, ${imported.rowsBad} rows that cannot be used`,
	);
	const spared = await spare(client, list.id, imported.rowsAdded);
	say(`Put ${spared.length} of them on the do-not-call list`);
	const greeting = await uploadGreeting(client, greetingFile);
	say(`Uploaded the greeting ${greeting.filename}, ${greeting.durationSeconds} s`);
	const desk = await client.post("/api/transfer-numbers", { name: "Sales desk", phoneNumber: DESK });
	const campaign = await client.post("/api/campaigns", {
		title: "Demo",
		greetingFileId: greeting.id,
		transferNumber: desk.id,
		contactListId: list.id,
		callerNumbers: [number.phoneNumber],
		maxCallSeconds: 60,
		schedule: wideOpen
			? { window: WHOLE_DAY, outsideHours: "wait", unknownZone: "dial" }
			: { outsideHours: "skip", unknownZone: "skip" },
	});
	return { campaign, list, imported, csv, spared };
}

/** As administrator the demo may call at any hour; otherwise people whose hours are closed are skipped. */
async function openHours(client) {
	try {
		await client.patch("/api/admin/settings", { legalHours: WHOLE_DAY });
		return true;
	} catch (error) {
		if (error.status === 403 || error.status === 404) return false;
		throw error;
	}
}

/** Some people do not want to be called: one in two hundred of the list. Gives their numbers. */
async function spare(client, listId, people) {
	const page = await client.get(
		`/api/contact-lists/${listId}/contacts?limit=${Math.max(1, Math.min(100, Math.floor(people / 200)))}`,
	);
	const numbers = people < 200 ? [] : page.items.map(({ phoneNumber }) => phoneNumber);
	for (const phoneNumber of numbers) await client.post("/api/do-not-call", { phoneNumber });
	return numbers;
}

async function uploadGreeting(client, file) {
	const form = new FormData();
	const bytes = file ? readInput("--greeting", file) : chimes();
	form.set("file", new File([bytes], file ? basename(file) : "chimes.wav"));
	return client.upload("/api/greeting-files", form);
}

function readInput(option, file) {
	try {
		return readFileSync(file);
	} catch (error) {
		throw new Complaint(`${option} ${file}: cannot be read (${error.code ?? error.message})`);
	}
}

/** 1150000 -> "$1.15". */
export function dollars(micros) {
	const sign = micros < 0 ? "-" : "";
	return `${sign}$${(Math.abs(micros) / 1_000_000).toFixed(2)}`;
}
