import type { Campaign } from "../../../lib/wire";
import { HeatMap } from "./HeatMap";
import { useReport } from "./use-report";

/** The heat map of a campaign, once there are calls to draw. */
export function Heat({ campaign }: { campaign: Campaign }) {
	const { data } = useReport(campaign);
	return data && data.byHour.length > 0 ? <HeatMap lines={data.byHour} /> : null;
}
