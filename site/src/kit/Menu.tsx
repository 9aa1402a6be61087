import type { ComponentChildren } from "preact";
import { useId, useRef, useState } from "preact/hooks";

interface Props {
	/** What the button is for; also its tooltip when it shows an icon only. */
	label: string;
	face: ComponentChildren;
	look?: string;
	/** Buttons and links; pressing one closes the menu. */
	children: ComponentChildren;
	keys?: string;
}

const GAP_PX = 4;
const EDGE_PX = 8;

/** A button that opens a few choices, over the platform's popover: Escape and a click elsewhere close it. */
export function Menu({ label, face, look = "btn-ghost btn-sm btn-square", children, keys }: Props) {
	const id = useId();
	const button = useRef<HTMLButtonElement>(null);
	const panel = useRef<HTMLDivElement>(null);
	// What is in it is on the page only while it is open, so that nobody finds it by a search.
	const [isOpen, show] = useState(false);

	function place(event: Event) {
		const box = panel.current;
		if (!box || !("newState" in event) || event.newState !== "open") return;
		const from = button.current?.getBoundingClientRect();
		if (!from) return;
		const rtl = document.documentElement.dir === "rtl";
		const { offsetWidth: width, offsetHeight: height } = box;
		const below = from.bottom + GAP_PX;
		const fits = below + height < innerHeight - EDGE_PX;
		const wanted = rtl ? from.left : from.right - width;
		const left = Math.max(EDGE_PX, Math.min(innerWidth - width - EDGE_PX, wanted));
		box.style.left = `${left}px`;
		box.style.top = `${Math.max(EDGE_PX, fits ? below : from.top - height - GAP_PX)}px`;
		choices()[0]?.focus();
	}

	const choices = () => [
		...(panel.current?.querySelectorAll<HTMLElement>("button:not(:disabled), a, input, select") ?? []),
	];

	function steer(event: KeyboardEvent) {
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		const all = choices();
		const at = all.indexOf(document.activeElement as HTMLElement);
		if (!step || at < 0) return;
		event.preventDefault();
		all[(at + step + all.length) % all.length]?.focus();
	}

	return (
		<>
			<button
				ref={button}
				type="button"
				class={`btn ${look}`}
				popoverTarget={id}
				aria-label={label}
				title={label}
				{...(keys ? { "aria-keyshortcuts": keys } : {})}
			>
				{face}
			</button>
			{/* biome-ignore lint/a11y/noStaticElementInteractions: it only listens to the buttons inside */}
			<div
				ref={panel}
				id={id}
				popover="auto"
				class="menu-box"
				onBeforeToggle={(event: Event) => {
					if ("newState" in event) show(event.newState === "open");
				}}
				onToggle={place}
				onKeyDown={steer}
				onClick={({ target }) => {
					if (target instanceof Element && target.closest("button, a")) panel.current?.hidePopover();
				}}
			>
				{isOpen && children}
			</div>
		</>
	);
}
