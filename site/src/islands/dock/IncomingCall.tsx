import { PhoneIncoming } from "lucide-preact";
import { phone } from "./lazy";
import { type Call, nameOf } from "./state";

/** Somebody calls. Takes no focus: whoever is writing goes on writing. */
export function IncomingCall({ call }: { call: Call }) {
	const name = nameOf(call.peer);
	return (
		<div class="flex flex-wrap items-center gap-3 py-2.5" role="alert" aria-label={`Incoming call from ${name}`}>
			<PhoneIncoming size={18} class="text-success" aria-hidden />
			<p class="min-w-0 truncate">
				<strong class="font-semibold">{name}</strong> <span class="text-muted">calls you</span>
			</p>
			<span class="ms-auto flex gap-2">
				<button
					key="answer"
					type="button"
					class="btn btn-success btn-sm"
					onClick={async () => (await phone()).answer()}
				>
					Answer
				</button>
				<button
					key="decline"
					type="button"
					class="btn btn-error btn-outline btn-sm"
					onClick={async () => (await phone()).decline()}
				>
					Decline
				</button>
			</span>
		</div>
	);
}
