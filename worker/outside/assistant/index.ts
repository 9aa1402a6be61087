import type { Settings } from "../../env";
import type { Assistants } from "./assistant";
import { simulatedAssistants } from "./simulated";
import { vapiAssistants } from "./vapi";

/** The provider of assistants that the settings name: Vapi with its key, pretended conversations without. */
export function assistantsFor(settings: Settings): Assistants {
	return settings.VAPI_API_KEY ? vapiAssistants(settings, settings.VAPI_API_KEY) : simulatedAssistants(settings);
}
