import { type Signal, useSignal } from "@preact/signals";
import { ChevronDown, Phone } from "lucide-preact";
import { KeyPad } from "./KeyPad";
import { phone } from "./lazy";
import { type Key, keyTone } from "./sounds";
import { line, trouble } from "./state";

const LINE_WORDS = { off: "Phone off", connecting: "Phone is connecting", on: "Ready for calls" };

/** Whom to call. Folded up it is one row that says whether this device can be called. */
export function DialPanel({ open }: { open: Signal<boolean> }) {
	const input = useSignal("");
	const submit = async (event: Event) => {
		event.preventDefault();
		if (input.value.trim()) await (await phone()).dial(input.value.trim());
	};
	const press = (key: Key) => {
		keyTone(key);
		input.value += key;
	};
	return (
		<div class="grid gap-2 py-2.5">
			<div class="flex items-center gap-3">
				<button
					type="button"
					class="btn btn-quiet btn-sm"
					aria-expanded={open.value}
					onClick={() => {
						open.value = !open.value;
						trouble.value = "";
					}}
				>
					{open.value ? <ChevronDown size={16} aria-hidden /> : <Phone size={16} class="text-success" aria-hidden />}
					Call<span class="max-sm:sr-only"> somebody</span>
				</button>
				<span class={`text-muted ${trouble.value ? "" : "max-sm:sr-only"}`} role="status">
					{trouble.value || LINE_WORDS[line.value]}
				</span>
			</div>
			{open.value && (
				<form class="flex flex-wrap items-start gap-x-6 gap-y-3 pb-2" onSubmit={submit}>
					<div class="flex w-full min-w-0 items-end gap-2 sm:max-w-md">
						<label class="grid min-w-0 flex-1 gap-1">
							<span>Phone number or call identity</span>
							<input
								class="input phone"
								name="callee"
								inputMode="tel"
								autocomplete="off"
								maxLength={40}
								placeholder="+1 415 555 2671"
								value={input}
								onInput={(event) => {
									input.value = event.currentTarget.value;
								}}
							/>
						</label>
						<button key="call" type="submit" class="btn btn-success" disabled={line.value !== "on"}>
							<Phone size={16} aria-hidden /> Call
						</button>
					</div>
					<KeyPad onKey={press} />
				</form>
			)}
		</div>
	);
}
