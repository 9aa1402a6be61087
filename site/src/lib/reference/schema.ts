import type { Schema } from "./document";

export type Schemas = Record<string, Schema>;

export interface Property {
	name: string;
	required: boolean;
	schema: Schema;
	/** Of a parameter: what of the request it is in. */
	place?: string;
}

/** The shape itself where there is only a reference to it. */
export function resolved(schema: Schema, schemas: Schemas): Schema {
	const name = schema.$ref?.split("/").at(-1);
	const found = name === undefined ? undefined : schemas[name];
	return found ? { ...found, ...(schema.description ? { description: schema.description } : {}) } : schema;
}

const variantsOf = ({ anyOf, oneOf, allOf }: Schema) => anyOf ?? oneOf ?? allOf;

/** What a value may be, in a few words. Where it may hold itself, it says so by its name. */
export function typeOf(given: Schema, schemas: Schemas, within: readonly string[] = []): string {
	const { $ref = "" } = given;
	if (within.includes($ref)) return $ref.split("/").at(-1) ?? "";
	const through = $ref ? [...within, $ref] : within;
	const inside = (each: Schema) => typeOf(each, schemas, through);
	const schema = resolved(given, schemas);
	if (schema.const !== undefined) return JSON.stringify(schema.const);
	if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(" | ");
	const variants = variantsOf(schema);
	if (variants) return [...new Set(variants.map(inside))].join(" or ");
	if (schema.prefixItems) return `[${schema.prefixItems.map(inside).join(", ")}]`;
	if (schema.items) return `list of ${inside(schema.items)}`;
	const type = [schema.type ?? (schema.properties ? "object" : "anything")].flat().join(" or ");
	return schema.format && type === "string" ? schema.format : type;
}

/** What a value must keep to besides its type. */
export function limitsOf(given: Schema, schemas: Schemas): string {
	const own = resolved(given, schemas);
	const schema = variantsOf(own)?.find(({ type }) => type !== "null") ?? own;
	const { minimum, maximum, minLength, maxLength, minItems, maxItems } = schema;
	const sane = (value: number | undefined) =>
		value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;
	return [
		range(sane(minimum), sane(maximum), ""),
		range(minLength, maxLength, " characters"),
		range(minItems, maxItems, " items"),
		own.default === undefined ? "" : `default ${JSON.stringify(own.default)}`,
	]
		.filter(Boolean)
		.join(", ");
}

function range(least: number | undefined, most: number | undefined, unit: string): string {
	if (least !== undefined && most !== undefined) return `${least} to ${most}${unit}`;
	if (least !== undefined) return `at least ${least}${unit}`;
	return most === undefined ? "" : `at most ${most}${unit}`;
}

/**
 * The properties of a shape, of what a list holds, or of each thing that it may be. A name counts once. Shapes that hold themselves
 * (`within` are those that it came through) give what they have once.
 */
export function propertiesOf(given: Schema, schemas: Schemas, within: readonly string[] = []): Property[] {
	const { $ref } = given;
	if ($ref && within.includes($ref)) return [];
	const through = $ref ? [...within, $ref] : within;
	const schema = resolved(given, schemas);
	const inner = variantsOf(schema) ?? (schema.items ? [schema.items] : []);
	const own = Object.entries(schema.properties ?? {}).map(([name, property]) => ({
		name,
		required: schema.required?.includes(name) ?? false,
		schema: property,
	}));
	const all = [...own, ...inner.flatMap((each) => propertiesOf(each, schemas, through))];
	return all.filter(({ name }, at) => all.findIndex((other) => other.name === name) === at);
}
