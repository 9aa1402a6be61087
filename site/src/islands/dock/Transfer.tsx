import { api, said } from "../../lib/api";
import { tell } from "../../lib/toasts";
import { HandOn } from "../handing/HandOn";

interface Props {
	callId: string;
	/** The carrier cannot hand this call on before somebody was asked. */
	askOnly: boolean;
	/** Somebody is asked now, while the call waits. */
	onAsked: () => void;
}

/** Hands the call on at once: the carrier then lets this side go. Or asks somebody first, while the call waits. */
export function Transfer({ callId, askOnly, onAsked }: Props) {
	return (
		<HandOn
			askOnly={askOnly}
			act={(target) => said(api.calls[":id"].transfer.$post({ param: { id: callId }, json: target }))}
			onDone={() => tell("The call is handed on. It ends here by itself.")}
			ask={async (whom) => {
				const { askByCarrier } = await import("./carrier-asking");
				await askByCarrier(callId, whom);
				onAsked();
			}}
		/>
	);
}
