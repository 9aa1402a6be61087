import * as z from "zod";
import { MessageText } from "../inputs";

const userId = z.string().max(64).optional();
const name = z.string().trim().min(1).max(80);
const body = MessageText.min(1, "say something");

/** `{{firstName}}`, `{{lastName}}` and `{{email}}` are the contact's; other variables are given when it is sent. */
export const TemplateInput = z.strictObject({ userId, name, body });
export type TemplateInput = z.output<typeof TemplateInput>;
export const TemplateChange = z.strictObject({ userId, name: name.optional(), body: body.optional() });
export type TemplateChange = z.output<typeof TemplateChange>;

export const Template = z
	.object({
		id: z.string(),
		userId: z.string(),
		name: z.string(),
		body: z.string(),
		/** The names between double braces, in order. */
		variables: z.array(z.string()),
		createdAt: z.iso.datetime(),
		updatedAt: z.iso.datetime(),
	})
	.meta({ id: "MessageTemplate" });
export type Template = z.output<typeof Template>;
