import { getCountryCallingCode, isSupportedCountry } from "libphonenumber-js/max";
import type * as z from "zod";
import { retried } from "../callback-url";
import type { BuyLine, Carrier, Line, LineType, Offer, StockQuery } from "../carrier";
import { asKeys, isContained } from "../contains";
import { lineUrls } from "../line-urls";
import { type Api, type Fields, isMissing } from "./api";
import { ownedLines } from "./owned-lines";
import { LineList, LineReply, Stock } from "./replies";

const SHELF: Record<LineType, string> = { local: "Local", mobile: "Mobile", tollfree: "TollFree" };
/** Only these countries' numbers can be asked for by area code; elsewhere it is the beginning of the number. */
const WITH_AREA_CODES = new Set(["US", "CA"]);
/** What the carrier does not filter, we do, so ask for more than is wanted. */
const PAGE = 100;

/** Lines: looking for them, buying them, giving them back. */
export function twilioLines(
	api: Api,
	publicBaseUrl: string,
): Pick<Carrier, "search" | "buyLine" | "findLine" | "releaseLine" | "listLines" | "adoptLine" | "detachLine"> {
	return {
		...ownedLines(api, publicBaseUrl),
		search: (query) => search(api, query),
		buyLine: async (request) =>
			lineOf(await api.post("IncomingPhoneNumbers.json", orderOf(request, publicBaseUrl), LineReply)),
		async findLine(e164) {
			const { incoming_phone_numbers: found } = await api.get(
				"IncomingPhoneNumbers.json",
				{ PhoneNumber: e164, PageSize: "20" },
				LineList,
			);
			const line = found.find((each) => each.phone_number === e164);
			return line ? lineOf(line) : null;
		},
		async releaseLine(ref) {
			try {
				await api.delete(`IncomingPhoneNumbers/${encodeURIComponent(ref)}.json`);
			} catch (error) {
				if (!isMissing(error)) throw error;
			}
		},
	};
}

async function search(api: Api, query: StockQuery): Promise<Offer[]> {
	const pattern = patternOf(query);
	if (pattern === null) return [];
	const shelf = `AvailablePhoneNumbers/${encodeURIComponent(query.country)}/${SHELF[query.type]}.json`;
	try {
		const stock = await api.get(shelf, { ...pattern, ...wishesOf(query), PageSize: String(PAGE) }, Stock);
		return stock.available_phone_numbers
			.filter((number) => isContained(number.phone_number, query.contains ?? ""))
			.slice(0, query.limit)
			.map((number) => offerOf(number, query.type));
	} catch (error) {
		if (isMissing(error)) return []; // no numbers of this type in this country
		throw error;
	}
}

/** The search in the carrier's terms; null when no number can match. */
function patternOf({ country, areaCode, contains }: StockQuery): Fields | null {
	if (!areaCode) return { Contains: longestPart(contains ?? "") };
	if (WITH_AREA_CODES.has(country))
		return /^[2-9]\d\d$/.test(areaCode) ? { AreaCode: areaCode, Contains: longestPart(contains ?? "") } : null;
	if (!isSupportedCountry(country) || !/^\d{1,8}$/.test(areaCode)) return null;
	return { Contains: `+${getCountryCallingCode(country)}${areaCode}` };
}

/** The carrier takes no wildcard between digits and nothing shorter than two: it gets the longest run without one. */
function longestPart(contains: string): string | undefined {
	const [longest = ""] = asKeys(contains)
		.split("*")
		.sort((a, b) => b.length - a.length);
	return longest.length < 2 ? undefined : longest.slice(0, 16);
}

function wishesOf({ capabilities = {} }: StockQuery): Fields {
	const wish = (wanted: boolean | undefined) => (wanted ? "true" : undefined);
	return {
		VoiceEnabled: wish(capabilities.voice),
		SmsEnabled: wish(capabilities.sms),
		MmsEnabled: wish(capabilities.mms),
		ExcludeAllAddressRequired: "true", // we have no address on file to offer
	};
}

function orderOf({ e164, operationId }: BuyLine, publicBaseUrl: string): Fields {
	return { PhoneNumber: e164, ...ourSettings(operationId, publicBaseUrl) };
}

/** What a line of ours is set to. */
export function ourSettings(operationId: string, publicBaseUrl: string): Fields {
	const { voice, voiceStatus, message } = lineUrls(publicBaseUrl);
	return {
		FriendlyName: operationId,
		VoiceUrl: retried(voice),
		VoiceMethod: "POST",
		StatusCallback: retried(voiceStatus),
		StatusCallbackMethod: "POST",
		SmsUrl: retried(message),
		SmsMethod: "POST",
	};
}

function offerOf(number: z.output<typeof Stock>["available_phone_numbers"][number], type: LineType): Offer {
	const { phone_number: e164, iso_country: country, locality: city, region, capabilities } = number;
	return { e164, country, type, city, region, capabilities };
}

export function lineOf({ sid, phone_number, friendly_name, capabilities }: z.output<typeof LineReply>): Line {
	return { ref: sid, e164: phone_number, operationId: friendly_name, capabilities };
}
