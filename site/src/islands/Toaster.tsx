import { CircleCheck, Info, TriangleAlert, X } from "lucide-preact";
import { useEffect, useRef } from "preact/hooks";
import { dismiss, type Toast, toasts, UNDO_MS } from "../lib/toasts";

const ICONS = { good: CircleCheck, bad: TriangleAlert, plain: Info };
const INKS = { good: "text-success", bad: "text-error", plain: "text-info" };
const SHOWN_MS = 6_000;

/** Says what happened in a corner. Good news goes by itself, unless the pointer or the focus rests on it; errors stay. */
export function Toaster() {
	return (
		<div
			class="pointer-events-none fixed inset-x-3 bottom-[calc(var(--dock)+var(--tabs)+0.75rem)] z-50 flex flex-col items-end gap-2"
			aria-live="polite"
		>
			{toasts.value.map((toast) => (
				<Note key={toast.id} {...toast} />
			))}
		</div>
	);
}

function Note({ id, tone, text, undo }: Toast) {
	const timer = useRef<ReturnType<typeof setTimeout>>();
	const Icon = ICONS[tone];
	const wait = () => {
		if (tone !== "bad") timer.current = setTimeout(() => dismiss(id), undo ? UNDO_MS : SHOWN_MS);
	};
	const hold = () => clearTimeout(timer.current);
	useEffect(() => {
		wait();
		return hold;
	}, []);
	return (
		<div
			class="card rise pointer-events-auto flex w-full max-w-sm items-start gap-3 py-2.5 ps-4 pe-2 text-sm shadow-xl"
			role={tone === "bad" ? "alert" : undefined}
			onPointerEnter={hold}
			onPointerLeave={wait}
			onFocusIn={hold}
			onFocusOut={wait}
		>
			<Icon size={17} class={`mt-1 flex-none ${INKS[tone]}`} aria-hidden />
			<p class="min-w-0 flex-1 self-center py-0.5 break-words">{text}</p>
			{undo && (
				<button type="button" class="btn btn-quiet btn-sm" onClick={undo}>
					Undo
				</button>
			)}
			<button type="button" class="btn btn-ghost btn-sm btn-square" aria-label="Dismiss" onClick={() => dismiss(id)}>
				<X size={15} aria-hidden />
			</button>
		</div>
	);
}
