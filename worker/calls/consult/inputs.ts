import * as z from "zod";

const id = z.string().min(1).max(64);
const moment = z.iso.datetime().nullable();

/** Who is asked while a call waits: exactly one of these. */
export const ConsultInput = z
	.strictObject({
		userId: id.optional(),
		number: z.string().min(1).max(40).optional(),
		country: z.string().max(60).optional(),
		transferNumberId: id.optional(),
		memberId: id.optional(),
	})
	.refine(
		({ number, transferNumberId, memberId }) =>
			[number, transferNumberId, memberId].filter((to) => to !== undefined).length === 1,
		{ message: "name exactly one of number, transferNumberId and memberId" },
	);
export type ConsultInput = z.output<typeof ConsultInput>;

export const ConsultId = z.object({ id, consultId: id });

export const CONSULT_STATES = ["ringing", "talking", "failed", "completed", "taken_back", "dropped"] as const;

export const ConsultShape = z
	.object({
		id: z.string(),
		callId: z.string(),
		/** Who asks. */
		memberId: z.string(),
		kind: z.enum(["number", "transfer_number", "member"]),
		/** A number in E.164, or the id of whoever or whatever was named. */
		target: z.string(),
		/** A name, or the number as people read it. */
		label: z.string(),
		/**
		 * `ringing` and `talking`: the customer waits on hold. `completed`: the customer goes on with who was asked. `taken_back` and
		 * `failed`: with who asked. `dropped`: whoever the customer waited for has left, or the customer has.
		 */
		state: z.enum(CONSULT_STATES),
		/** Why it failed or was dropped: busy, no_answer, unreachable, hung_up, agent, customer, unclear; "" otherwise. */
		reason: z.string(),
		askedAt: z.iso.datetime(),
		talkedAt: moment,
		joinedAt: moment,
		endedAt: moment,
	})
	.meta({ id: "Consult" });
export type Consult = z.output<typeof ConsultShape>;
