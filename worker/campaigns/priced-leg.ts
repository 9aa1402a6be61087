import { parsePhone } from "../pure/phone";
import type { Campaign } from "./store";

/** What a minute of talk after a 1 is paid as. */
export interface PricedLeg {
	item: "call_minute" | "assistant_minute";
	country: string;
}

/** Null where it costs nothing: browsers, queues and telephone systems of the account's own. */
export function pricedLeg({ script }: Pick<Campaign, "script">, transferE164: string | null): PricedLeg | null {
	if (script.transfer?.to === "assistant") return { item: "assistant_minute", country: "*" };
	return transferE164 === null ? null : { item: "call_minute", country: parsePhone(transferE164)?.country ?? "" };
}
