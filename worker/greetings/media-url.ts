import { mediaLinks } from "../http/media-links";

/** Links that play a greeting: for carriers and for players. */
export const { urlOf: mediaUrl, check: checkMediaUrl } = mediaLinks({
	kind: "greeting",
	purpose: "media urls",
	path: "/media",
});
