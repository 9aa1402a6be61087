import type { ComponentChildren, VNode } from "preact";
import { cloneElement } from "preact";
import { useId } from "preact/hooks";

interface Props {
	label: string;
	hint?: ComponentChildren;
	error?: string | undefined;
	optional?: boolean;
	class?: string;
	/** One control; it gets the id and the descriptions. */
	children: VNode<Record<string, unknown>>;
}

/** A label, its control, and what helps or is wrong with it, tied together for everybody. */
export function Field({ label, hint, error, optional, class: extra = "", children }: Props) {
	const id = useId();
	const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
	return (
		<div class={`min-w-0 ${extra}`}>
			<label for={id} class="mb-1 flex items-baseline justify-between gap-2 text-sm font-medium">
				{label}
				{optional && <span class="text-faint text-xs font-normal">optional</span>}
			</label>
			{cloneElement(children, {
				id,
				...(described ? { "aria-describedby": described } : {}),
				...(error ? { "aria-invalid": "true" } : {}),
			})}
			{error && (
				<p id={`${id}-error`} class="text-error mt-1 text-sm">
					{error}
				</p>
			)}
			{hint && (
				<p id={`${id}-hint`} class="text-faint mt-1 text-xs">
					{hint}
				</p>
			)}
		</div>
	);
}
