import { useSignal } from "@preact/signals";
import { CircleCheck, LoaderCircle } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Action } from "../../kit/Action";
import { PhoneField } from "../../kit/PhoneField";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";

/** Wait until the typing rests, so that a number costs one question. */
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

	useEffect(() => {
		const asked = phone.value;
		verdict.value = null;
		trouble.value = "";
		if (!asked) return;
		const timer = setTimeout(async () => {
			verdict.value = "asking";
			try {
				const { data } = await said(api.users.phone.check.$post({ json: { phoneNumber: asked } }));
				if (phone.peek() !== asked) return;
				verdict.value = data.available ? "free" : null;
				trouble.value = data.available ? "" : data.message;
			} catch (error) {
				if (phone.peek() !== asked) return;
				verdict.value = null;
				trouble.value = reasonOf(error);
			}
		}, REST_MS);
		return () => clearTimeout(timer);
	}, [phone.value]);

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
