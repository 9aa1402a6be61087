import { useSignal } from "@preact/signals";
import { KeyRound, Plus, Trash2 } from "lucide-preact";
import { Confirm } from "../../kit/Confirm";
import { later } from "../../kit/later";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import type { ApiKey } from "../../lib/wire";
import { ago, day } from "../../lib/words";
import { Section } from "./Section";

const ApiKeyDialog = later(() => import("./ApiKeyDialog").then((part) => part.ApiKeyDialog));

/** Keys with which programs act for the user. */
export function ApiKeys() {
	const keys = useRead({ key: ["api-keys"], read: () => said(api["api-keys"].$get()) });
	const making = useSignal(false);
	const revoking = useSignal<ApiKey | null>(null);
	return (
		<Section
			id="api-keys"
			title="API keys"
			lead="For programs that act for you. Each can do only what its scopes say."
			actions={
				<button
					type="button"
					class="btn btn-quiet btn-sm"
					onClick={() => {
						making.value = true;
					}}
				>
					<Plus size={15} aria-hidden /> New key
				</button>
			}
		>
			{keys.isPending && <TextSkeleton lines={2} label="Loading your keys" />}
			{keys.isError && <Trouble what="Your keys did not load." error={keys.error} again={keys.again} />}
			{keys.data?.length === 0 && <p class="text-muted text-sm">None yet. A key is shown once, when it is made.</p>}
			<ul class="flex flex-col gap-4">
				{keys.data?.map((key) => (
					<li key={key.id} class="flex items-center gap-4">
						<KeyRound size={18} class="text-muted flex-none" aria-hidden />
						<div class="min-w-0 flex-1">
							<p class="truncate font-medium">
								{key.name} <span class="text-muted font-mono text-xs font-normal">{key.hint}</span>
							</p>
							<p class="text-muted text-xs">
								{key.scopes.join(", ")} · {key.lastUsedAt ? `last used ${ago(key.lastUsedAt)}` : "never used"}
								{key.expiresAt && ` · until ${day(key.expiresAt)}`}
							</p>
						</div>
						<button
							type="button"
							class="btn btn-ghost btn-sm btn-square hover:text-error"
							title="Revoke"
							aria-label={`Revoke ${key.name}`}
							onClick={() => {
								revoking.value = key;
							}}
						>
							<Trash2 size={15} aria-hidden />
						</button>
					</li>
				))}
			</ul>
			{making.value && (
				<ApiKeyDialog
					onClose={() => {
						making.value = false;
					}}
				/>
			)}
			{revoking.value && (
				<Confirm
					title={`Revoke “${revoking.value.name}”?`}
					verb="Revoke key"
					busyWord="Revoking…"
					danger
					act={async () => {
						const { id, name } = revoking.value ?? { id: "", name: "" };
						await said(api["api-keys"][":id"].$delete({ param: { id } }));
						await changed("api-keys");
						tell(`“${name}” opens nothing any more.`);
					}}
					onClose={() => {
						revoking.value = null;
					}}
				>
					<p>Programs that use it are refused from now on. This cannot be undone; make a new key instead.</p>
				</Confirm>
			)}
		</Section>
	);
}
