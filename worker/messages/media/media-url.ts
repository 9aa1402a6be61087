import type { Settings } from "../../env";
import { mediaLinks } from "../../http/media-links";

/** Links that show a picture or file of a message. */
export const { urlOf: messageMediaUrl, check: checkMessageMediaUrl } = mediaLinks({
	kind: "message",
	purpose: "message media urls",
	path: "/media/messages",
});

/** The file that an address of ours shows; null for an address elsewhere, and undefined for one of ours that shows no file. */
export function ownMediaId(settings: Settings, url: URL): string | null | undefined {
	if (url.origin !== new URL(settings.PUBLIC_BASE_URL).origin) return null;
	return /^\/media\/messages\/(med_[0-9A-Z]{26})$/.exec(url.pathname)?.[1];
}
