import type { AdoptLine, BuyLine, Capabilities, Line, LineSettings, Offer, OwnedLine, StockQuery } from "../carrier";
import { newRef } from "./agenda";
import type { Exchange } from "./exchange";
import { done, type Reply, refused } from "./reply";
import { offerFor, stockFor } from "./stock";
import type { LineRow } from "./tables";

export function search(exchange: Exchange, query: StockQuery): Offer[] {
	return stockFor(query, (e164) => owns(exchange, e164));
}

/** Sells a number that is for sale and not sold yet. */
export function buyLine(exchange: Exchange, { e164, operationId }: BuyLine): Reply<Line> {
	const offer = offerFor(e164);
	if (!offer || owns(exchange, e164))
		return refused("not_available", "21422", `${e164} is not available, so it cannot be bought.`);
	const row: LineRow = {
		ref: newRef("PN"),
		e164,
		operation_id: operationId,
		capabilities: JSON.stringify(offer.capabilities),
	};
	exchange.sql.exec("INSERT INTO lines VALUES (?, ?, ?, ?)", row.ref, row.e164, row.operation_id, row.capabilities);
	return done(lineOf(row));
}

export function findLine({ sql }: Exchange, e164: string): Line | null {
	const [row] = sql.exec<LineRow>("SELECT * FROM lines WHERE e164 = ?", e164);
	return row ? lineOf(row) : null;
}

export function releaseLine({ sql }: Exchange, ref: string): void {
	sql.exec("DELETE FROM lines WHERE ref = ?", ref);
}

export function listLines({ sql }: Exchange): OwnedLine[] {
	return sql
		.exec<LineRow>("SELECT * FROM lines ORDER BY ref")
		.toArray()
		.map((row) => ({ ...lineOf(row), settings: { friendlyName: row.operation_id } }));
}

export function adoptLine({ sql }: Exchange, { ref, operationId }: AdoptLine): Reply<Line> {
	const [row] = sql.exec<LineRow>("UPDATE lines SET operation_id = ? WHERE ref = ? RETURNING *", operationId, ref);
	return row ? done(lineOf(row)) : refused("not_found", "20404", `${ref} was not found.`);
}

export function detachLine({ sql }: Exchange, ref: string, before: LineSettings): void {
	sql.exec("UPDATE lines SET operation_id = ? WHERE ref = ?", before.friendlyName ?? "", ref);
}

/** True when the installation has this line. */
export function owns(exchange: Exchange, e164: string): boolean {
	return findLine(exchange, e164) !== null;
}

function lineOf({ ref, e164, operation_id: operationId, capabilities }: LineRow): Line {
	const able: Capabilities = JSON.parse(capabilities);
	return { ref, e164, operationId, capabilities: able };
}
