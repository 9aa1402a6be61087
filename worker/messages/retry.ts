import { notFound } from "../errors";
import type { Once } from "../http/idempotency";
import { reachOf } from "../numbers/reach";
import type { Outcome } from "../once/outcome";
import { parsePhone } from "../pure/phone";
import type { Scope } from "../scope";
import type { Message } from "./inputs";
import { priced } from "./order";
import { findMessage } from "./reading/store";
import { deliver } from "./send";
import { mediaIn } from "./shape";

/** Tries a message that has failed again, once, as a new message: the old one keeps its story. */
export async function retry(scope: Scope, id: string, once: Once): Promise<Outcome<Message>> {
	const failed = await findMessage(scope.db, scope.accountId, reachOf(scope), id);
	if (failed?.direction !== "outbound") throw notFound("Message");
	const { own, peer, channel, body } = failed;
	const media = mediaIn(failed.media);
	const mediaIds = media.flatMap((ref) => ("id" in ref ? [ref.id] : []));
	const country = parsePhone(peer)?.country ?? "";
	const order = { own, peer, channel, body, media, mediaIds, country, ...priced(channel, body, media.length > 0) };
	return deliver(scope, { ...order, retryOf: id }, once);
}
