import { useSignal } from "@preact/signals";
import { tellTrouble } from "./toasts";

/** What one thing at a time of somebody's choices is under way, and how it is begun. What fails is told in a notice. */
export function useDoing<Deed extends string>() {
	const doing = useSignal<Deed | null>(null);
	async function go(deed: Deed, work: () => Promise<unknown>): Promise<void> {
		doing.value = deed;
		try {
			await work();
		} catch (error) {
			tellTrouble(error);
		} finally {
			doing.value = null;
		}
	}
	return { doing, go };
}
