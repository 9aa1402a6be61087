import * as z from "zod";

const number = z.string().regex(/^\+[1-9]\d{6,14}$/, "must be a number such as +14155552671");

/** What somebody with a pretend phone writes to one of the caller's numbers. */
export const PretendMessage = z.strictObject({
	from: number,
	to: number,
	body: z.string().max(1_600).default(""),
	mediaUrls: z.array(z.url().max(2_000)).max(10).default([]),
});
export type PretendMessage = z.output<typeof PretendMessage>;

/** A call from a pretend phone. `keys`: what is pressed, one for each time that a key is asked for. */
export const PretendCall = z.strictObject({
	from: number,
	to: number,
	keys: z
		.array(z.string().regex(/^[0-9*#]{1,20}$/))
		.max(20)
		.optional(),
	/** Seconds after which the caller hangs up. */
	staysFor: z.int().min(1).max(3_600).optional(),
});
export type PretendCall = z.output<typeof PretendCall>;

export const PretendQuery = z.object({ number, peer: number });

/** The phone `peer`, as far as it has to do with the caller's own `number`. */
export const PretendHand = z.strictObject({ number, peer: number });
export type PretendHand = z.output<typeof PretendHand>;

/** What is done with a phone in the hand: it calls the number, answers, presses a key, hangs up or declines. */
export const PretendDeed = z.discriminatedUnion("do", [
	PretendHand.extend({ do: z.enum(["ring", "answer", "hangUp"]) }),
	PretendHand.extend({ do: z.literal("press"), key: z.string().regex(/^[0-9*#]$/) }),
]);
export type PretendDeed = z.output<typeof PretendDeed>;

export const PretendNow = z.object({
	call: z
		.object({
			/** It rings here, it calls the number, or it talks. */
			state: z.enum(["rings", "calls", "talks"]),
			hears: z.enum(["words", "recording", "ringing", "keys", "tape", "somebody", "silence"]),
			/** What is read out to it. */
			words: z.string(),
		})
		.nullable(),
});
export type PretendNow = z.output<typeof PretendNow>;

export const Taken = z.object({ ref: z.string() });
export const PretendThread = z.object({
	items: z.array(
		z.object({
			ref: z.string(),
			/** "sent" by the pretend phone, or "received" there. */
			direction: z.enum(["sent", "received"]),
			body: z.string(),
			status: z.string(),
			mediaUrls: z.array(z.string()),
			createdAt: z.iso.datetime(),
		}),
	),
});
export type PretendThread = z.output<typeof PretendThread>;
