import { useSignal } from "@preact/signals";
import { Refusal, reasonOf } from "./refusal";

/** How a form that saves stands: at work, wrong in some fields, or in trouble as a whole. */
export function useSaving() {
	const busy = useSignal(false);
	/** What is wrong, by the field's name. */
	const wrong = useSignal<Record<string, string>>({});
	const trouble = useSignal("");

	/** Does what was asked for; false when it failed, which then stands at the fields that are wrong or over the buttons. */
	async function saving(work: () => Promise<void>): Promise<boolean> {
		busy.value = true;
		trouble.value = "";
		wrong.value = {};
		try {
			await work();
			return true;
		} catch (error) {
			wrong.value = error instanceof Refusal ? error.fields : {};
			if (Object.keys(wrong.value).length === 0) trouble.value = reasonOf(error);
			return false;
		} finally {
			busy.value = false;
		}
	}
	return { busy, wrong, trouble, saving };
}
