import { retried } from "../callback-url";
import type { Carrier, SendMessage } from "../carrier";
import type { Api, Fields } from "./api";
import { MessageReply } from "./replies";

/** Messages: sending them. What becomes of one is told to its status URL. */
export function twilioMessages(api: Api): Pick<Carrier, "sendMessage"> {
	return {
		async sendMessage(request) {
			const { sid, num_segments } = await api.post("Messages.json", formOf(request), MessageReply);
			return { ref: sid, segments: num_segments ?? 1 };
		},
	};
}

function formOf({ to, from, body, mediaUrls, statusUrl, whatsapp }: SendMessage): Fields {
	const address = (e164: string) => (whatsapp ? `whatsapp:${e164}` : e164);
	return {
		To: address(to),
		From: address(from),
		Body: body || undefined,
		MediaUrl: mediaUrls,
		StatusCallback: retried(statusUrl),
	};
}
