import type { Env, Settings } from "../../env";
import type { Carrier } from "./carrier";
import { simulatedCarrier } from "./simulated";
import { twilioCarrier } from "./twilio";

/** The carrier that the settings name: Twilio with its credentials, the simulation without. */
export function carrierFor(env: Env, settings: Settings): Carrier {
	return settings.carrier === "twilio" ? twilioCarrier(settings) : simulatedCarrier(env, settings);
}
