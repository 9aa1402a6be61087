import type { Settings } from "../../../env";
import type { Carrier } from "../carrier";
import { twilioApi } from "./api";
import { twilioCalls } from "./calls";
import { twilioLines } from "./lines";
import { twilioMessages } from "./messages";
import { twilioRecordings } from "./recordings";
import { verify } from "./signature";

/** The real carrier, over its REST API. */
export function twilioCarrier(settings: Settings): Carrier {
	const api = twilioApi(settings);
	const { TWILIO_AUTH_TOKEN: today = "", TWILIO_AUTH_TOKEN_PREVIOUS: before = "" } = settings;
	return {
		name: "twilio",
		...twilioLines(api, settings.PUBLIC_BASE_URL),
		...twilioCalls(api),
		...twilioMessages(api),
		...twilioRecordings(api),
		isFromCarrier: async ({ publicUrl: url, form, rawBody, signature }) =>
			verify([today, before], { url, form, rawBody, signature }),
	};
}
