import { ulid } from "ulid";
import { inOneBatch, type Statement } from "../db/client";
import { fixed } from "../db/fixed";
import { brokenRule } from "../db/guards";
import { type OutboxRow, publish } from "../live/store";
import { tell } from "../live/tell";
import { asksForHelp, consentIn } from "../pure/stop-words";
import type { House } from "../scope";
import { IncomingForm } from "./inputs";
import { fetchMedia } from "./media/fetch-media";
import { expectingMedia } from "./media/store";
import { attachableAnyAccount, unpark } from "./parked/store";
import { USUAL_HELP } from "./scheduled/help";
import { sendDue } from "./scheduled/send-due";
import { answeringHelp } from "./scheduled/store";
import { hintOf, type MediaRef, type Received, receivingByNumberAnyAccount, SEEN_BEFORE } from "./store";

const WHATSAPP = "whatsapp:";
const AT_ONCE = 50;
const MOST_MEDIA = 10;
const UNKNOWN_TYPE = "application/octet-stream";

/** Keeps a message that came in, once, with what it says of consent; its pages are told. One round trip. */
export async function receive(house: House, form: IncomingForm): Promise<void> {
	await keep(house, form, []);
}

/** Gives messages that came before their number was here to whoever has it now. */
export async function attachParked(house: House): Promise<void> {
	for (const { carrierRef, form } of await attachableAnyAccount(house.db, AT_ONCE))
		if (!(await keep(house, IncomingForm.parse(form), [unpark(house.db, carrierRef)])))
			await inOneBatch(house.db, [unpark(house.db, carrierRef)]);
}

const keeping = fixed<Received>()((db, its) => {
	const { account, payload, audience } = hintOf(its.id);
	return [
		...receivingByNumberAnyAccount(db, its),
		publish(db, account, "message", payload, its.now, audience),
	] as const;
});

/** False for a message that is here already. */
async function keep(house: House, form: IncomingForm, rest: Statement[]): Promise<boolean> {
	const { message, files, asksForHelp } = received(form, house.now());
	const { id, carrierRef: messageRef, now } = message;
	const usual = house.carrier.answersHelp ? null : USUAL_HELP;
	try {
		const [, , , told] = await inOneBatch<Statement>(house.db, [
			...keeping(house.db, message),
			...(files.length > 0 ? [expectingMedia(house.db, id, files, { messageRef, now })] : []),
			...(asksForHelp ? [answeringHelp(house.db, id, { id: `sch_${ulid(now)}`, usual, now })] : []),
			...rest,
		]);
		tell(house, told as OutboxRow[]);
		if (asksForHelp) house.defer(sendDue(house));
		if (files.length > 0) house.defer(fetchMedia(house, messageRef));
		return true;
	} catch (error) {
		if (brokenRule(error) !== SEEN_BEFORE) throw error;
		return false;
	}
}

interface FileExpected {
	id: string;
	r2Key: string;
	position: number;
	filename: string;
	mediaType: string;
}

/** A file that the carrier has for us. Its bytes are fetched by the carrier's own names, never from an address in a request. */
function fileExpected(form: IncomingForm, position: number, now: number): FileExpected {
	const told = form[`MediaContentType${position}`];
	const mediaType = typeof told === "string" && /^[\w.+-]+\/[\w.+-]+$/.test(told) ? told.toLowerCase() : UNKNOWN_TYPE;
	return { id: `med_${ulid(now)}`, r2Key: ulid(now), position, filename: "", mediaType };
}

function received(form: IncomingForm, now: number) {
	const isWhatsapp = form.To.startsWith(WHATSAPP);
	const bare = (address: string) => (address.startsWith(WHATSAPP) ? address.slice(WHATSAPP.length) : address);
	const files = Array.from({ length: Math.min(form.NumMedia, MOST_MEDIA) }, (_, n) => fileExpected(form, n, now));
	const message: Received = {
		id: `msg_${ulid()}`,
		conversationId: `cnv_${ulid()}`,
		carrierRef: form.MessageSid,
		own: bare(form.To),
		peer: bare(form.From),
		channel: isWhatsapp ? "whatsapp" : "sms",
		body: form.Body,
		media: JSON.stringify(files.map(({ id, filename, mediaType }): MediaRef => ({ id, filename, mediaType }))),
		consent: consentIn(form.Body),
		form: JSON.stringify(form),
		now,
	};
	return { message, files, asksForHelp: asksForHelp(form.Body) };
}
