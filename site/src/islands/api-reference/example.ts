import type { Operation, Schema } from "./document";
import { resolved, type Schemas } from "./schema";

const BY_NAME: [RegExp, string][] = [
	[/e-?mail/i, "ada@example.com"],
	[/number|phone|^(to|from)$/i, "+14155552671"],
	[/url/i, "https://example.com/hook"],
	[/zone/i, "Europe/London"],
	[/country/i, "US"],
];

/** A body to begin with: what must be there, or else one thing that may be. */
export function exampleBody(schema: Schema, schemas: Schemas): string {
	return JSON.stringify(exampleOf(schema, schemas, ""), null, 2);
}

function exampleOf(given: Schema, schemas: Schemas, name: string): unknown {
	const schema = resolved(given, schemas);
	const fixed = schema.const ?? schema.default ?? schema.enum?.[0];
	if (fixed !== undefined) return fixed;
	const variant = (schema.anyOf ?? schema.oneOf ?? schema.allOf)?.[0];
	if (variant) return exampleOf(variant, schemas, name);
	const type = [schema.type ?? ""].flat()[0];
	if (type === "array") return schema.items ? [exampleOf(schema.items, schemas, name)] : [];
	if (type === "object" || schema.properties) return exampleObject(schema, schemas);
	if (type === "number" || type === "integer") return Math.max(schema.minimum ?? 1, 1);
	if (type === "boolean") return true;
	if (schema.format === "date-time") return "2027-01-04T09:00:00Z";
	if (schema.format === "date") return "2027-01-04";
	return BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? "text";
}

function exampleObject({ properties = {}, required = [] }: Schema, schemas: Schemas): Record<string, unknown> {
	const names = required.length > 0 ? required : Object.keys(properties).slice(0, 1);
	return Object.fromEntries(names.map((name) => [name, exampleOf(properties[name] ?? {}, schemas, name)]));
}

/** The path with its parts filled in and the query behind it. Parts that are not known yet stay as they are named. */
export function addressOf({ path, parameters }: Operation, values: Record<string, string>): string {
	const query = new URLSearchParams();
	for (const { name, in: place } of parameters) if (place === "query" && values[name]) query.append(name, values[name]);
	const filled = path.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
		values[name] ? encodeURIComponent(values[name]) : whole,
	);
	return query.size > 0 ? `${filled}?${query}` : filled;
}

/** Files are read as they come, so no shape in the document speaks of them. */
export const takesFile = ({ method, path }: Operation) =>
	method === "POST" && /\/(avatar|import|greeting-files)$/.test(path);

/** A line for a shell that does the same. The key stays in the shell's own variable, so that it is in no history. */
export function curlOf(operation: Operation, address: string, body: string): string {
	const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
	const { method, body: sent } = operation;
	const lines = [
		`curl -s${method === "GET" ? "" : ` -X ${method}`} ${quoted(location.origin + address)}`,
		'-H "authorization: Bearer $TRUNKLINE_KEY"',
	];
	if (method === "POST") lines.push('-H "idempotency-key: $(openssl rand -hex 16)"');
	if (takesFile(operation)) lines.push("-F 'file=@FILE'");
	else if (sent) lines.push(`-H 'content-type: ${sent.type}'`, `-d ${quoted(body)}`);
	return lines.join(" \\\n  ");
}
