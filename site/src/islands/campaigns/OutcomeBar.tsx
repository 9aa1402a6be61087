import { useLayoutEffect, useRef } from "preact/hooks";

const FILLS: Record<string, string> = {
	good: "bg-success",
	bad: "bg-error",
	warn: "bg-warning",
	busy: "bg-primary",
	plain: "bg-base-content/35",
};

/** A bar beside a number that says the same; only for the eye. */
export function OutcomeBar({ part, tone }: { part: number; tone: string }) {
	const fill = useRef<HTMLSpanElement>(null);
	useLayoutEffect(() => {
		if (fill.current) fill.current.style.transform = `scaleX(${part})`;
	}, [part]);
	return (
		<dd class="bg-base-300 col-span-2 h-1 overflow-hidden rounded-full" aria-hidden="true">
			<span
				ref={fill}
				class={`block h-full origin-left transition-transform duration-700 rtl:origin-right ${FILLS[tone] ?? "bg-base-content/35"}`}
			/>
		</dd>
	);
}
