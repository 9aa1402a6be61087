import * as z from "zod";
import { Fault } from "../errors";

/** `?limit=` and `?cursor=` of every list that can grow without bound. */
export const PageQuery = z.object({
	limit: z.coerce.number().int().min(1).max(100).default(50),
	cursor: z.string().max(400).optional(),
});

export interface Page<Item> {
	items: Item[];
	/** Pass it as `cursor` to read on; null at the end. */
	nextCursor: string | null;
}

/** The shape of one page, for the OpenAPI document. */
export const PageShape = <Item extends z.ZodType>(item: Item) =>
	z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** Makes a page of `limit` items from at most `limit + 1` rows; `keyOf` is what the query continues after. */
export function pageOf<Row, Item>(
	rows: Row[],
	limit: number,
	keyOf: (row: Row) => (string | number)[],
	toItem: (row: Row) => Item,
): Page<Item> {
	const items = rows.slice(0, limit);
	const last = items.at(-1);
	return { items: items.map(toItem), nextCursor: rows.length > limit && last ? encodeCursor(keyOf(last)) : null };
}

/** A value as JSON, which is all that whoever has it needs. */
export interface JsonText<Value> {
	readonly text: string;
	/** For the types only. */
	readonly value?: Value;
}

/** As `pageOf`, of rows that are JSON already. */
export function pageText<Item, Row>(
	rows: Row[],
	limit: number,
	keyOf: (row: Row) => (string | number)[],
	toText: (row: Row) => string,
): JsonText<Page<Item>> {
	const items = rows.slice(0, limit);
	const last = items.at(-1);
	const cursor = rows.length > limit && last ? encodeCursor(keyOf(last)) : null;
	return { text: `{"items":[${items.map(toText).join(",")}],"nextCursor":${JSON.stringify(cursor)}}` };
}

export function encodeCursor(key: (string | number)[]): string {
	return btoa(JSON.stringify(key)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The key in a cursor, checked against `shape`. Undefined without a cursor; a forged one is `invalid_input`. */
export function decodeCursor<Key>(cursor: string | undefined, shape: z.ZodType<Key>): Key | undefined {
	if (cursor === undefined) return undefined;
	try {
		return shape.parse(JSON.parse(atob(cursor.replaceAll("-", "+").replaceAll("_", "/"))));
	} catch (cause) {
		throw new Fault("invalid_input", "cursor: not one of ours", { cause });
	}
}
