import { useSignal } from "@preact/signals";
import { MessageCircleQuestionMark, PhoneForwarded } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { Action } from "../../kit/Action";
import { reasonOf } from "../../lib/refusal";

interface Props {
	/** Does it: at once, or by asking first. What it throws is shown. */
	go: (asks: boolean) => Promise<unknown>;
	/** Whoever is chosen can be asked first. */
	canAsk: boolean;
	/** The call cannot be handed on before. */
	askOnly?: boolean;
	/** What becomes of the call, in a sentence or two. */
	hint?: string | undefined;
	/** Whom one may mean, beside the fields. */
	beside?: ComponentChildren;
	children: ComponentChildren;
}

/** What handing a call on looks like wherever it is done: whom to, what went wrong, and the two ways of doing it. */
export function HandingForm({ go, canAsk, askOnly = false, hint, beside, children }: Props) {
	const busy = useSignal<"on" | "ask" | null>(null);
	const trouble = useSignal("");

	async function submit(event: SubmitEvent) {
		event.preventDefault();
		const asks = canAsk && (askOnly || event.submitter?.dataset.first !== undefined);
		busy.value = asks ? "ask" : "on";
		trouble.value = "";
		try {
			await go(asks);
		} catch (error) {
			trouble.value = error instanceof Error && error.name === "Error" ? error.message : reasonOf(error);
		} finally {
			busy.value = null;
		}
	}
	return (
		<form
			class="flex flex-wrap items-start gap-x-5 gap-y-3 pb-2"
			onInput={() => {
				trouble.value = "";
			}}
			onSubmit={submit}
		>
			<div class="grid w-full min-w-0 gap-2 sm:max-w-lg">
				{children}
				{hint && <p class="text-muted text-xs">{hint}</p>}
				{trouble.value && (
					<p class="text-error text-sm" role="alert">
						{trouble}
					</p>
				)}
				<span class="flex flex-wrap gap-2">
					{!askOnly && (
						<Action
							type="submit"
							look="btn-primary"
							disabled={busy.value === "ask"}
							busy={busy.value === "on"}
							busyWord="Handing on…"
						>
							<PhoneForwarded size={16} aria-hidden /> Hand on
						</Action>
					)}
					{canAsk && (
						<Action
							type="submit"
							look={askOnly ? "btn-primary" : "btn-outline"}
							data-first
							disabled={busy.value === "on"}
							busy={busy.value === "ask"}
							busyWord="Asking…"
							title="Speak with them while the call waits, then connect the two"
						>
							<MessageCircleQuestionMark size={16} aria-hidden /> Ask first
						</Action>
					)}
				</span>
			</div>
			{beside}
		</form>
	);
}
