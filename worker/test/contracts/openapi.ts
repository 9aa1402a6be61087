// Runs in workerd and, for the loopback carrier, in Node: no imports. An interpreter of its own, because workerd
// lets no schema compiler generate code.

/** A request as it goes over the wire. */
export interface Wire {
	method: string;
	/** Path and query. */
	path: string;
	contentType?: string | null | undefined;
	body?: string | undefined;
}

interface Schema {
	type?: string;
	format?: string;
	pattern?: string;
	enum?: unknown[];
	minLength?: number;
	maxLength?: number;
	minimum?: number;
	maximum?: number;
	items?: Schema;
	properties?: Record<string, Schema>;
	required?: string[];
	$ref?: string;
}

interface Parameter {
	name: string;
	in: string;
	required?: boolean;
	schema: Schema;
}

interface Operation {
	operationId?: string;
	parameters?: Parameter[];
	requestBody?: { content: Record<string, { schema: Schema }> };
}

/** As much of an OpenAPI document as a request is held against. */
export interface OpenApi {
	paths: Record<string, object>;
	components: { schemas: Record<string, object> };
}

export interface Match {
	operationId: string;
	path: Record<string, string>;
	query: [name: string, value: string][];
	form: [name: string, value: string][];
}

export interface Verdict {
	/** What the request is, when the document knows such a one. */
	match: Match | null;
	/** Everything that is wrong with it; empty when the provider would take it. */
	violations: string[];
}

const FORM = "application/x-www-form-urlencoded";
const E164 = /^\+[1-9]\d{6,14}$/;
const FORMATS: Record<string, (text: string) => boolean> = {
	uri: isWebAddress,
	"phone-number": (text) => E164.test(text.replace(/^whatsapp:/, "")),
	endpoint: (text) => E164.test(text) || /^(sips?|client):\S+$/.test(text),
	"iso-country-code": (text) => /^[A-Z]{2}$/.test(text),
	"http-method": (text) => text === "GET" || text === "POST",
	date: (text) => /^\d{4}-\d{2}-\d{2}$/.test(text),
	"date-time": (text) => /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?$/.test(text),
	twiml: (text) => text.length <= 4000 && text.includes("<Response"),
};

/** Reads an OpenAPI document once, and judges requests by it: method, path, required and unknown parameters, types and formats. */
export function contractOf(document: OpenApi): (wire: Wire) => Verdict {
	const operations = Object.entries(document.paths).flatMap(([template, item]) =>
		Object.entries(item).map(([method, operation]: [string, Operation]) => ({
			method: method.toUpperCase(),
			template,
			pattern: patternOf(template),
			operation,
		})),
	);
	const resolve = (schema: Schema): Schema =>
		schema.$ref ? ((document.components.schemas[schema.$ref.split("/").at(-1) ?? ""] ?? {}) as Schema) : schema;

	return (wire) => {
		const [path = "", query = ""] = wire.path.split(/\?(.*)/s);
		const there = operations.filter(({ pattern }) => pattern.test(path));
		const found = there.find(({ method }) => method === wire.method);
		if (!found)
			return {
				match: null,
				violations: [there.length ? `${wire.method} is not allowed on ${path}` : `no such path: ${path}`],
			};
		const { operation, pattern } = found;
		const match: Match = {
			operationId: operation.operationId ?? found.template,
			path: Object.fromEntries(
				Object.entries(pattern.exec(path)?.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]),
			),
			query: [...new URLSearchParams(query)],
			form: [...new URLSearchParams(wire.body ?? "")],
		};
		const parameters = (place: string) => (operation.parameters ?? []).filter((parameter) => parameter.in === place);
		const violations = [
			...judge("path", Object.entries(match.path), asSchema(parameters("path")), resolve),
			...judge("query", match.query, asSchema(parameters("query")), resolve),
			...judgeBody(wire, match.form, operation, resolve),
		];
		return { match, violations };
	};
}

function patternOf(template: string): RegExp {
	const escaped = template.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
	return new RegExp(`^${escaped.replace(/\{(\w+)\}/g, "(?<$1>[^/]+?)")}$`);
}

function asSchema(parameters: Parameter[]): Schema {
	return {
		properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
		required: parameters.filter(({ required }) => required).map(({ name }) => name),
	};
}

type Resolve = (schema: Schema) => Schema;

function judgeBody(wire: Wire, form: [string, string][], operation: Operation, resolve: Resolve): string[] {
	const schema = operation.requestBody?.content[FORM]?.schema;
	if (!schema) return wire.body ? ["a body where none is taken"] : [];
	const type = (wire.contentType ?? "").split(";")[0]?.trim().toLowerCase();
	if (wire.body && type !== FORM) return [`the body is ${type || "of no type"}, not ${FORM}`];
	return judge("form", form, schema, resolve);
}

function judge(place: string, given: [string, string][], schema: Schema, resolve: Resolve): string[] {
	const known = schema.properties ?? {};
	const names = given.map(([name]) => name);
	const missing = (schema.required ?? []).filter((name) => !names.includes(name));
	return [
		...missing.map((name) => `${place}: ${name} is required`),
		...given.flatMap(([name, text]) => {
			const property = Object.hasOwn(known, name) ? known[name] : undefined;
			if (!property) return [`${place}: ${name} is unknown`];
			const { type, items } = resolve(property);
			const repeated = type !== "array" && names.indexOf(name) !== names.lastIndexOf(name);
			const wrong = wrongWith(text, type === "array" ? resolve(items ?? {}) : resolve(property));
			return [
				...(repeated ? [`${place}: ${name} comes more than once`] : []),
				...(wrong ? [`${place}: ${name} ${wrong}`] : []),
			];
		}),
	];
}

/** What is wrong with a value, in words that follow its name; "" when nothing is. */
function wrongWith(text: string, schema: Schema): string {
	if (schema.type === "integer" && !/^-?\d+$/.test(text)) return "is not an integer";
	if (schema.type === "number" && (text === "" || Number.isNaN(Number(text)))) return "is not a number";
	if (schema.type === "boolean" && text !== "true" && text !== "false") return "is not true or false";
	if (schema.minimum !== undefined && Number(text) < schema.minimum) return `is below ${schema.minimum}`;
	if (schema.maximum !== undefined && Number(text) > schema.maximum) return `is above ${schema.maximum}`;
	if (schema.minLength !== undefined && text.length < schema.minLength) return `is shorter than ${schema.minLength}`;
	if (schema.maxLength !== undefined && text.length > schema.maxLength) return `is longer than ${schema.maxLength}`;
	if (schema.pattern && !new RegExp(schema.pattern).test(text)) return `does not match ${schema.pattern}`;
	if (schema.enum && !schema.enum.includes(text)) return `is none of ${schema.enum.join(", ")}`;
	if (schema.type === "string" && schema.format && FORMATS[schema.format]?.(text) === false)
		return `is not a ${schema.format}`;
	return "";
}

function isWebAddress(text: string): boolean {
	if (!URL.canParse(text)) return false;
	const { protocol, hostname } = new URL(text);
	return /^https?:$/.test(protocol) && !hostname.includes("_");
}
