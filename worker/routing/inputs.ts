import * as z from "zod";
import { Language } from "../http/language";
import { isTimeZone } from "../pure/business-hours";
import { costlyReason, parsePhone } from "../pure/phone";

const id = z.string().min(1).max(64);
const words = z.string().trim().min(1).max(1_000);
const seconds = z.int().min(5).max(120).default(25);
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time such as 09:00");

/** A number that calls may be put through to, as E.164. Emergency, premium, shared-cost and satellite numbers are none. */
const destination = z
	.string()
	.max(40)
	.transform((text, context) => {
		const phone = parsePhone(text);
		if (phone && !costlyReason(phone)) return phone.e164;
		context.addIssue({ code: "custom", message: "is no number that calls may be put through to" });
		return z.NEVER;
	});

const Ring = z.strictObject({
	kind: z.literal("ring"),
	/** Whose browsers ring; nobody named: of whoever has the number. */
	userIds: z.array(id).max(20).default([]),
	order: z.enum(["all", "one_by_one"]).default("all"),
	seconds,
});
/** A ring group: who is rung, how and for how long is decided there. */
const Group = z.strictObject({ kind: z.literal("group"), ringGroupId: id });
const Forward = z
	.strictObject({
		kind: z.literal("forward"),
		transferNumberId: id.optional(),
		number: destination.optional(),
		seconds,
		/** Whose number the other end sees. */
		shows: z.enum(["caller", "line"]).default("line"),
	})
	.refine(({ transferNumberId, number }) => (transferNumberId === undefined) !== (number === undefined), {
		message: "name either a transfer number or a number",
	});
const Sip = z.strictObject({
	kind: z.literal("sip"),
	providerId: id,
	/** Who is called there; without, the number that was dialed. */
	user: z
		.string()
		.regex(/^[A-Za-z0-9._+-]{1,64}$/, "must be 1 to 64 letters, digits or ._+-")
		.optional(),
	seconds,
});
const Assistant = z.strictObject({ kind: z.literal("assistant"), assistantId: id });
const Queue = z.strictObject({ kind: z.literal("queue"), queueId: id });
const Voicemail = z.strictObject({
	kind: z.literal("voicemail"),
	greetingFileId: id.optional(),
	say: words.optional(),
	maxSeconds: z.int().min(10).max(600).default(120),
});
const Say = z.strictObject({ kind: z.literal("say"), text: words });
const Play = z.strictObject({ kind: z.literal("play"), greetingFileId: id });
const Hangup = z.strictObject({ kind: z.literal("hangup") });

/** One thing to try with a call. The next follows when nobody answers. */
export const RouteStep = z.discriminatedUnion("kind", [
	Ring,
	Group,
	Forward,
	Sip,
	Assistant,
	Queue,
	Voicemail,
	Say,
	Play,
	Hangup,
]);
export type RouteStep = z.output<typeof RouteStep>;

const steps = z.array(RouteStep).min(1).max(10);

export const Hours = z.strictObject({
	timeZone: z.string().max(64).refine(isTimeZone, "is no time zone"),
	week: z
		.array(
			z
				.strictObject({ days: z.string().regex(/^[1-7]{1,7}$/, "1 is Monday, 7 is Sunday"), from: clock, to: clock })
				.refine(({ from, to }) => from !== to, "opens and closes at the same time"),
		)
		.max(14),
	holidays: z.array(z.iso.date()).max(200).default([]),
	/** What is done outside the hours. */
	closed: steps,
});

/** What becomes of callers whom one cannot see, or does not know. */
const manner = z.enum(["ring", "voicemail", "reject"]).default("ring");

/** What is done with a call that comes in on a number. */
export const Routing = z
	.strictObject({
		steps,
		hours: Hours.optional(),
		/** Callers who hear a busy tone. */
		blocked: z
			.array(
				z
					.string()
					.max(40)
					.transform((text, context) => {
						const phone = parsePhone(text);
						if (phone) return phone.e164;
						context.addIssue({ code: "custom", message: "is no telephone number" });
						return z.NEVER;
					}),
			)
			.max(500)
			.default([]),
		/** Callers who hide their number. */
		anonymous: manner,
		/** Callers who are nobody's contact. */
		unknown: manner,
		/** What is said to callers is said in it, BCP 47; without, in English. */
		language: Language.optional(),
	})
	.meta({ id: "Routing" });
export type Routing = z.output<typeof Routing>;
