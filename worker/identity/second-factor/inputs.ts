import * as z from "zod";

/** Six digits of an authenticator app, or a recovery code. Spaces and hyphens are nobody's fault. */
export const Code = z
	.string()
	.max(40)
	.transform((text) => text.replaceAll(/[\s-]/g, "").toUpperCase())
	.pipe(z.string().regex(/^(\d{6}|[0-9A-Z]{12})$/, "must be 6 digits or a recovery code"));

export const CodeInput = z.strictObject({ code: Code });

export const FactorShape = z.object({
	enabled: z.boolean(),
	confirmedAt: z.string().nullable(),
	recoveryCodesLeft: z.number(),
});
export const ProposalShape = z.object({ secret: z.string(), otpauthUrl: z.string() });
export const RecoveryShape = z.object({ recoveryCodes: z.array(z.string()) });
