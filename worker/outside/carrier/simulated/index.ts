import type { Env, Settings } from "../../../env";
import type { Carrier } from "../carrier";

export function simulatedCarrier(_env: Env, _settings: Settings): Carrier {
	return { name: "simulated" } as Carrier;
}
