import * as z from "zod";
import type { Json } from "./document";

type Direction = "input" | "output";

const HERE = "#/components/schemas/";

/** The JSON schemas of shapes. Those that have a name stand once among the document's components and are referred to. */
export class Schemas {
	readonly all: Json;
	readonly #texts = new Map<string, string>();

	constructor(known: Json) {
		this.all = { ...known };
	}

	of(shape: z.ZodType, direction: Direction): Json {
		const { place, schema } = this.#read(shape, direction);
		if (place === null) return schema;
		this.all[place] ??= schema;
		return { $ref: HERE + place };
	}

	/** The properties of a shape, for what is spread over parameters or the fields of a form. */
	fieldsOf(
		shape: z.ZodType,
		direction: Direction,
	): { properties: Record<string, Json>; required: ReadonlySet<unknown> } {
		const { properties = {}, required = [] } = this.#read(shape, direction).schema;
		return { properties: properties as Record<string, Json>, required: new Set(required as unknown[]) };
	}

	#read(shape: z.ZodType, direction: Direction): { place: string | null; schema: Json } {
		const made = z.toJSONSchema(shape, { io: direction, unrepresentable: "any" }) as Json;
		const { $defs = {}, $schema: _, ...root } = made;
		const definitions = new Map(Object.entries($defs as Record<string, Json>));
		const named = typeof root.$ref === "string" ? root.$ref.replace("#/$defs/", "") : root.id;
		const name = typeof named === "string" ? named : null;
		if (name !== null && !definitions.has(name)) definitions.set(name, root);
		const places = new Map([...definitions].map(([each, schema]) => [each, this.#placeOf(each, schema, direction)]));
		for (const [each, schema] of definitions)
			if (each !== name) this.all[places.get(each) ?? each] ??= lifted(schema, places);
		return { place: name && (places.get(name) ?? null), schema: lifted(definitions.get(name ?? "") ?? root, places) };
	}

	/** Its name; where it is already the name of what goes the other way, and that differs, one of its own. */
	#placeOf(name: string, schema: Json, direction: Direction): string {
		const text = JSON.stringify(schema);
		for (const place of [name, name + (direction === "input" ? "Input" : "Output")]) {
			const known = this.#texts.get(place) ?? text;
			this.#texts.set(place, known);
			if (known === text) return place;
		}
		throw new Error(`Two shapes are called ${name}`);
	}
}

function lifted(value: Json, places: ReadonlyMap<string, string>): Json {
	const { id: _, ...schema } = value;
	const text = JSON.stringify(schema);
	return JSON.parse(
		text.replaceAll(/"#\/\$defs\/(\w+)"/g, (_, name: string) => `"${HERE}${places.get(name) ?? name}"`),
	);
}
