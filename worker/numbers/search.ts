import type { Capabilities, Offer, StockQuery } from "../outside/carrier/carrier";
import { readLine } from "../pure/line";
import type { Scope } from "../scope";
import { pricesIn } from "../wallet/store";
import type { OfferedNumber, SearchQuery } from "./inputs";
import { priceFor } from "./prices";
import { offerOnWire } from "./shape";

/** Numbers for sale, each with what it costs here. */
export async function searchNumbers(scope: Scope, query: SearchQuery): Promise<OfferedNumber[]> {
	const { limit, country, type, areaCode, contains } = query;
	const [offers, prices] = await Promise.all([
		stock(scope, { country, type, areaCode, contains, capabilities: wanted(query), limit }),
		pricesIn(scope.db, "number_month", country),
	]);
	return offers.map((offer) => offerOnWire(offer, priceFor(prices, offer.country, offer.type)));
}

/** The carrier's offers that are sold at the price asked for: those whose number says the same country and type. */
export async function stock({ carrier }: Pick<Scope, "carrier">, query: StockQuery): Promise<Offer[]> {
	const offers = await carrier.search(query);
	return offers.filter(({ e164 }) => {
		const line = readLine(e164);
		return line?.country === query.country && line.type === query.type;
	});
}

function wanted({ voice, sms, mms }: SearchQuery): Partial<Capabilities> {
	return {
		...(voice === undefined ? {} : { voice }),
		...(sms === undefined ? {} : { sms }),
		...(mms === undefined ? {} : { mms }),
	};
}
