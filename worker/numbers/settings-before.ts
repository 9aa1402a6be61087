import * as z from "zod";
import type { LineSettings } from "../outside/carrier/carrier";
import type { NumberRow } from "./store";

export const LineSettingsShape = z.record(z.string(), z.string());

/** What an adopted number's line was set to before; null for a number that was bought. */
export function settingsBefore({ settingsBefore: kept }: NumberRow): LineSettings | null {
	return kept === null ? null : LineSettingsShape.parse(kept);
}
