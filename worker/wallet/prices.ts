import { inOneBatch } from "../db/client";
import { Fault, notFound } from "../errors";
import { audit } from "../identity/audit/store";
import type { Scope } from "../scope";
import type { Price, PriceKey } from "./inputs";
import { deletePrice, findPrice, putPrice } from "./store";

/** Sets what a thing costs from now on. What is rented already keeps its price. */
export async function setPrice(scope: Scope, price: Price): Promise<Price> {
	const { db } = scope;
	await inOneBatch(db, [putPrice(db, price), audit(db, scope, { action: "price.set", detail: { ...price } })]);
	return price;
}

/** Takes an exact price away, so that the more general one holds. The most general price of an item stays. */
export async function removePrice(scope: Scope, key: PriceKey): Promise<void> {
	const { db } = scope;
	if (key.country === "*" && key.lineType === "*")
		throw new Fault("conflict", "Every item needs a price for all countries and types");
	if (!(await findPrice(db, key))) throw notFound("Price");
	await inOneBatch(db, [deletePrice(db, key), audit(db, scope, { action: "price.removed", detail: { ...key } })]);
}
