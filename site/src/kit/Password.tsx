import { useSignal } from "@preact/signals";
import { Eye, EyeOff } from "lucide-preact";
import type { InputHTMLAttributes } from "preact";

/** A password field that can be looked at, for those who type it on a phone. */
export function Password({ id, "aria-invalid": invalid, ...rest }: InputHTMLAttributes) {
	const seen = useSignal(false);
	const word = seen.value ? "Hide password" : "Show password";
	const Icon = seen.value ? EyeOff : Eye;
	return (
		<div class="input pe-1" aria-invalid={invalid}>
			<input {...rest} {...(id ? { id } : {})} aria-invalid={invalid} type={seen.value ? "text" : "password"} />
			<button
				type="button"
				class="btn btn-ghost btn-sm btn-square"
				aria-label={word}
				title={word}
				onClick={() => {
					seen.value = !seen.value;
				}}
			>
				<Icon size={16} aria-hidden />
			</button>
		</div>
	);
}
