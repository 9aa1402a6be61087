import { useSignal } from "@preact/signals";
import { CircleCheck, CircleSlash, Plus } from "lucide-preact";
import { later } from "../../kit/later";
import { RowTools } from "../../kit/RowTools";
import { TextSkeleton } from "../../kit/Skeleton";
import { State } from "../../kit/State";
import { Trouble } from "../../kit/Trouble";
import { api, OUTLIVES_PAGE, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { removeWithUndo } from "../../lib/changes";
import { sipProvidersQuery } from "../../lib/reads";
import { tellTrouble } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import type { SipProvider } from "../../lib/wire";
import { Section } from "./Section";

const SipDialog = later(() => import("./SipDialog").then((part) => part.SipDialog));

/** Telephone systems of one's own that calls may be handed to. */
export function SipProviders() {
	const providers = useRead(sipProvidersQuery);
	const editing = useSignal<SipProvider | "new" | null>(null);
	return (
		<Section
			id="sip"
			title="SIP providers"
			lead="Telephone systems of your own: numbers can hand their calls to them, and campaigns can dial through them."
			actions={
				<button
					type="button"
					class="btn btn-quiet btn-sm"
					onClick={() => {
						editing.value = "new";
					}}
				>
					<Plus size={15} aria-hidden /> Add
				</button>
			}
		>
			{providers.isPending && <TextSkeleton lines={2} label="Loading SIP providers" />}
			{providers.isError && (
				<Trouble what="The SIP providers did not load." error={providers.error} again={providers.again} />
			)}
			{providers.data?.length === 0 && (
				<p class="text-muted text-sm">None yet. You need its host, and a user name and password if it asks for them.</p>
			)}
			<ul class="grid gap-3">
				{providers.data?.map((provider) => (
					<Provider
						key={provider.id}
						provider={provider}
						onEdit={() => {
							editing.value = provider;
						}}
					/>
				))}
			</ul>
			{editing.value && (
				<SipDialog
					provider={editing.value === "new" ? null : editing.value}
					onClose={() => {
						editing.value = null;
					}}
				/>
			)}
		</Section>
	);
}

function Provider({ provider, onEdit }: { provider: SipProvider; onEdit: () => void }) {
	const { id, name, host, port, username, active } = provider;
	const toggle = () =>
		said(api["sip-providers"][":id"].status.$patch({ param: { id }, json: { active: !active } }))
			.then(() => changed("sip-providers"))
			.catch(tellTrouble);
	const remove = () =>
		removeWithUndo<SipProvider>({
			key: "sip-providers",
			remove: () => said(api["sip-providers"][":id"].$delete({ param: { id }, query: {} }, OUTLIVES_PAGE)),
			text: `“${name}” is deleted.`,
			isIt: (one) => one.id === id,
		});
	return (
		<li class="flex flex-wrap items-center gap-x-4 gap-y-2">
			<div class="min-w-0 flex-1 basis-48">
				<p class="truncate font-medium">{name}</p>
				<p class="text-muted truncate text-sm">
					{username && `${username}@`}
					{host}:{port}
				</p>
			</div>
			<State tone={active ? "good" : "plain"} icon={active ? CircleCheck : CircleSlash} word={active ? "On" : "Off"} />
			<span class="flex">
				<button
					type="button"
					class="btn btn-ghost btn-sm"
					onClick={toggle}
					aria-label={`Switch ${name} ${active ? "off" : "on"}`}
				>
					{active ? "Switch off" : "Switch on"}
				</button>
				<RowTools name={name} onChange={onEdit} onDelete={remove} />
			</span>
		</li>
	);
}
