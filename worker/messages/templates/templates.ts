import { ulid } from "ulid";
import { brokenRule } from "../../db/guards";
import { Fault, notFound } from "../../errors";
import { variablesOf } from "../../pure/template";
import type { Scope } from "../../scope";
import type { Template, TemplateChange, TemplateInput } from "./inputs";
import { addTemplate, changeTemplate, NAME_RULE, removeTemplate, type TemplateRow, templatesOf } from "./store";

export async function listTemplates({ db, accountId }: Scope): Promise<Template[]> {
	return (await templatesOf(db, accountId)).map(templateOnWire);
}

/** Keeps a text for later. A second one of the same name is a conflict. */
export async function makeTemplate({ db, accountId, now }: Scope, { name, body }: TemplateInput): Promise<Template> {
	const at = now();
	const row = { id: `tpl_${ulid(at)}`, accountId, name, body, createdAt: at, updatedAt: at };
	await named(() => addTemplate(db, row));
	return templateOnWire(row);
}

/** Changes what is named and leaves the rest. */
export async function reviseTemplate(
	{ db, accountId, now }: Scope,
	id: string,
	{ name, body }: TemplateChange,
): Promise<Template> {
	const row = await named(() => changeTemplate(db, accountId, id, { name, body, now: now() }));
	if (!row) throw notFound("Template");
	return templateOnWire(row);
}

export async function dropTemplate({ db, accountId }: Scope, id: string): Promise<void> {
	if (!(await removeTemplate(db, accountId, id))) throw notFound("Template");
}

async function named<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (brokenRule(error) !== NAME_RULE) throw error;
		throw new Fault("already_exists", "There is a template of this name already", { cause: error });
	}
}

function templateOnWire({ id, accountId, name, body, createdAt, updatedAt }: TemplateRow): Template {
	return {
		id,
		userId: accountId,
		name,
		body,
		variables: variablesOf(body),
		createdAt: new Date(createdAt).toISOString(),
		updatedAt: new Date(updatedAt).toISOString(),
	};
}
