import { useSignal } from "@preact/signals";
import { Check, Copy } from "lucide-preact";

/** Copies a text and says so for a moment. */
export function CopyButton({ text, label }: { text: string; label: string }) {
	const done = useSignal(false);
	async function copy() {
		await navigator.clipboard.writeText(text);
		done.value = true;
		setTimeout(() => {
			done.value = false;
		}, 2_000);
	}
	return (
		<button type="button" class="btn btn-ghost btn-sm btn-square" aria-label={label} title={label} onClick={copy}>
			{done.value ? <Check size={15} class="text-success" aria-hidden /> : <Copy size={15} aria-hidden />}
			<span class="sr-only" role="status">
				{done.value ? "Copied" : ""}
			</span>
		</button>
	);
}
