import * as z from "zod";
import type { Capabilities, Offer } from "../outside/carrier/carrier";
import { callingCode } from "../pure/line";
import { money, toUnits } from "../pure/money";
import { countryName, formatPhone } from "../pure/phone";
import type { ChannelRow } from "./channels/store";
import type { Channel, OfferedNumber, PhoneNumber } from "./inputs";
import type { NumberRow } from "./store";

export function numberOnWire(row: NumberRow): PhoneNumber {
	return {
		id: row.id,
		userId: row.accountId,
		number: row.e164,
		label: row.label,
		city: row.city,
		state: row.region,
		country: row.country,
		isActive: row.status === "active",
		purchaseDate: iso(row.purchasedAt),
		monthlyPrice: toUnits(row.monthlyMicros),
		assignedTo: row.assignedTo,
		provider: row.provider,
		capabilities: capabilityNames({ voice: row.canVoice, sms: row.canSms, mms: row.canMms }),
		assistantId: row.assistantId,
		routing: z.json().parse(row.routing),
		formatted: formatPhone(row.e164),
		type: row.lineType,
		status: row.status,
		isMock: row.provider === "simulated",
		nextRentAt: row.status === "active" ? iso(row.rentPaidThrough) : null,
		rentDueSince: iso(row.rentDueSince),
	};
}

export function channelOnWire(channel: ChannelRow, number: NumberRow): Channel {
	const isMock = number.provider === "simulated";
	return {
		id: channel.id,
		name: channel.name,
		phoneNumber: number.e164,
		formatted: formatPhone(number.e164),
		countryCode: callingCode(number.e164),
		isoCountry: number.country,
		type: channel.type,
		status: channel.status,
		capabilities: { voice: number.canVoice, sms: number.canSms, mms: number.canMms },
		isMock,
		twilioSid: isMock ? null : number.carrierRef,
		createdAt: new Date(channel.createdAt).toISOString(),
		userId: channel.accountId,
		phoneNumberId: channel.numberId,
	};
}

export function offerOnWire(offer: Offer, amountMicros: number): OfferedNumber {
	return {
		number: offer.e164,
		formatted: formatPhone(offer.e164),
		country: offer.country,
		type: offer.type,
		city: offer.city,
		state: offer.region,
		capabilities: capabilityNames(offer.capabilities),
		monthlyPrice: toUnits(amountMicros),
		price: money(amountMicros),
	};
}

/** How a new channel calls its country: "USA" for the United States, as everybody says it, else the English name. */
export function countryLabel(country: string): string {
	return country === "US" ? "USA" : countryName(country);
}

function capabilityNames({ voice, sms, mms }: Capabilities): ("SMS" | "Voice" | "MMS")[] {
	return [...(sms ? ["SMS" as const] : []), ...(voice ? ["Voice" as const] : []), ...(mms ? ["MMS" as const] : [])];
}

function iso(time: number | null): string | null {
	return time === null ? null : new Date(time).toISOString();
}
