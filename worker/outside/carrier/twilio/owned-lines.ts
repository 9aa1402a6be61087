import type * as z from "zod";
import type { AdoptLine, Carrier, LineSettings, OwnedLine } from "../carrier";
import { type Api, type Fields, isMissing } from "./api";
import { lineOf, ourSettings } from "./lines";
import { LinePage, LineReply, type SetLine } from "./replies";

type Reply = z.output<typeof SetLine>;

/** Each setting that we change, by the carrier's name for it in a request and in an answer. */
const SETTINGS = {
	FriendlyName: "friendly_name",
	VoiceUrl: "voice_url",
	VoiceMethod: "voice_method",
	VoiceFallbackUrl: "voice_fallback_url",
	VoiceApplicationSid: "voice_application_sid",
	TrunkSid: "trunk_sid",
	StatusCallback: "status_callback",
	StatusCallbackMethod: "status_callback_method",
	SmsUrl: "sms_url",
	SmsMethod: "sms_method",
	SmsFallbackUrl: "sms_fallback_url",
	SmsApplicationSid: "sms_application_sid",
} as const satisfies Record<string, keyof Reply>;

/** What goes before our addresses while it is set. */
const IN_THE_WAY = ["VoiceApplicationSid", "TrunkSid", "SmsApplicationSid", "VoiceFallbackUrl", "SmsFallbackUrl"];
/** A method stays as it is when there was none, and an application or trunk that was not there is not named. */
const NEVER_EMPTY = /Method$|Sid$/;

/** Lines that were there before us: listing them, taking them over, and setting them back. */
export function ownedLines(api: Api, publicBaseUrl: string): Pick<Carrier, "listLines" | "adoptLine" | "detachLine"> {
	return {
		listLines: () => listLines(api),
		async adoptLine({ ref, operationId, before }: AdoptLine) {
			const cleared = Object.fromEntries(IN_THE_WAY.filter((name) => before[name]).map((name) => [name, ""]));
			const form = { ...cleared, ...ourSettings(operationId, publicBaseUrl) };
			return lineOf(await api.post(pathOf(ref), form, LineReply));
		},
		async detachLine(ref, before) {
			try {
				await api.post(pathOf(ref), formOf(before), LineReply);
			} catch (error) {
				if (!isMissing(error)) throw error;
			}
		},
	};
}

async function listLines(api: Api): Promise<OwnedLine[]> {
	const lines: OwnedLine[] = [];
	let query: Fields | null = { PageSize: "1000" };
	while (query) {
		const page: z.output<typeof LinePage> = await api.get("IncomingPhoneNumbers.json", query, LinePage);
		lines.push(...page.incoming_phone_numbers.map((line) => ({ ...lineOf(line), settings: settingsOf(line) })));
		const next = page.next_page_uri && new URL(page.next_page_uri, "https://carrier.invalid").searchParams;
		query = next ? Object.fromEntries(next) : null;
	}
	return lines;
}

function settingsOf(line: Reply): LineSettings {
	return Object.fromEntries(Object.entries(SETTINGS).map(([name, answered]) => [name, line[answered]]));
}

function formOf(before: LineSettings): Fields {
	return Object.fromEntries(Object.entries(before).filter(([name, value]) => value !== "" || !NEVER_EMPTY.test(name)));
}

const pathOf = (ref: string) => `IncomingPhoneNumbers/${encodeURIComponent(ref)}.json`;
