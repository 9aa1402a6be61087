import type { Context } from "hono";
import type * as z from "zod";
import { Fault } from "../errors";
import { BadMultipart, boundaryOf, type Part, partsOf } from "../pure/multipart";
import type { HttpEnv } from "./http-env";
import { camelNames } from "./wire-case";

/** A file on its way in. It may be read once. */
export interface Upload<Fields> {
	filename: string;
	bytes: AsyncIterable<Uint8Array>;
	/** What the form says beside the file, as far as it has come. Fields behind the file are there once that has been read. */
	fields(): Fields;
}

/** The types under which browsers and people send CSV. */
export const CSV = /^(text\/(csv|plain|tab-separated-values)|application\/(csv|vnd\.ms-excel))\b/i;

const LONGEST_FIELD = 4_096;
const MOST_FIELDS = 20;

/** The file in a multipart form (its part is called `file`), or in the body itself when that is of one of the `bare` types. */
export async function openUpload<Shape extends z.ZodType>(
	c: Context<HttpEnv>,
	shape: Shape,
	bare: RegExp | null = null,
): Promise<Upload<z.output<Shape>>> {
	const type = c.req.header("content-type") ?? "";
	const body = c.req.raw.body;
	const boundary = boundaryOf(type);
	if (boundary !== null && body) return fromForm(partsOf(body, boundary), shape);
	if (bare?.test(type)) return { filename: "", bytes: body ?? nothing(), fields: () => checked(shape, {}) };
	throw new Fault("wrong_type", `Send the file as multipart/form-data${bare ? " or as text/csv" : ""}`);
}

/** The file's bytes, refused at their end when the form goes on to say for whom or what they were: they have been read by then. */
export async function* fieldsFirst({ bytes, fields }: Upload<unknown>): AsyncGenerator<Uint8Array> {
	const before = JSON.stringify(fields());
	yield* bytes;
	if (JSON.stringify(fields()) !== before)
		throw new Fault("invalid_input", "file: send it as the last field of the form");
}

async function fromForm<Shape extends z.ZodType>(
	parts: AsyncGenerator<Part>,
	shape: Shape,
): Promise<Upload<z.output<Shape>>> {
	const fields: Record<string, string> = {};
	const file = await reading(() => untilFile(parts, fields));
	if (!file) throw new Fault("invalid_input", "file: missing");
	async function* bytes(part: Part) {
		const chunks = part.bytes;
		for (;;) {
			const { value, done } = await reading(() => chunks.next());
			if (done) break;
			yield value;
		}
		if (await reading(() => untilFile(parts, fields))) throw new Fault("invalid_input", "file: one at a time");
	}
	return { filename: file.filename ?? "", bytes: bytes(file), fields: () => checked(shape, fields) };
}

async function untilFile(parts: AsyncGenerator<Part>, fields: Record<string, string>): Promise<Part | null> {
	for (;;) {
		const { value: part, done } = await parts.next();
		if (done) return null;
		if (part.filename !== null && part.name === "file") return part;
		if (part.filename !== null) throw new Fault("invalid_input", `${part.name.slice(0, 50)}: unknown file`);
		if (Object.keys(fields).length >= MOST_FIELDS) throw new Fault("invalid_input", "too many fields");
		fields[part.name] = await textOf(part);
	}
}

function checked<Shape extends z.ZodType>(shape: Shape, fields: Record<string, string>): z.output<Shape> {
	const result = shape.safeParse(camelNames(fields));
	if (result.success) return result.data;
	const details = result.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
	throw new Fault("invalid_input", `${details[0]?.path || "form"}: ${details[0]?.message}`, { details });
}

async function textOf(part: Part): Promise<string> {
	const decoder = new TextDecoder();
	let text = "";
	for await (const chunk of part.bytes) {
		text += decoder.decode(chunk, { stream: true });
		if (text.length > LONGEST_FIELD) throw new Fault("invalid_input", `${part.name.slice(0, 50)}: too long`);
	}
	return text + decoder.decode();
}

async function reading<T>(step: () => Promise<T>): Promise<T> {
	try {
		return await step();
	} catch (cause) {
		if (cause instanceof BadMultipart)
			throw new Fault("malformed", `The form cannot be read: ${cause.message}`, { cause });
		throw cause;
	}
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
