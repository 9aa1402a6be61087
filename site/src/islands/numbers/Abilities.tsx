import { MessageSquare, Phone } from "lucide-preact";

/** What a number can do, as signs with words. */
export function Abilities({ capabilities }: { capabilities: readonly string[] }) {
	return (
		<span class="text-muted flex flex-wrap gap-x-3 gap-y-1 text-xs">
			{capabilities.map((word) => (
				<span key={word} class="inline-flex items-center gap-1">
					{word === "Voice" ? <Phone size={13} aria-hidden /> : <MessageSquare size={13} aria-hidden />}
					{word}
				</span>
			))}
		</span>
	);
}
