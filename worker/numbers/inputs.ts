import * as z from "zod";
import { readLine } from "../pure/line";
import { countryCode } from "../pure/phone";
import { Routing } from "../routing/inputs";

const label = z.string().trim().max(100);
const place = z.string().trim().max(100);
const userId = z.string().optional();

/** "USA", "us" or "United States" -> "US". */
const country = z
	.string()
	.max(60)
	.transform((text, context) => {
		const code = countryCode(text);
		if (code) return code;
		context.addIssue({ code: "custom", message: "is not a country that we know" });
		return z.NEVER;
	});

const line = z.string().transform((text, context) => {
	const read = readLine(text);
	if (read) return read;
	context.addIssue({ code: "custom", message: "must be an international telephone number, such as +14155550123" });
	return z.NEVER;
});

const lineType = z.enum(["local", "mobile", "tollfree"]);
const areaCode = z.string().regex(/^\d{2,6}$/, "must be 2 to 6 digits");
const flag = z.enum(["true", "false"]).transform((text) => text === "true");

export const UserQuery = z.object({ userId });

export const SearchQuery = z.object({
	userId,
	country,
	areaCode: areaCode.optional(),
	contains: z
		.string()
		.regex(/^[0-9A-Za-z*]{2,16}$/, "must be 2 to 16 digits, letters or *")
		.optional(),
	type: lineType.default("local"),
	sms: flag.optional(),
	voice: flag.optional(),
	mms: flag.optional(),
	limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type SearchQuery = z.output<typeof SearchQuery>;

export const PurchaseInput = z.strictObject({
	number: line,
	label: label.default(""),
	city: place.default(""),
	state: place.default(""),
	country: country.optional(),
	/** What the buyer was shown. Another price than ours is refused. */
	monthlyPrice: z.number().min(0).max(1_000_000).optional(),
	userId,
});
export type PurchaseInput = z.output<typeof PurchaseInput>;

const abilities = z.enum(["voice", "sms", "mms"]);
/** `["sms", "voice"]`, `"sms,voice"` or `{ "sms": true }`. */
const capabilities = z
	.union([
		z.array(z.string().toLowerCase().pipe(abilities)),
		z.partialRecord(abilities, z.boolean()).transform((wanted) => abilities.options.filter((name) => wanted[name])),
		z
			.string()
			.transform((list) =>
				list
					.toLowerCase()
					.split(/[\s,]+/)
					.filter(Boolean),
			)
			.pipe(z.array(abilities)),
	])
	.transform((names) => Object.fromEntries(names.map((name) => [name, true])));

export const BatchInput = z.strictObject({
	country,
	areaCode: areaCode.optional(),
	contains: SearchQuery.shape.contains,
	type: lineType.default("local"),
	capabilities: capabilities.optional(),
	label: label.default(""),
	count: z.int().min(1).max(50),
	userId,
});
export type BatchInput = z.output<typeof BatchInput>;

export const AssignInput = z.strictObject({ phoneNumberId: z.string(), subAccountId: z.string().nullable(), userId });
export type AssignInput = z.output<typeof AssignInput>;

export const ChangeInput = z.strictObject({
	label: label.optional(),
	routing: Routing.nullable().optional(),
	/** Who answers the number; null: nobody, its routing stands. */
	assistantId: z.string().max(64).nullable().optional(),
	userId,
});
export type ChangeInput = z.output<typeof ChangeInput>;

export const GenerateInput = z.strictObject({
	country,
	name: z.string().trim().min(1).max(100).optional(),
	type: z.enum(["whatsapp", "sms", "voice"]).default("whatsapp"),
	areaCode: areaCode.optional(),
	capabilities: capabilities.optional(),
	count: z.int().min(1).max(10).default(1),
	userId,
});
export type GenerateInput = z.output<typeof GenerateInput>;

export const ChannelChange = z.strictObject({
	name: z.string().trim().min(1).max(100).optional(),
	type: z.enum(["whatsapp", "sms", "voice"]).optional(),
	userId,
});
export type ChannelChange = z.output<typeof ChannelChange>;

export const PhoneNumber = z.object({
	id: z.string(),
	userId: z.string(),
	number: z.string(),
	label: z.string(),
	city: z.string(),
	state: z.string(),
	country: z.string(),
	isActive: z.boolean(),
	purchaseDate: z.string().nullable(),
	monthlyPrice: z.number(),
	assignedTo: z.string().nullable(),
	provider: z.string(),
	capabilities: z.array(z.enum(["SMS", "Voice", "MMS"])),
	assistantId: z.string().nullable(),
	routing: z.json(),
	formatted: z.string(),
	type: lineType,
	status: z.string(),
	isMock: z.boolean(),
	/** When the next month's rent is charged. */
	nextRentAt: z.string().nullable(),
	/** Since when the rent is unpaid; null while it is paid. */
	rentDueSince: z.string().nullable(),
});
export type PhoneNumber = z.output<typeof PhoneNumber>;

export const OfferedNumber = z.object({
	number: z.string(),
	formatted: z.string(),
	country: z.string(),
	type: lineType,
	city: z.string(),
	state: z.string(),
	capabilities: z.array(z.enum(["SMS", "Voice", "MMS"])),
	monthlyPrice: z.number(),
	price: z.object({ amountMicros: z.int(), currency: z.string() }),
});
export type OfferedNumber = z.output<typeof OfferedNumber>;

export const Channel = z.object({
	id: z.string(),
	name: z.string(),
	phoneNumber: z.string(),
	formatted: z.string(),
	countryCode: z.string(),
	isoCountry: z.string(),
	type: z.enum(["whatsapp", "sms", "voice"]),
	status: z.string(),
	capabilities: z.object({ voice: z.boolean(), sms: z.boolean(), mms: z.boolean() }),
	isMock: z.boolean(),
	twilioSid: z.string().nullable(),
	createdAt: z.string(),
	userId: z.string(),
	phoneNumberId: z.string(),
});
export type Channel = z.output<typeof Channel>;

/** What a purchase keeps for whoever asks again: the number and, when one came with it, the channel. */
export const Bought = z.object({ number: PhoneNumber, channel: Channel.nullable() });
export type Bought = z.output<typeof Bought>;

export const BatchItem = z.object({
	status: z.enum(["purchased", "pending", "failed"]),
	number: z.string().nullable(),
	phoneNumber: PhoneNumber.nullable(),
	error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type BatchItem = z.output<typeof BatchItem>;

export const Batch = z.object({
	batchId: z.string(),
	status: z.enum(["running", "done"]),
	requested: z.int(),
	purchased: z.int(),
	pending: z.int(),
	failed: z.int(),
	spent: z.object({ amountMicros: z.int(), currency: z.string() }),
	results: z.array(BatchItem),
});
export type Batch = z.output<typeof Batch>;

export const Generated = Channel.extend({
	message: z.string(),
	/** All that were asked for, when `count` was more than one. */
	channels: z.array(Channel),
	failed: z.int(),
});

export const Purchase = z.object({
	operationId: z.string(),
	status: z.enum(["pending", "done", "failed"]),
	number: PhoneNumber.nullable(),
	channel: Channel.nullable(),
	error: z.object({ code: z.string(), message: z.string() }).nullable(),
});

export const Released = z.object({ success: z.boolean(), status: z.enum(["released", "releasing"]) });

export const AdoptInput = z.strictObject({ label: label.default(""), userId });
export type AdoptInput = z.output<typeof AdoptInput>;

export const CarrierLine = z.object({
	ref: z.string(),
	number: z.string(),
	formatted: z.string(),
	capabilities: z.object({ voice: z.boolean(), sms: z.boolean(), mms: z.boolean() }),
	/** Whose it is here; null: nobody's, so it can be adopted. */
	accountId: z.string().nullable(),
});
export type CarrierLine = z.output<typeof CarrierLine>;
