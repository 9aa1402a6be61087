import { Fault } from "../errors";
import { AssistantBusy, AssistantRefusal } from "../outside/assistant/assistant";

/** What the caller is told when the provider clearly did not do it; null when nobody can tell whether it did. */
export function clearFault(error: unknown): Fault | null {
	if (error instanceof AssistantBusy)
		return new Fault("try_again", "The assistant provider is busy. Try again shortly.", {
			retryAfter: error.retryAfterSeconds,
			cause: error,
		});
	if (!(error instanceof AssistantRefusal)) return null;
	const said = error.reason === "credentials" ? "it does not accept this installation's key" : error.message;
	return new Fault("carrier_refused", `The assistant provider refused: ${said}`, { cause: error });
}
