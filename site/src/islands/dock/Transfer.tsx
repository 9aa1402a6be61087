import { api, said } from "../../lib/api";
import { tell } from "../../lib/toasts";
import { HandOn } from "../handing/HandOn";
import { hangUp } from "./phone";

/** Hands the call on and lets go of it. */
export function Transfer({ callId }: { callId: string }) {
	return (
		<HandOn
			act={(target) => said(api.calls[":id"].transfer.$post({ param: { id: callId }, json: target }))}
			onDone={() => {
				tell("The call is handed on.");
				hangUp();
			}}
		/>
	);
}
