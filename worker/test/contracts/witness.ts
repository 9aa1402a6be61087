import { readFileSync, writeFileSync } from "node:fs";
import { type ErrorObject, Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

type Json = Record<string, unknown>;
type Check = (value: unknown) => string | null;
interface Answer {
	$ref?: string;
	content?: Record<string, { schema: Json; examples?: Json }>;
}
interface Operation {
	responses: Record<string, Answer>;
}
interface Document {
	paths: Record<string, Record<string, Operation>>;
	components: { responses: Record<string, Answer> } & Json;
}
/** One request of a test and what came of it. */
export interface Exchange {
	method: string;
	path: string;
	sent: string | null;
	status: number;
	type: string | null;
	text: string | null;
}

/**
 * Stands beside the test house, in Node, since ajv makes code and workerd runs none that was made. Told the document once, it says of each
 * exchange where the answer is not as the document has it; an empty text: it is.
 */
export function witness(): (request: Request) => Promise<Response> {
	let book: Book | null = null;
	return async (request) => {
		if (new URL(request.url).pathname === "/document") {
			book = new Book((await request.json()) as Document);
			return new Response("");
		}
		if (!book) return new Response("unread", { status: 409 });
		return new Response(book.complaint((await request.json()) as Exchange) ?? "");
	};
}

/** The document, with its shapes made into checks as they are first needed. */
class Book {
	readonly #document: Document;
	readonly #ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));
	readonly #checks = new Map<string, Check>();

	constructor(document: Document) {
		this.#document = document;
	}

	complaint(exchange: Exchange): string | null {
		const { method, path, status, type } = exchange;
		const at = this.#pathOf(method, path);
		if (!at) return null;
		const name = `${method} ${at}`;
		const told = this.#document.paths[at]?.[method.toLowerCase()]?.responses[status];
		const response = told?.$ref ? this.#document.components.responses[told.$ref.split("/").at(-1) ?? ""] : told;
		const text = exchange.text;
		if (!response) return status >= 500 ? null : `${name} says nothing of ${status}: ${text?.slice(0, 300)}`;
		const content = response.content ?? {};
		const json = content["application/json"];
		if (text === null) return isMentioned(content, type) ? null : `${name} says nothing of ${type}`;
		if (!json) return `${name} says nothing of JSON at ${status}`;
		const value: unknown = JSON.parse(text);
		const wrong = this.#check(`${name} ${status}`, json.schema)(value) ?? codeUnknown(json.examples, value);
		if (!wrong) record(name, exchange, value);
		return wrong && `${name} answered ${status} otherwise than it says: ${wrong}\n${text.slice(0, 600)}`;
	}

	#check(name: string, schema: Json): Check {
		const known = this.#checks.get(name);
		if (known) return known;
		const validate = this.#ajv.compile({ allOf: [schema], components: this.#document.components });
		const check: Check = (value) => (validate(value) ? null : (validate.errors ?? []).map(wordsOf).join("; "));
		this.#checks.set(name, check);
		return check;
	}

	/** The path as the document has it; one without parts to fill in goes first. */
	#pathOf(method: string, path: string): string | null {
		const parts = path.split("/");
		const fits = Object.keys(this.#document.paths).filter((each) => {
			const wanted = each.split("/");
			const isSame = wanted.length === parts.length && wanted.every((part, n) => part.startsWith("{") || part === parts[n]);
			return isSame && method.toLowerCase() in (this.#document.paths[each] ?? {});
		});
		return fits.sort((a, b) => a.split("{").length - b.split("{").length)[0] ?? null;
	}
}

/** Every error that an operation may answer is among the examples of its status. */
function codeUnknown(examples: Json | undefined, value: unknown): string | null {
	const { code } = value as Json;
	return examples && !(String(code) in examples) ? `it does not name the code ${code}` : null;
}

function isMentioned(content: Json, type: string | null): boolean {
	return type === null ? Object.keys(content).length === 0 : Object.keys(content).some((each) => type.startsWith(each.replace("*", "")));
}

function wordsOf({ instancePath, message, params }: ErrorObject): string {
	return `${instancePath || "it"} ${message} ${JSON.stringify(params)}`;
}

const RECORD_TO = process.env.RECORD_EXAMPLES;

/** Keeps a success as the operation's example when `RECORD_EXAMPLES` names a file: the first one that is not empty. */
function record(name: string, { sent, status }: Exchange, answer: unknown): void {
	if (!RECORD_TO || status >= 300) return;
	const known = JSON.parse(readFileSync(RECORD_TO, "utf8")) as Record<string, { answer: unknown }>;
	const weight = (value: unknown) => JSON.stringify(value ?? null).length;
	const old = known[name];
	if (old && (weight(old.answer) > 150 || weight(answer) <= weight(old.answer))) return;
	const request = sent?.startsWith("{") ? { request: JSON.parse(sent) } : {};
	writeFileSync(RECORD_TO, JSON.stringify({ ...known, [name]: { ...request, answer } }, null, "\t"));
}
