import { useSignal } from "@preact/signals";
import { CircleCheck, LoaderCircle } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Action } from "../../kit/Action";
import { PhoneField } from "../../kit/PhoneField";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";

/** A number is asked about when the field is left, or when the typing rests this long: one question per number. */
const REST_MS = 600;

interface Props {
	cancelWord: string;
	onCancel: () => void;
	onSaved: () => void;
	children?: ComponentChildren;
}

/** Asks for the personal number, says at once whether it is free, and saves it. */
export function PersonalNumberForm({ cancelWord, onCancel, onSaved, children }: Props) {
	const phone = useSignal<string | null>(null);
	const verdict = useSignal<"asking" | "free" | null>(null);
	const trouble = useSignal("");
	const busy = useSignal(false);

	const timer = useRef<ReturnType<typeof setTimeout>>();

	useEffect(() => {
		verdict.value = null;
		trouble.value = "";
		if (!phone.value) return;
		timer.current = setTimeout(ask, REST_MS);
		return () => clearTimeout(timer.current);
	}, [phone.value]);

	async function ask() {
		clearTimeout(timer.current);
		const asked = phone.peek();
		if (!asked || verdict.peek()) return;
		verdict.value = "asking";
		const answer = await said(api.users.phone.check.$post({ json: { phoneNumber: asked } })).catch((error) => error);
		if (phone.peek() !== asked) return;
		const isFree = "data" in answer && answer.data.available;
		verdict.value = isFree ? "free" : null;
		if (!isFree) trouble.value = "data" in answer ? answer.data.message : reasonOf(answer);
	}

	async function save(event: SubmitEvent) {
		event.preventDefault();
		if (!phone.value) {
			trouble.value = "Give a complete phone number.";
			return;
		}
		busy.value = true;
		try {
			await said(api.users.phone.$patch({ json: { phoneNumber: phone.value } }));
			await changed("settings");
			tell("Your personal number is saved.");
			onSaved();
		} catch (error) {
			trouble.value = reasonOf(error);
			busy.value = false;
		}
	}

	return (
		<form onSubmit={save} class="flex flex-col gap-4">
			{children}
			<PhoneField
				label="Personal number"
				error={trouble.value || undefined}
				onPhone={(e164) => {
					phone.value = e164;
				}}
				onBlur={ask}
			/>
			<p class="-mt-2 flex min-h-5 items-center gap-2 text-sm" role="status">
				{verdict.value === "asking" && (
					<>
						<LoaderCircle size={15} class="spin" aria-hidden /> Checking…
					</>
				)}
				{verdict.value === "free" && (
					<>
						<CircleCheck size={15} class="text-success" aria-hidden /> Phone number is available
					</>
				)}
			</p>
			<div class="flex justify-end gap-2">
				<button type="button" class="btn btn-quiet" onClick={onCancel}>
					{cancelWord}
				</button>
				<Action type="submit" busy={busy.value} busyWord="Saving…" disabled={verdict.value !== "free"}>
					Save number
				</Action>
			</div>
		</form>
	);
}
