import { Fault, notFound } from "../../errors";
import { type Filling, filled } from "../../pure/template";
import type { Scope } from "../../scope";
import { MessageText } from "../inputs";
import { templateFor } from "./store";

/** The words of a message: as they are given, or a template's with its variables filled in. */
export async function renderedBody(
	scope: Scope,
	peer: string,
	wanted: { body?: string | undefined; templateId?: string | undefined; variables?: Filling | undefined },
): Promise<string> {
	const { body, templateId, variables = {} } = wanted;
	if (templateId === undefined) return body ?? "";
	if (body !== undefined) throw new Fault("invalid_input", "body: a body or a template, not both");
	const found = await templateFor(scope.db, scope.accountId, templateId, peer);
	if (!found) throw notFound("Template");
	const { text, missing } = filled(found.body, { ...found.contact, ...variables });
	if (missing.length > 0)
		throw new Fault("invalid_input", `variables: nothing is given for ${missing.join(", ")}`, {
			details: missing.map((name) => ({ path: `variables.${name}`, message: "missing" })),
		});
	const { data, error } = MessageText.safeParse(text);
	if (data === undefined)
		throw new Fault("invalid_input", `variables: filled in, the text ${error?.issues[0]?.message ?? "cannot be sent"}`);
	return data;
}
