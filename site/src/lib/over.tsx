import { type ComponentType, render } from "preact";

/** Shows a dialog in a place of its own, which goes when it closes; the same one is open only once. */
export function opener(Shown: ComponentType<{ onClose: () => void }>): () => void {
	let open = false;
	return () => {
		if (open) return;
		open = true;
		const place = document.body.appendChild(document.createElement("div"));
		const close = () => {
			render(null, place);
			place.remove();
			open = false;
		};
		render(<Shown onClose={close} />, place);
	};
}
