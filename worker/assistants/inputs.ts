import * as z from "zod";
import { PageQuery } from "../http/pages";
import { costlyReason, parsePhone } from "../pure/phone";

export const MODELS = ["gpt-4.1-mini", "gpt-4.1", "gpt-5.4-mini", "gpt-5.4"] as const;
export const VOICES = [
	"Elliot",
	"Savannah",
	"Rohan",
	"Lily",
	"Cole",
	"Harry",
	"Paige",
	"Spencer",
	"Neha",
	"Hana",
] as const;
export const LANGUAGES = ["en-US", "en-GB", "de", "es-ES", "fr-FR", "it", "nl", "pt-BR", "pl", "sv"] as const;

const userId = z.string().optional();
const said = z.string().trim().max(1000);
const phone = z
	.string()
	.nullable()
	.transform((text, context) => {
		if (text === null || text.trim() === "") return null;
		const line = parsePhone(text);
		if (line && !costlyReason(line)) return line.e164;
		const message = line
			? "is no number that calls may be put through to"
			: "must be an international telephone number, such as +14155550123";
		context.addIssue({ code: "custom", message });
		return z.NEVER;
	});

/** What an assistant is. The provider keeps names to 40 characters. */
const fields = {
	name: z.string().trim().min(1).max(40),
	firstMessage: said,
	instructions: z.string().trim().max(20_000),
	model: z.enum(MODELS),
	voice: z.enum(VOICES),
	language: z.enum(LANGUAGES),
	endCallMessage: said,
	voicemailMessage: said,
	transferTo: phone,
	maxDurationSeconds: z.int().min(10).max(43_200),
	recordCalls: z.boolean(),
};

/** How an assistant is kept; what the database hands back is checked against it. */
export const Spec = z.object({ ...fields, transferTo: z.string().nullable() });

export const AssistantInput = z.strictObject({
	...fields,
	firstMessage: said.default(""),
	instructions: fields.instructions.default(""),
	model: fields.model.default("gpt-4.1-mini"),
	voice: fields.voice.default("Elliot"),
	language: fields.language.default("en-US"),
	endCallMessage: said.default(""),
	voicemailMessage: said.default(""),
	transferTo: phone.default(null),
	maxDurationSeconds: fields.maxDurationSeconds.default(600),
	recordCalls: z.boolean().default(false),
	userId,
});
export type AssistantInput = z.output<typeof AssistantInput>;

export const AssistantChange = z.strictObject({ ...z.object(fields).partial().shape, userId });
export type AssistantChange = z.output<typeof AssistantChange>;

export const AssistantsQuery = PageQuery.extend({ userId });
export const UserQuery = z.object({ userId });
export const CallsQuery = PageQuery.extend({ userId, assistantId: z.string().max(64).optional() });
export type CallsQuery = z.output<typeof CallsQuery>;

export const Assistant = Spec.extend({
	id: z.string(),
	userId: z.string(),
	/** pending: the provider is being told. error: it refused, and has nothing or what stood before. */
	status: z.enum(["pending", "active", "error", "deleting"]),
	error: z.string().nullable(),
	isSimulated: z.boolean(),
	createdAt: z.string(),
	updatedAt: z.string(),
});
export type Assistant = z.output<typeof Assistant>;

export const Removed = z.object({ success: z.boolean(), status: z.enum(["deleted", "deleting"]) });

export const Connection = z.object({
	phoneNumberId: z.string(),
	number: z.string(),
	formatted: z.string(),
	label: z.string(),
	/** Who answers now. */
	assistantId: z.string().nullable(),
	/** Who is to answer; differs while the provider is being told, and after it refused. */
	wantedAssistantId: z.string().nullable(),
	status: z.enum(["none", "pending", "active", "error"]),
	error: z.string().nullable(),
	canVoice: z.boolean(),
	updatedAt: z.string().nullable(),
});
export type Connection = z.output<typeof Connection>;

export const AssistantCall = z.object({
	id: z.string(),
	userId: z.string(),
	assistantId: z.string(),
	/** The same call in the call log; null until its report is there. */
	callId: z.string().nullable(),
	direction: z.enum(["inbound", "outbound"]),
	from: z.string(),
	to: z.string(),
	fromFormatted: z.string(),
	toFormatted: z.string(),
	status: z.enum(["scheduled", "queued", "ringing", "in-progress", "forwarding", "ended"]),
	startedAt: z.string(),
	endedAt: z.string().nullable(),
	duration: z.int(),
	endedReason: z.string().nullable(),
	endedBucket: z.string().nullable(),
	cost: z.object({ amountMicros: z.int(), currency: z.string() }).nullable(),
	transcript: z.string(),
	summary: z.string(),
	transferredTo: z.string().nullable(),
	/** wanted: it is being fetched. */
	recording: z.enum(["none", "wanted", "kept", "gone"]),
});
export type AssistantCall = z.output<typeof AssistantCall>;
