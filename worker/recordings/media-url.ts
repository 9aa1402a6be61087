import { mediaLinks } from "../http/media-links";

/** Long enough to listen to it. */
export const HEAR_FOR_MS = 10 * 60_000;

/** Links that play a recording. */
export const { urlOf: recordingUrl, check: checkRecordingUrl } = mediaLinks({
	kind: "recording",
	purpose: "recordings",
	path: "/media/recordings",
});
