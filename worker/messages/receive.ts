import { ulid } from "ulid";
import { inOneBatch, type Statement } from "../db/client";
import { brokenRule } from "../db/guards";
import { type OutboxRow, publish } from "../live/store";
import { tell } from "../live/tell";
import { consentIn } from "../pure/stop-words";
import type { House } from "../scope";
import { IncomingForm } from "./inputs";
import { attachableAnyAccount, hintOf, type Received, receivingByNumberAnyAccount, SEEN_BEFORE, unpark } from "./store";

const WHATSAPP = "whatsapp:";
const AT_ONCE = 50;

/** Keeps a message that came in, once, with what it says of consent; its pages are told. One round trip. */
export async function receive(house: House, form: IncomingForm): Promise<void> {
	await keep(house, form, []);
}

/** Gives messages that came before their number was here to whoever has it now. */
export async function attachParked(house: House): Promise<void> {
	for (const { carrierRef, form } of await attachableAnyAccount(house.db, AT_ONCE))
		await keep(house, IncomingForm.parse(form), [unpark(house.db, carrierRef)]);
}

async function keep(house: House, form: IncomingForm, rest: Statement[]): Promise<void> {
	const got = received(form, house.now());
	const { account, payload } = hintOf(got.id);
	try {
		const [told] = (await inOneBatch<Statement>(house.db, [
			...receivingByNumberAnyAccount(house.db, got),
			...rest,
			publish(house.db, account, "message", payload, got.now),
		]).then((results) => results.slice(-1))) as OutboxRow[][];
		tell(house, told ?? []);
	} catch (error) {
		if (brokenRule(error) !== SEEN_BEFORE) throw error;
	}
}

function received(form: IncomingForm, now: number): Received {
	const isWhatsapp = form.To.startsWith(WHATSAPP);
	const bare = (address: string) => (address.startsWith(WHATSAPP) ? address.slice(WHATSAPP.length) : address);
	const media = Array.from({ length: Math.min(form.NumMedia, 10) }, (_, n) => form[`MediaUrl${n}`]);
	return {
		id: `msg_${ulid()}`,
		conversationId: `cnv_${ulid()}`,
		carrierRef: form.MessageSid,
		own: bare(form.To),
		peer: bare(form.From),
		channel: isWhatsapp ? "whatsapp" : "sms",
		body: form.Body,
		media: media.filter((url) => typeof url === "string"),
		consent: consentIn(form.Body),
		form,
		now,
	};
}
