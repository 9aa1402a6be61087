import { render } from "preact";
import { CommandMenu } from "../kit/CommandMenu";

let open = false;

/** Opens the command menu in a place of its own, which goes when it closes. */
export function openPalette(): void {
	if (open) return;
	open = true;
	const place = document.body.appendChild(document.createElement("div"));
	render(
		<CommandMenu
			onClose={() => {
				render(null, place);
				place.remove();
				open = false;
			}}
		/>,
		place,
	);
}
