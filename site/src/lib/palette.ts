import { CommandMenu } from "../kit/CommandMenu";
import { askIfDevelopment } from "./development";
import { opener } from "./over";

const open = opener(CommandMenu);

/** Opens the command menu. */
export function openPalette(): void {
	void askIfDevelopment();
	open();
}
