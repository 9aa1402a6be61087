import * as z from "zod";
import { publicHost } from "../pure/public-host";

const userId = z.string().max(64).optional();

export const SipQuery = z.object({ userId });

const name = z.string().trim().min(1).max(200);
const host = z
	.string()
	.max(255)
	.transform((text, context) => {
		const found = publicHost(text);
		if (found) return found;
		context.addIssue({
			code: "custom",
			message: "must be a host that the carrier can reach, such as sip.provider.com, without port",
		});
		return z.NEVER;
	});
const port = z.coerce.number().int().min(1).max(65_535).default(5060);
// What an address or a header would end at, nobody is called.
const username = z
	.string()
	.trim()
	.max(200)
	.regex(/^[A-Za-z0-9._~!$&'()*+=-]*$/, "only letters, digits and ._~!$&'()*+=-");
const password = z
	.string()
	.max(200)
	.refine((text) => !/\p{Cc}/u.test(text), "no control characters");

export const SipProviderInput = z.strictObject({
	userId,
	name,
	host,
	port,
	username: username.default(""),
	/** Left out: as it was. Empty or null: none. */
	password: password.nullish(),
	active: z.boolean().default(true),
});
export type SipProviderInput = z.output<typeof SipProviderInput>;

export const SipProviderChange = z.strictObject({
	userId,
	name: name.optional(),
	host: host.optional(),
	port: z.coerce.number().int().min(1).max(65_535).optional(),
	username: username.optional(),
	password: password.nullish(),
	active: z.boolean().optional(),
});
export type SipProviderChange = z.output<typeof SipProviderChange>;

export const SipStatusInput = z.strictObject({ userId, active: z.boolean() });

export const SipProvider = z
	.object({
		id: z.string(),
		userId: z.string(),
		name: z.string(),
		host: z.string(),
		port: z.int(),
		username: z.string(),
		hasPassword: z.boolean(),
		active: z.boolean(),
		createdAt: z.iso.datetime(),
		updatedAt: z.iso.datetime(),
	})
	.meta({ id: "SipProvider" });
export type SipProvider = z.output<typeof SipProvider>;

export const Done = z.object({ success: z.literal(true) });
