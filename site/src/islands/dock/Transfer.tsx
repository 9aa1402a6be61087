import { api, said } from "../../lib/api";
import { tell } from "../../lib/toasts";
import { HandOn } from "../handing/HandOn";

/** Hands the call on. The carrier then lets this side go. */
export function Transfer({ callId }: { callId: string }) {
	return (
		<HandOn
			act={(target) => said(api.calls[":id"].transfer.$post({ param: { id: callId }, json: target }))}
			onDone={() => tell("The call is handed on. It ends here by itself.")}
		/>
	);
}
