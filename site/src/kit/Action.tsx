import { LoaderCircle } from "lucide-preact";
import type { ButtonHTMLAttributes } from "preact";

type Props = ButtonHTMLAttributes & {
	busy?: boolean;
	/** What it says while it is at work. */
	busyWord?: string;
	look?: string;
};

/** A button that shows its work: disabled and turning until it is done. */
export function Action({ busy = false, busyWord, look = "btn-primary", children, class: extra, ...rest }: Props) {
	return (
		<button
			type="button"
			{...rest}
			class={`btn ${look} ${extra ?? ""}`}
			disabled={busy || !!rest.disabled}
			aria-busy={busy}
		>
			{busy && <LoaderCircle size={16} class="spin" aria-hidden />}
			{busy && busyWord ? busyWord : children}
		</button>
	);
}
