import { ulid } from "ulid";
import { inOneBatch, type Statement } from "../db/client";
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
import { hintOf, type Received, receivingByNumberAnyAccount, SEEN_BEFORE } from "./store";

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

/** False for a message that is here already. */
async function keep(house: House, form: IncomingForm, rest: Statement[]): Promise<boolean> {
	const got = received(form, house.now());
	const { account, payload, audience } = hintOf(got.id);
	const usual = house.carrier.answersHelp ? null : USUAL_HELP;
	try {
		const [told] = (await inOneBatch<Statement>(house.db, [
			...receivingByNumberAnyAccount(house.db, got),
			...(got.files.length > 0
				? [expectingMedia(house.db, got.id, got.files, { messageRef: got.carrierRef, now: got.now })]
				: []),
			...(got.asksForHelp
				? [answeringHelp(house.db, got.id, { id: `sch_${ulid(got.now)}`, usual, now: got.now })]
				: []),
			...rest,
			publish(house.db, account, "message", payload, got.now, audience),
		]).then((results) => results.slice(-1))) as OutboxRow[][];
		tell(house, told ?? []);
		if (got.asksForHelp) house.defer(sendDue(house));
		if (got.files.length > 0) house.defer(fetchMedia(house, got.carrierRef));
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

function received(form: IncomingForm, now: number): Received & { files: FileExpected[]; asksForHelp: boolean } {
	const isWhatsapp = form.To.startsWith(WHATSAPP);
	const bare = (address: string) => (address.startsWith(WHATSAPP) ? address.slice(WHATSAPP.length) : address);
	const files = Array.from({ length: Math.min(form.NumMedia, MOST_MEDIA) }, (_, n) => fileExpected(form, n, now));
	return {
		id: `msg_${ulid()}`,
		conversationId: `cnv_${ulid()}`,
		carrierRef: form.MessageSid,
		own: bare(form.To),
		peer: bare(form.From),
		channel: isWhatsapp ? "whatsapp" : "sms",
		body: form.Body,
		media: files.map(({ id, filename, mediaType }) => ({ id, filename, mediaType })),
		files,
		consent: consentIn(form.Body),
		asksForHelp: asksForHelp(form.Body),
		form,
		now,
	};
}
