import { X } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

interface Props {
	title: string;
	onClose: () => void;
	children: ComponentChildren;
	wide?: boolean;
}

/** A modal dialog over the platform's own: focus stays inside, Escape closes, focus goes back to where it came from. */
export function Dialog({ title, onClose, children, wide = false }: Props) {
	const ref = useRef<HTMLDialogElement>(null);
	const id = useId();
	useEffect(() => {
		const before = document.activeElement;
		ref.current?.showModal();
		// The first thing to fill in; where there is none, the browser's choice is the way out.
		ref.current?.querySelector<HTMLElement>("form input, form textarea")?.focus();
		return () => {
			if (before instanceof HTMLElement && before.isConnected) before.focus();
		};
	}, []);
	return (
		<dialog ref={ref} class="modal max-sm:modal-bottom" aria-labelledby={id} onClose={onClose} onCancel={onClose}>
			<div class={`modal-box p-0 ${wide ? "max-w-2xl" : "max-w-md"}`}>
				<header class="line flex items-center justify-between gap-4 border-b py-3 ps-5 pe-3">
					<h2 id={id} class="text-lg">
						{title}
					</h2>
					<button
						type="button"
						class="btn btn-ghost btn-sm btn-square"
						aria-label="Close"
						onClick={() => ref.current?.close()}
					>
						<X size={18} aria-hidden />
					</button>
				</header>
				<div class="p-5">{children}</div>
			</div>
			<form method="dialog" class="modal-backdrop">
				<button type="submit" tabIndex={-1} aria-hidden="true">
					Close
				</button>
			</form>
		</dialog>
	);
}
