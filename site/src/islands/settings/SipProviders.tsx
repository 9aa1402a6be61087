import { CircleCheck, CircleSlash } from "lucide-preact";
import { later } from "../../kit/later";
import { RowTools } from "../../kit/RowTools";
import { State } from "../../kit/State";
import { api, OUTLIVES_PAGE, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { removeWithUndo } from "../../lib/changes";
import { sipProvidersQuery } from "../../lib/reads";
import { tellTrouble } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import type { SipProvider } from "../../lib/wire";
import { EditedList } from "./EditedList";

const SipDialog = later(() => import("./SipDialog").then((part) => part.SipDialog));

/** Telephone systems of one's own that calls may be handed to. */
export function SipProviders() {
	return (
		<EditedList<SipProvider>
			id="sip"
			title="SIP providers"
			lead="Telephone systems of your own: numbers can hand their calls to them, and campaigns can dial through them."
			word="SIP providers"
			one="a SIP provider"
			none="None yet. You need its host, and a user name and password if it asks for them."
			things={useRead(sipProvidersQuery)}
			line={(provider, edit) => <Provider key={provider.id} provider={provider} onEdit={edit} />}
			editor={(provider, close) => <SipDialog provider={provider} onClose={close} />}
		/>
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
