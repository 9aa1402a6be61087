import type * as z from "zod";
import { retried } from "../callback-url";
import type { Carrier, MessageReport, SendMessage } from "../carrier";
import type { Api, Fields } from "./api";
import { MediaList, type MessageListed, MessagePage, MessageReply } from "./replies";

type Part = "sendMessage" | "findMessages" | "receivedMessages" | "listMedia" | "fetchMedia" | "answersHelp";

/** The carrier tells the time of a message to the second only. */
const SECOND = 1000;

/** Messages: sending them, looking for them, and the files that come with them. What becomes of one is told to its status URL. */
export function twilioMessages(api: Api): Pick<Carrier, Part> {
	return {
		answersHelp: true,
		async sendMessage(request) {
			const { sid, num_segments } = await api.post("Messages.json", formOf(request), MessageReply);
			return { ref: sid, segments: num_segments ?? 1 };
		},
		async findMessages({ to, from, whatsapp, since }) {
			// Not asked by DateSent: a message that still waits in the carrier's queue has none and would be missing.
			const query = { To: addressed(to, whatsapp), From: addressed(from, whatsapp), PageSize: "100" };
			const { messages } = await api.get("Messages.json", query, MessagePage);
			return messages.map(reportOf).filter(({ createdAt }) => createdAt + SECOND > since);
		},
		async receivedMessages({ since }) {
			const found: MessageReport[] = [];
			const sentSince = new Date(since).toISOString().replace(/\.\d+Z$/, "Z");
			let query: Fields | null = { "DateSent>": sentSince, PageSize: "1000" };
			while (query) {
				const page: z.output<typeof MessagePage> = await api.get("Messages.json", query, MessagePage);
				found.push(...page.messages.map(reportOf).filter(({ direction }) => direction === "inbound"));
				const next = page.next_page_uri && new URL(page.next_page_uri, "https://carrier.invalid").searchParams;
				query = next ? Object.fromEntries(next) : null;
			}
			return found;
		},
		async listMedia(messageRef) {
			const { media_list } = await api.get(`Messages/${encodeURIComponent(messageRef)}/Media.json`, {}, MediaList);
			return media_list.map(({ sid, content_type }) => ({ ref: sid, mediaType: content_type }));
		},
		fetchMedia: (messageRef, mediaRef) =>
			api.bytes(`Messages/${encodeURIComponent(messageRef)}/Media/${encodeURIComponent(mediaRef)}`),
	};
}

const addressed = (e164: string, whatsapp: boolean) => (whatsapp ? `whatsapp:${e164}` : e164);

function reportOf(listed: z.output<typeof MessageListed>): MessageReport {
	return {
		ref: listed.sid,
		to: listed.to,
		from: listed.from,
		body: listed.body,
		direction: listed.direction === "inbound" ? "inbound" : "outbound",
		status: listed.status,
		segments: listed.num_segments ?? 1,
		mediaCount: listed.num_media ?? 0,
		createdAt: listed.date_created ?? 0,
	};
}

function formOf({ to, from, body, mediaUrls, statusUrl, whatsapp }: SendMessage): Fields {
	return {
		To: addressed(to, whatsapp),
		From: addressed(from, whatsapp),
		Body: body || undefined,
		MediaUrl: mediaUrls,
		StatusCallback: retried(statusUrl),
	};
}
