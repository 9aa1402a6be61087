import { Phone, PhoneIncoming, PhoneOff } from "lucide-preact";
import { phone } from "./lazy";
import { useSpelled } from "./spelled";
import { type Call, nameOf } from "./state";

/** Somebody calls. Takes no focus: whoever is writing goes on writing. */
export function IncomingCall({ call }: { call: Call }) {
	const name = useSpelled(call.peer);
	const more = call.peer.name ? call.peer.number : "";
	return (
		<div
			class="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5"
			role="alert"
			aria-label={`Incoming call from ${nameOf(call.peer)}`}
		>
			<PhoneIncoming size={18} class="text-success pulse flex-none" aria-hidden />
			<p class="min-w-0 flex-1 truncate">
				<strong class="font-semibold">{name}</strong> <span class="text-muted">calls you</span>
				{call.note && <span class="text-muted ms-2">{call.note}</span>}
				{more && <span class="phone text-muted ms-2 max-sm:hidden">{more}</span>}
			</p>
			<span class="ms-auto flex gap-2">
				<button
					key="answer"
					type="button"
					class="btn btn-success btn-sm"
					onClick={async () => (await phone()).answer()}
				>
					<Phone size={15} aria-hidden /> Answer
				</button>
				<button
					key="decline"
					type="button"
					class="btn btn-error btn-outline btn-sm"
					onClick={async () => (await phone()).decline()}
				>
					<PhoneOff size={15} aria-hidden /> Decline
				</button>
			</span>
		</div>
	);
}
