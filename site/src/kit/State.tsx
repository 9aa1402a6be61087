import type { LucideIcon } from "lucide-preact";

export type Tone = "good" | "bad" | "busy" | "warn" | "plain";

interface Props {
	tone: Tone;
	icon: LucideIcon;
	word: string;
}

/** A state as colour, icon and word together. */
export function State({ tone, icon: Icon, word }: Props) {
	return (
		<span class={`state ${tone === "plain" ? "" : `state-${tone}`}`}>
			<Icon size={13} strokeWidth={2.4} aria-hidden />
			{word}
		</span>
	);
}
