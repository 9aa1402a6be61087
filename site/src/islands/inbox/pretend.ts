import { useEffect } from "preact/hooks";
import { askIfDevelopment, isDevelopment } from "../../lib/development";

/** Whether there is a pretend phone to write from. */
export function usePretend(): boolean {
	useEffect(() => void askIfDevelopment(), []);
	return isDevelopment.value === true;
}
