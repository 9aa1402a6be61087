import * as z from "zod";
import type { CampaignScript } from "../db/tables/campaign-script";
import { Language } from "../http/language";

const text = z.string().trim().min(1).max(1_000);
const heard = { greetingFileId: z.string().min(1).max(64).optional(), text: text.optional() };
const times = z.number().int().min(1).max(3);
const prompt = z.string().trim().max(200).optional();
const somethingToHear = ({
	greetingFileId,
	text,
}: {
	greetingFileId?: string | undefined;
	text?: string | undefined;
}) => greetingFileId !== undefined || text !== undefined;
const HEAR = "must have a greetingFileId or a text";

const Key = z.discriminatedUnion("do", [
	z.strictObject({ do: z.literal("play"), prompt, ...heard }).refine(somethingToHear, HEAR),
	z.strictObject({ do: z.literal("callback"), prompt }),
	z.strictObject({ do: z.literal("record"), prompt, maxSeconds: z.number().int().min(5).max(300).default(60) }),
	z.strictObject({ do: z.literal("sms"), prompt, text: z.string().trim().min(1).max(1_600) }),
]);

const id = z.string().min(1).max(64);
const Transfer = z.discriminatedUnion("to", [
	z.strictObject({
		to: z.literal("sip"),
		sipProviderId: id,
		user: z
			.string()
			.regex(/^[\w.+!~*'-]{1,64}$/, "must be the part of a SIP address before the @")
			.optional(),
	}),
	z.strictObject({ to: z.literal("assistant"), assistantId: id }),
	z.strictObject({ to: z.literal("queue"), queueId: id }),
	z.strictObject({ to: z.literal("agents"), userIds: z.array(id).min(1).max(10) }),
]);

const Machines = z
	.strictObject({
		do: z.enum(["hang_up", "greet", "voicemail"]),
		detection: z.enum(["before", "meanwhile"]).default("before"),
		...heard,
	})
	.refine((machines) => machines.do !== "voicemail" || somethingToHear(machines), HEAR);

/** What is heard in a campaign's calls and what keys do. 1 connects and 9 ends the calls for good, always; other keys are free. */
export const Script = z.strictObject({
	greetingText: text.optional(),
	language: Language.optional(),
	machines: Machines.optional(),
	keys: z.record(z.string().regex(/^[2-80*]$/, "must be one of 2 to 8, 0 and *"), Key).optional(),
	noInput: z.strictObject({ times }).optional(),
	wrongInput: z.strictObject({ times, text: text.optional() }).optional(),
	abandoned: z.strictObject(heard).refine(somethingToHear, HEAR).optional(),
	transfer: Transfer.optional(),
	test: z
		.strictObject({ share: z.number().int().min(1).max(99), ...heard })
		.refine(somethingToHear, HEAR)
		.optional(),
}) satisfies z.ZodType<CampaignScript>;
