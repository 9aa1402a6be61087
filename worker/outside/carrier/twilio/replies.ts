import * as z from "zod";

const sid = (prefix: string) => z.string().regex(new RegExp(`^${prefix}[0-9a-fA-F]{32}$`));
const words = z
	.string()
	.nullish()
	.transform((value) => value ?? "");
const moment = z
	.string()
	.nullish()
	.transform((text, context) => {
		if (!text) return null;
		const at = Date.parse(text);
		if (Number.isNaN(at)) context.addIssue({ code: "custom", message: "is not a time" });
		return at;
	});
const count = z
	.union([z.string(), z.number()])
	.nullish()
	.transform((value) => (value === null || value === undefined || value === "" ? null : Number(value)));

// Of lines that are for sale the carrier writes SMS and MMS, of lines that are ours sms and mms.
const Abilities = z.record(z.string(), z.boolean().nullable()).transform((given) => {
	const can = Object.fromEntries(Object.entries(given).map(([name, able]) => [name.toLowerCase(), able === true]));
	return { voice: can.voice ?? false, sms: can.sms ?? false, mms: can.mms ?? false };
});

export const Stock = z.object({
	available_phone_numbers: z.array(
		z.object({
			phone_number: z.string(),
			iso_country: z.string(),
			locality: words,
			region: words,
			capabilities: Abilities,
		}),
	),
});

export const LineReply = z.object({
	sid: sid("PN"),
	phone_number: z.string(),
	friendly_name: words,
	capabilities: Abilities,
});

export const LineList = z.object({ incoming_phone_numbers: z.array(LineReply) });

/** A line with everything that adopting it changes. */
export const SetLine = LineReply.extend({
	voice_url: words,
	voice_method: words,
	voice_fallback_url: words,
	voice_application_sid: words,
	trunk_sid: words,
	status_callback: words,
	status_callback_method: words,
	sms_url: words,
	sms_method: words,
	sms_fallback_url: words,
	sms_application_sid: words,
});

export const LinePage = z.object({ incoming_phone_numbers: z.array(SetLine), next_page_uri: words });

export const CallReply = z.object({
	sid: sid("CA"),
	to: words,
	from: words,
	status: z.string(),
	date_created: moment,
	start_time: moment,
	duration: count,
});

/** Of a call that was just placed nothing else is new, and a busy dialer reads a thousand of these in a second. */
export const Placed = z.object({ sid: sid("CA") });

export const CallList = z.object({ calls: z.array(CallReply) });

export const MessageReply = z.object({ sid: sid("(SM|MM)"), num_segments: count });

export const MessageListed = z.object({
	sid: sid("(SM|MM)"),
	to: words,
	from: words,
	body: words,
	direction: z.string(),
	status: z.string(),
	num_segments: count,
	num_media: count,
	date_created: moment,
});

export const MessagePage = z.object({ messages: z.array(MessageListed), next_page_uri: words });

export const MediaList = z.object({ media_list: z.array(z.object({ sid: sid("ME"), content_type: words })) });
