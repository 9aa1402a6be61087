import { typedDestination } from "../consent/reach/destination";
import { Fault } from "../errors";
import { findChannel } from "../numbers/channels/store";
import { reachOf } from "../numbers/reach";
import { isPublicUrl } from "../pure/public-url";
import { segmentsOf } from "../pure/segments";
import type { Scope } from "../scope";
import type { MessageInput } from "./inputs";
import { ownMediaId } from "./media/media-url";
import type { Channel, MediaRef, MessageItem } from "./store";
import { renderedBody } from "./templates/render";

/** A message as it is to be sent: everything is read, nothing is promised yet. */
export interface Order {
	own: string;
	peer: string;
	/** Of the peer, ISO 3166-1 alpha-2. */
	country: string;
	channel: Channel;
	body: string;
	/** Files of ours by id only: what they are is known once they are found. */
	mediaIds: string[];
	media: MediaRef[];
	/** What is paid for, and how often. */
	item: MessageItem;
	units: number;
	retryOf: string | null;
}

const WHATSAPP = "whatsapp:";

/** Reads what somebody wants sent. Throws `invalid_input` for what cannot be sent to anybody; asks the database only for national numbers, channels and templates. */
export async function orderOf(scope: Scope, input: Omit<MessageInput, "userId">): Promise<Order> {
	const { own, channel } = await senderIn(scope, input.from);
	const to = input.to.startsWith(WHATSAPP) ? input.to.slice(WHATSAPP.length) : input.to;
	if (to !== input.to && channel !== "whatsapp")
		throw new Fault("invalid_input", "to: write to WhatsApp from a WhatsApp channel");
	const { e164: peer, country } = await typedDestination(scope, to, { country: input.country, line: own });
	if (peer === own) throw new Fault("invalid_input", "to: this is the number that sends");
	const body = await renderedBody(scope, peer, input);
	const given = (input.mediaUrls ?? []).map((url) => mediaGiven(scope, url));
	if (body.trim() === "" && given.length === 0)
		throw new Fault("invalid_input", "body: say something, or send a picture");
	return {
		own,
		peer,
		country,
		channel,
		body,
		mediaIds: given.flatMap((each) => ("id" in each ? [each.id] : [])),
		media: given,
		...priced(channel, body, given.length > 0),
		retryOf: null,
	};
}

/** What a message is paid by: a picture as one, a text by its segments, WhatsApp by the message. */
export function priced(channel: Channel, body: string, withMedia: boolean): Pick<Order, "item" | "units"> {
	if (channel === "whatsapp") return { item: "whatsapp", units: 1 };
	return withMedia ? { item: "mms", units: 1 } : { item: "sms_segment", units: segmentsOf(body) };
}

/** Whoever is named as the sender; whether it is the caller's to use is for the batch that sends. */
async function senderIn(scope: Scope, from: string): Promise<{ own: string; channel: Channel }> {
	if (from.startsWith("chn_")) {
		const found = await findChannel(scope.db, scope.accountId, reachOf(scope), from);
		if (!found) throw new Fault("not_allowed", "This number is not yours to use.");
		return { own: found.number.e164, channel: found.channel.type === "whatsapp" ? "whatsapp" : "sms" };
	}
	const isWhatsapp = from.startsWith(WHATSAPP);
	const own = (isWhatsapp ? from.slice(WHATSAPP.length) : from).replace(/[\s().-]/g, "");
	return { own, channel: isWhatsapp ? "whatsapp" : "sms" };
}

function mediaGiven({ settings }: Scope, text: string): MediaRef {
	const refusal = () =>
		new Fault("invalid_input", "mediaUrls: upload the file, or give a public https address", {
			details: [{ path: "mediaUrls", message: "not a file of yours, nor a public https address" }],
		});
	if (!URL.canParse(text)) throw refusal();
	const url = new URL(text);
	const id = ownMediaId(settings, url);
	if (typeof id === "string") return { id, mediaType: "", filename: "" };
	if (id === undefined || !isPublicUrl(url)) throw refusal();
	return { url: url.href };
}
