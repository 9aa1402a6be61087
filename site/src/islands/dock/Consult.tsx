import { useSignal } from "@preact/signals";
import { PhoneForwarded, Undo2 } from "lucide-preact";
import { useEffect, useRef } from "preact/hooks";
import { Action } from "../../kit/Action";
import { reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import { useSpelled } from "./spelled";
import type { Asked, Call } from "./state";

const way = ({ carrierCall }: Asked) => (carrierCall ? import("./carrier-asking") : import("./asking"));

/** Somebody who is asked while the other end of the call waits on hold, or the word on why they are not. */
export function Consult({ call, asked }: { call: Call; asked: Asked }) {
	const frame = useRef<HTMLElement>(null);
	const busy = useSignal(false);
	const trouble = useSignal("");
	const [who, waits] = [useSpelled(asked.peer), useSpelled(call.peer)];
	const isOver = asked.state === "over";
	// What had the focus goes when this comes, and when it goes itself.
	useEffect(() => {
		const at = document.activeElement;
		if (!at || at === document.body || at.closest(".dock-phone")) frame.current?.focus();
		return () => {
			if (frame.current?.contains(document.activeElement))
				document.querySelector<HTMLElement>(".dock-phone button")?.focus();
		};
	}, []);

	async function connect() {
		busy.value = true;
		trouble.value = "";
		try {
			await (await way(asked)).connectThem();
			tell(`${waits} goes on with ${who}.`);
		} catch (error) {
			trouble.value = error instanceof Error && error.name === "Error" ? error.message : reasonOf(error);
		} finally {
			busy.value = false;
		}
	}
	async function goBack() {
		trouble.value = "";
		try {
			await (await way(asked)).takeBack();
		} catch (error) {
			trouble.value = reasonOf(error);
		}
	}
	return (
		<section
			ref={frame}
			tabIndex={-1}
			class="border-base-300 flex flex-wrap items-center gap-x-3 gap-y-2 border-t pt-2"
			aria-label={`Asking ${who}`}
		>
			<p class="min-w-0" role="status" aria-live="polite">
				{isOver ? (
					`${who}: ${asked.word} You are back with ${waits}.`
				) : (
					<>
						{asked.state === "live" ? "Talking to" : "Ringing"} <strong class="font-semibold">{who}</strong>
						<span class="text-muted"> while {waits} waits on hold</span>
					</>
				)}
			</p>
			{!isOver && (
				<span class="ms-auto flex min-w-0 flex-wrap gap-2 max-sm:ms-0 max-sm:w-full">
					<Action
						look="btn-primary btn-sm"
						disabled={asked.state !== "live"}
						busy={busy.value}
						busyWord="Connecting…"
						onClick={connect}
					>
						<PhoneForwarded size={16} aria-hidden /> Connect
					</Action>
					<button key="back" type="button" class="btn btn-sm max-w-full min-w-0" onClick={goBack}>
						<Undo2 size={16} class="flex-none" aria-hidden /> <span class="truncate">Back to {waits}</span>
					</button>
				</span>
			)}
			{!isOver && trouble.value && (
				<p class="text-error w-full text-sm" role="alert">
					{trouble}
				</p>
			)}
		</section>
	);
}
