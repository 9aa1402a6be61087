import { render } from "preact";
import { CommandMenu } from "../kit/CommandMenu";
import { askIfDevelopment } from "./development";

let open = false;

/** Opens the command menu in a place of its own, which goes when it closes. */
export function openPalette(): void {
	if (open) return;
	open = true;
	void askIfDevelopment();
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
