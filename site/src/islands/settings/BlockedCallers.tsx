import { useSignal } from "@preact/signals";
import { Ban } from "lucide-preact";
import { Action } from "../../kit/Action";
import { Field } from "../../kit/Field";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { reasonOf } from "../../lib/refusal";
import { tell, tellTrouble } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import { day } from "../../lib/words";
import { Section } from "./Section";

/** Call identities that may not ring this person. Blocked telephone numbers stand with each line. */
export function BlockedCallers() {
	const blocked = useRead({ key: ["blocked-callers"], read: () => said(api["blocked-callers"].$get()) });
	const busy = useSignal(false);
	const trouble = useSignal("");
	async function block(event: SubmitEvent) {
		event.preventDefault();
		const form = event.currentTarget as HTMLFormElement;
		const identity = String(new FormData(form).get("identity") ?? "").trim();
		busy.value = true;
		trouble.value = "";
		try {
			await said(api["blocked-callers"].$post({ json: { identity } }));
			await changed("blocked-callers");
			form.reset();
			tell(`${identity} does not ring here any more.`);
		} catch (error) {
			trouble.value = reasonOf(error);
		} finally {
			busy.value = false;
		}
	}
	const free = (id: string) =>
		said(api["blocked-callers"][":id"].$delete({ param: { id } }))
			.then(() => changed("blocked-callers"))
			.catch(tellTrouble);
	return (
		<Section
			id="blocked"
			title="Blocked callers"
			lead="People who may not call your browser. Telephone numbers are blocked with each of your numbers, under “Incoming calls”."
		>
			{blocked.isPending && <TextSkeleton lines={1} label="Loading blocked callers" />}
			{blocked.isError && (
				<Trouble what="The blocked callers did not load." error={blocked.error} again={blocked.again} />
			)}
			{blocked.data?.length === 0 && <p class="text-muted text-sm">Nobody is blocked.</p>}
			<ul class="grid gap-2">
				{blocked.data?.map(({ identity, blockedAt }) => (
					<li key={identity} class="flex items-center gap-4">
						<code class="min-w-0 flex-1 truncate">{identity}</code>
						<span class="text-muted text-sm">since {day(blockedAt)}</span>
						<button
							type="button"
							class="btn btn-ghost btn-sm"
							aria-label={`Let ${identity} ring again`}
							onClick={() => free(identity)}
						>
							Unblock
						</button>
					</li>
				))}
			</ul>
			<form class="mt-4 flex flex-wrap items-end gap-2" onSubmit={block}>
				<Field label="Call identity" class="flex-1 basis-48" error={trouble.value || undefined}>
					<input
						class="input"
						name="identity"
						required
						maxLength={20}
						autocomplete="off"
						placeholder="care4w-ABC1234"
					/>
				</Field>
				<Action type="submit" look="btn-quiet" busy={busy.value} busyWord="Blocking…">
					<Ban size={15} aria-hidden /> Block
				</Action>
			</form>
		</Section>
	);
}
