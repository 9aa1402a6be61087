import { useEffect, useRef } from "preact/hooks";

interface Props {
	/** What the button says for those who come by it. */
	word: string;
	busy: boolean;
	onSeen: () => Promise<void>;
}

/** The end of what is loaded: the rest comes when it scrolls into sight, or is asked for. */
export function Sentinel({ word, busy, onSeen }: Props) {
	const here = useRef<HTMLButtonElement>(null);
	const latest = useRef(onSeen);
	latest.current = onSeen;
	useEffect(() => {
		const button = here.current;
		if (!button || busy) return;
		const seen = new IntersectionObserver(
			([entry]) => {
				if (entry?.isIntersecting) void latest.current().catch(() => {}); // the button stays, and can be pressed
			},
			{ rootMargin: "200px" },
		);
		seen.observe(button);
		return () => seen.disconnect();
	}, [busy]);
	return (
		<div class="grid place-items-center p-3">
			<button
				ref={here}
				type="button"
				class="btn btn-ghost btn-sm"
				aria-busy={busy}
				disabled={busy}
				onClick={() => void onSeen().catch(() => {})}
			>
				{busy ? "Loading…" : word}
			</button>
		</div>
	);
}
