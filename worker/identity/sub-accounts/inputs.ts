import * as z from "zod";
import { EmailAddress, line, NewPassword } from "../inputs";

const Money = z.object({ amountMicros: z.int(), currency: z.string() });

/** What a member may spend of the owner's money in a calendar month (UTC); null: as much as there is. */
const SpendingLimit = z
	.strictObject({ amountMicros: z.int().min(0).max(9_000_000_000_000), currency: z.string().length(3).optional() })
	.nullable();

export const MemberInput = z.strictObject({
	email: EmailAddress,
	fullName: line(100).optional(),
	/** A temporary one, told by the owner. Without it an invitation is mailed. */
	password: NewPassword.optional(),
	spendingLimit: SpendingLimit.optional(),
	userId: z.string().optional(),
});
export type MemberInput = z.output<typeof MemberInput>;

export const MemberChange = z.strictObject({
	fullName: line(100)
		.nullable()
		.transform((text) => text || null)
		.optional(),
	spendingLimit: SpendingLimit.optional(),
	/** A new temporary password; signs the member out everywhere. */
	password: NewPassword.optional(),
	userId: z.string().optional(),
});
export type MemberChange = z.output<typeof MemberChange>;

export const MemberShape = z.object({
	id: z.string(),
	userId: z.string(),
	accountId: z.string(),
	email: z.string(),
	fullName: z.string().nullable(),
	status: z.enum(["active", "suspended", "invited"]),
	care4wId: z.string(),
	spendingLimit: Money.nullable(),
	spentThisMonth: Money,
	createdAt: z.string(),
});
