import { useSignal } from "@preact/signals";
import { Phone, PhoneForwarded, PhoneOff } from "lucide-preact";
import { Confirm } from "../../kit/Confirm";
import { Dialog } from "../../kit/Dialog";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell, tellTrouble } from "../../lib/toasts";
import type { Queue, QueueCall } from "../../lib/wire";
import { length } from "../../lib/words";
import { phone } from "../dock/lazy";
import { inCall, line } from "../dock/state";
import { HandOn } from "../handing/HandOn";

interface Props {
	queue: Queue;
	calls: QueueCall[];
	now: number;
}
type Act = { act: "transfer" | "drop"; call: QueueCall };
const FORGOTTEN_AFTER_MS = 30_000;

const again = () => changed("queues", "queue-calls", "calls");
const nameOf = (call: QueueCall) => call.name || call.fromFormatted || "Hidden number";

/** Who waits, the next one first. Exactly one person gets a caller; whoever comes second is told so. */
export function Waiting({ queue, calls, now }: Props) {
	const acting = useSignal<Act | null>(null);
	const close = () => {
		acting.value = null;
	};
	return (
		<>
			<ol class="divide-y divide-[var(--line)]">
				{calls.map((call) => (
					<Caller
						key={call.id}
						queue={queue}
						call={call}
						now={now}
						onAct={(act) => {
							acting.value = { act, call };
						}}
					/>
				))}
			</ol>
			{acting.value?.act === "drop" && <Drop queue={queue} call={acting.value.call} onClose={close} />}
			{acting.value?.act === "transfer" && <Send queue={queue} call={acting.value.call} onClose={close} />}
		</>
	);
}

interface CallerProps {
	queue: Queue;
	call: QueueCall;
	now: number;
	onAct: (act: Act["act"]) => void;
}

function Caller({ queue, call, now, onAct }: CallerProps) {
	const busy = useSignal(false);
	const name = nameOf(call);
	const waited = (now - Date.parse(call.enteredAt)) / 1_000;
	const late = waited > queue.serviceLevelSeconds;
	const taken = call.state === "taken";
	async function answer() {
		busy.value = true;
		const { expect } = await phone();
		const forget = expect({ identity: call.from, number: call.from, name: call.name ?? "" });
		setTimeout(forget, FORGOTTEN_AFTER_MS);
		try {
			await said(api.queues[":id"].calls[":entryId"].answer.$post({ param: { id: queue.id, entryId: call.id } }));
			tell(`${name} is being connected with you.`);
		} catch (error) {
			forget();
			tellTrouble(error);
		} finally {
			busy.value = false;
			void again();
		}
	}
	const cannot = line.value !== "on" ? "Your phone is not connected" : inCall.value ? "You are in a call" : "";
	return (
		<li class="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 lg:px-5">
			<span
				class="num text-muted w-6 flex-none text-lg font-semibold"
				role="img"
				aria-label={`Position ${call.position}`}
			>
				{call.position}
			</span>
			<div class="min-w-0 flex-1 basis-32">
				<p class="truncate font-medium">
					<bdi>{name}</bdi>
				</p>
				<p class="text-muted text-xs">
					{call.name && <span class="phone">{call.fromFormatted} · </span>}
					{taken ? "is being connected" : "waits"}
				</p>
			</div>
			<span class={`num w-14 flex-none text-end ${late ? "text-warning-ink font-semibold" : ""}`}>
				<span class="sr-only">for </span>
				{length(waited)}
			</span>
			<span class="flex gap-1.5 max-sm:w-full">
				<button
					type="button"
					class="btn btn-success btn-sm"
					disabled={taken || busy.value || cannot !== ""}
					title={cannot || undefined}
					aria-label={`Answer ${name}`}
					onClick={answer}
				>
					<Phone size={15} aria-hidden /> Answer
				</button>
				<button
					type="button"
					class="btn btn-quiet btn-sm"
					disabled={taken}
					aria-label={`Transfer ${name}`}
					onClick={() => onAct("transfer")}
				>
					<PhoneForwarded size={15} aria-hidden /> Transfer
				</button>
				<button
					type="button"
					class="btn btn-ghost btn-sm btn-square hover:text-error"
					disabled={taken}
					title="Drop"
					aria-label={`Drop ${name}`}
					onClick={() => onAct("drop")}
				>
					<PhoneOff size={15} aria-hidden />
				</button>
			</span>
		</li>
	);
}

interface ActProps {
	queue: Queue;
	call: QueueCall;
	onClose: () => void;
}

function Drop({ queue, call, onClose }: ActProps) {
	return (
		<Confirm
			title={`Drop ${nameOf(call)}`}
			verb="Hang up on the caller"
			busyWord="Hanging up…"
			danger
			act={async () => {
				await said(api.queues[":id"].calls[":entryId"].$delete({ param: { id: queue.id, entryId: call.id } }));
				await again();
			}}
			onClose={onClose}
		>
			The call ends at once. The caller may call again and then waits at the end.
		</Confirm>
	);
}

function Send({ queue, call, onClose }: ActProps) {
	return (
		<Dialog title={`Transfer ${nameOf(call)}`} onClose={onClose}>
			<HandOn
				notQueue={queue.id}
				act={async (json) => {
					const param = { id: queue.id, entryId: call.id };
					await said(api.queues[":id"].calls[":entryId"].transfer.$post({ param, json }));
					await again();
				}}
				onDone={() => {
					tell(`${nameOf(call)} is sent on.`);
					onClose();
				}}
			/>
		</Dialog>
	);
}
