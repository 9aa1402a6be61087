import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { Field } from "../../kit/Field";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import { Section } from "./Section";

const LONGEST = 320;

/** What somebody gets back who writes HELP to one of the account's numbers. */
export function HelpText() {
	const settings = useRead({
		key: ["message-settings"],
		read: () => said(api["message-settings"].$get({ query: {} })),
	});
	return (
		<Section
			id="help-text"
			title="Answer to HELP"
			lead="Whoever writes HELP or INFO to one of your numbers gets this back."
		>
			{settings.isPending && <TextSkeleton lines={3} label="Loading the answer" />}
			{settings.isError && <Trouble what="The answer did not load." error={settings.error} again={settings.again} />}
			{settings.data && <Form key={settings.data.effectiveHelpText} {...settings.data} />}
		</Section>
	);
}

function Form({ helpText, effectiveHelpText }: { helpText: string | null; effectiveHelpText: string }) {
	const text = useSignal(helpText ?? effectiveHelpText);
	const busy = useSignal(false);
	const trouble = useSignal("");

	async function save(next: string | null) {
		busy.value = true;
		trouble.value = "";
		try {
			const now = await said(api["message-settings"].$patch({ json: { helpText: next } }));
			text.value = now.effectiveHelpText;
			tell(now.effectiveHelpText ? "HELP is answered with this." : "HELP is not answered from here.");
			await changed("message-settings");
		} catch (error) {
			trouble.value = reasonOf(error);
		} finally {
			busy.value = false;
		}
	}

	return (
		<form
			class="flex flex-col gap-4"
			onSubmit={(event) => {
				event.preventDefault();
				void save(text.value.trim());
			}}
		>
			<Field
				label="Text"
				error={trouble.value || undefined}
				hint="Say who you are and how you are reached. Left empty, HELP is not answered from here, which most carriers do not allow."
			>
				<textarea
					class="textarea"
					rows={3}
					dir="auto"
					maxLength={LONGEST}
					value={text}
					onInput={(event) => {
						text.value = event.currentTarget.value;
					}}
				/>
			</Field>
			<div class="flex flex-wrap gap-2">
				<Action type="submit" busy={busy.value}>
					Save answer
				</Action>
				{helpText !== null && (
					<button type="button" class="btn btn-quiet" disabled={busy.value} onClick={() => void save(null)}>
						Use the usual words
					</button>
				)}
			</div>
		</form>
	);
}
