import type { Schema } from "./document";
import { limitsOf, type Property, propertiesOf, type Schemas, typeOf } from "./schema";

/** Deeper than anything that the API answers; shapes that hold themselves end here. */
const DEEPEST = 5;

interface Props {
	schema: Schema;
	schemas: Schemas;
}

/** A shape, property by property, with what lies inside each. */
export function ShapeView({ schema, schemas }: Props) {
	const properties = propertiesOf(schema, schemas);
	if (properties.length === 0) return <p class="text-muted text-sm">{typeOf(schema, schemas)}</p>;
	return <PropertyList properties={properties} schemas={schemas} depth={0} />;
}

interface ListProps {
	properties: Property[];
	schemas: Schemas;
	depth: number;
}

function PropertyList({ properties, schemas, depth }: ListProps) {
	return (
		<ul class={`flex flex-col text-sm ${depth > 0 ? "line mt-1 border-s ps-3" : ""}`}>
			{properties.map((property) => (
				<PropertyRow key={property.name} property={property} schemas={schemas} depth={depth} />
			))}
		</ul>
	);
}

function PropertyRow({ property, schemas, depth }: { property: Property; schemas: Schemas; depth: number }) {
	const { name, required, schema } = property;
	const inner = depth < DEEPEST ? propertiesOf(schema, schemas) : [];
	const limits = limitsOf(schema, schemas);
	return (
		<li class="py-1">
			<code class="font-mono font-semibold wrap-anywhere">{name}</code>{" "}
			<span class="text-muted wrap-anywhere">{typeOf(schema, schemas)}</span>
			{required && <span class="ms-2 text-xs font-medium">required</span>}
			{limits && <span class="text-faint ms-2 text-xs wrap-anywhere">{limits}</span>}
			{schema.description && <p class="text-muted">{schema.description}</p>}
			{inner.length > 0 && <PropertyList properties={inner} schemas={schemas} depth={depth + 1} />}
		</li>
	);
}
