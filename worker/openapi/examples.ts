import type { Json } from "./document";
import recorded from "./examples.json";

interface Example {
	request?: unknown;
	answer?: unknown;
}

const RECORDED: Record<string, Example> = recorded;

const BY_NAME: [RegExp, string][] = [
	[/e-?mail/i, "ada@example.com"],
	[/number|phone|^(to|from)$/i, "+14155552671"],
	[/url/i, "https://example.com/hook"],
	[/zone/i, "Europe/London"],
	[/country/i, "US"],
	[/currency/i, "USD"],
	[/At$|Until$/, "2027-01-04T09:00:00.000Z"],
	[/^start$/, "09:00"],
	[/^end$/, "20:00"],
	[/^identity$/, "care4w-7K2M9QX"],
	[/id$/i, "01K9ZC3W4Q8Y7N5T2R1M6P0HXV"],
];

/** What is sent and answered, as it really was once; where nobody has recorded it, the least that the schema allows. */
export function exampleFor(key: string, schemas: { request?: Json; answer?: Json }, all: Json): Example {
	const known = RECORDED[key];
	const request = shown(known?.request, schemas.request, all);
	const answer = shown(known?.answer, schemas.answer, all);
	return { ...(request === undefined ? {} : { request }), ...(answer === undefined ? {} : { answer }) };
}

function shown(recorded: unknown, schema: Json | undefined, all: Json): unknown {
	if (!schema) return recorded;
	return recorded === undefined ? sample(schema, all, "") : upToDate(recorded, schema, all);
}

/** What was recorded, with what its shape has got since, and without what it has lost. */
function upToDate(value: unknown, given: Json, all: Json): unknown {
	const schema = resolved(given, all);
	if (Array.isArray(value))
		return value.map((each) => (schema.items ? upToDate(each, schema.items as Json, all) : each));
	if (value === null || typeof value !== "object" || !schema.properties) return value;
	const known = schema.properties as Record<string, Json>;
	const kept = Object.entries(value).filter(([name]) => name in known || schema.additionalProperties !== false);
	const missing = (Array.isArray(schema.required) ? schema.required : []).filter((name: string) => !(name in value));
	return Object.fromEntries([
		...kept.map(([name, each]) => [name, upToDate(each, known[name] ?? {}, all)]),
		...missing.map((name: string) => [name, sample(known[name] ?? {}, all, name)]),
	]);
}

function resolved(given: Json, all: Json): Json {
	return typeof given.$ref === "string" ? (all[given.$ref.split("/").at(-1) ?? ""] as Json) : given;
}

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value : []);

function sample(given: Json, all: Json, name: string): unknown {
	const schema = resolved(given, all);
	const fixed = schema.const ?? schema.default ?? listOf(schema.enum)[0];
	if (fixed !== undefined) return fixed;
	const variants = [...listOf(schema.anyOf), ...listOf(schema.oneOf), ...listOf(schema.allOf)];
	if (variants.some(({ type }) => type === "null")) return null;
	if (variants[0]) return sample(variants[0], all, name);
	const type = [schema.type].flat()[0];
	if (type === "array")
		return Number(schema.minItems ?? 0) > 0 ? [sample(schema.items as Json, all, singular(name))] : [];
	if (type === "object" || schema.properties) return sampleObject(schema, all);
	if (type === "number" || type === "integer") return Math.max(Number(schema.minimum ?? 1), 1);
	if (type === "boolean") return true;
	return type === "string" ? sampleText(schema, name) : null;
}

const singular = (name: string) => name.replace(/ies$/, "y").replace(/s$/, "");

function sampleObject({ properties, required }: Json, all: Json): Json {
	const known = (properties ?? {}) as Record<string, Json>;
	const names = Array.isArray(required) ? required : Object.keys(known).slice(0, 1);
	return Object.fromEntries(names.map((name: string) => [name, sample(known[name] ?? {}, all, name)]));
}

function sampleText({ format, minLength }: Json, name: string): string {
	if (format === "date-time") return "2027-01-04T09:00:00.000Z";
	if (format === "date") return "2027-01-04";
	const text = BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? "text";
	return text.padEnd(Number(minLength ?? 0), "x");
}
