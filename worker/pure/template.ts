/** What stands for a template's variables, by their names. */
export type Filling = Record<string, string>;

const VARIABLE = /\{\{\s*([\p{L}_][\p{L}\p{N}_.-]{0,59})\s*\}\}/gu;

/** The names of a template's variables, each once, in order. */
export function variablesOf(template: string): string[] {
	return [...new Set([...template.matchAll(VARIABLE)].map(([, name = ""]) => name))];
}

/** Puts values for `{{name}}`; once, so that a value that looks like a variable stays as it is. `missing`: names without a value. */
export function filled(template: string, values: Filling): { text: string; missing: string[] } {
	const given = new Map(Object.entries(values).filter(([, value]) => value !== ""));
	const missing = variablesOf(template).filter((name) => !given.has(name));
	return { text: template.replace(VARIABLE, (whole, name: string) => given.get(name) ?? whole), missing };
}
