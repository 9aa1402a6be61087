import { typedDestination } from "../consent/reach/destination";
import { money } from "../pure/money";
import { segmentation } from "../pure/segments";
import type { Scope } from "../scope";
import { outlook } from "./allowed/store";
import type { Preview, PreviewInput } from "./inputs";
import { priced } from "./order";
import { renderedBody } from "./templates/render";

const WHATSAPP = "whatsapp:";

/** How a message would be cut, what it would cost, and what is in its way. Sends and keeps nothing. */
export async function preview(scope: Scope, input: PreviewInput): Promise<Preview> {
	const { from = "", to, country, mediaUrls = [] } = input;
	const phone =
		to === undefined
			? null
			: await typedDestination(scope, to.replace(WHATSAPP, ""), { country, line: from.replace(WHATSAPP, "") });
	const body = await renderedBody(scope, phone?.e164 ?? "", input);
	const cut = { body, ...segmentation(body) };
	if (!phone) return { ...cut, cost: null, refusal: null };
	const channel = from.startsWith(WHATSAPP) ? "whatsapp" : "sms";
	const { item, units } = priced(channel, body, mediaUrls.length > 0);
	const { unitMicros, isOpen, isOpenCountry } = await outlook(scope.db, scope.accountId, { ...phone, item });
	const refusal = isOpen ? (isOpenCountry ? null : "country_closed") : "opted_out";
	return { ...cut, cost: money(unitMicros * units), refusal };
}
