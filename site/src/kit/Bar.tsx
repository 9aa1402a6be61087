import { useLayoutEffect, useRef } from "preact/hooks";

interface Props {
	/** 0 to 100. */
	value: number;
	label: string;
	tone?: string;
	slim?: boolean;
}

/** A bar that fills from the start. Its width is set from script, because the page's policy allows no inline style. */
export function Bar({ value, label, tone = "bg-primary", slim = false }: Props) {
	const fill = useRef<HTMLSpanElement>(null);
	useLayoutEffect(() => {
		if (fill.current) fill.current.style.transform = `scaleX(${Math.max(0, Math.min(100, value)) / 100})`;
	}, [value]);
	return (
		<div
			class={`bg-base-300 w-full overflow-hidden rounded-full ${slim ? "h-1.5" : "h-2.5"}`}
			role="progressbar"
			aria-label={label}
			aria-valuemin={0}
			aria-valuemax={100}
			aria-valuenow={Math.round(value)}
		>
			<span ref={fill} class={`block h-full origin-left transition-transform duration-700 rtl:origin-right ${tone}`} />
		</div>
	);
}
