import type { Settings } from "../../../env";
import type { Carrier } from "../carrier";

export function twilioCarrier(_settings: Settings): Carrier {
	return { name: "twilio" } as Carrier;
}
