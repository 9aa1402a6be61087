import { type Signal, useSignal } from "@preact/signals";
import { AudioLines, ChevronDown, Phone } from "lucide-preact";
import { later } from "../../kit/later";
import { numbersQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import { DialForm } from "./DialForm";
import { phone } from "./lazy";
import { line, trouble, unreached } from "./state";

const SoundPanel = later(() => import("./SoundPanel").then((part) => part.SoundPanel));
const LINE_WORDS = { off: "Phone off", connecting: "Phone is connecting", on: "Ready for calls" };

/** Whom to call. Folded up it is one row that says whether this device can be called. */
export function DialPanel({ open }: { open: Signal<boolean> }) {
	const sound = useSignal(false);
	const word = LINE_WORDS[line.value];
	return (
		<div class="grid gap-2 py-2.5">
			<div class="flex flex-wrap items-center gap-x-3 gap-y-1">
				<button
					type="button"
					class="btn btn-quiet btn-sm"
					aria-expanded={open.value}
					onClick={() => {
						open.value = !open.value;
						trouble.value = unreached.value = "";
					}}
				>
					{open.value ? <ChevronDown size={16} aria-hidden /> : <Phone size={16} class="text-success" aria-hidden />}
					Call<span class="max-sm:sr-only"> somebody</span>
				</button>
				{open.value && (
					<button
						type="button"
						class="btn btn-ghost btn-sm"
						aria-expanded={sound.value}
						onClick={() => {
							sound.value = !sound.value;
						}}
					>
						<AudioLines size={16} aria-hidden /> Sound
					</button>
				)}
				<span class={`text-muted ${trouble.value ? "" : "max-sm:sr-only"}`} role="status">
					{trouble.value || word}
				</span>
				{unreached.value && <OverLine number={unreached.value} />}
			</div>
			{open.value && sound.value && <SoundPanel />}
			{open.value && !sound.value && <DialForm />}
		</div>
	);
}

/** Somebody without a browser here can be called over a line. */
function OverLine({ number }: { number: string }) {
	const numbers = useRead(numbersQuery);
	const own = numbers.data?.find(({ isActive, capabilities }) => isActive && capabilities.includes("Voice"));
	if (!own) return null;
	return (
		<button
			type="button"
			class="btn btn-success btn-sm"
			onClick={async () => (await phone()).dialOver(own.number, number, "browser")}
		>
			<Phone size={15} aria-hidden /> Call from <span class="phone">{own.formatted}</span>
		</button>
	);
}
