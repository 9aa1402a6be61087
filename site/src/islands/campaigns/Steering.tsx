import { navigate } from "astro:transitions/client";
import { useSignal } from "@preact/signals";
import { Download, Pause, Pencil, Play, Trash2, X } from "lucide-preact";
import { Action } from "../../kit/Action";
import { Confirm } from "../../kit/Confirm";
import { api, said } from "../../lib/api";
import { changed, entryOf, set } from "../../lib/cache";
import { saveAs } from "../../lib/download";
import { tell, tellTrouble } from "../../lib/toasts";
import type { Campaign } from "../../lib/wire";
import { campaignKey } from "./CampaignDesk";

type Lever = "pause" | "resume" | "cancel";

const DONE: Record<Lever, string> = {
	pause: "Paused. No further call goes out; calls in the air may finish.",
	resume: "Calling goes on.",
	cancel: "Cancelled. Nobody else is called.",
};

async function pull(id: string, lever: Lever): Promise<void> {
	set(entryOf(campaignKey(id)), await said(api.campaigns[":id"][lever].$post({ param: { id } })));
	await changed("campaigns", "wallet");
	tell(DONE[lever]);
}

/** The levers that fit the campaign's state. */
export function Steering({ campaign }: { campaign: Campaign }) {
	const { id, status } = campaign;
	const busy = useSignal<Lever | "export" | null>(null);
	const asking = useSignal<"cancel" | "delete" | null>(null);

	async function go(what: Lever | "export", act: () => Promise<unknown>) {
		busy.value = what;
		try {
			await act();
		} catch (error) {
			tellTrouble(error);
		} finally {
			busy.value = null;
		}
	}
	const close = () => {
		asking.value = null;
	};

	return (
		<>
			{campaign.totalCalls > 0 && (
				<Action
					look="btn-quiet"
					busy={busy.value === "export"}
					busyWord="Preparing…"
					onClick={() => go("export", () => saveAs(`/api/campaigns/${id}/export.csv`, `${campaign.title}.csv`))}
				>
					<Download size={15} aria-hidden /> Export
				</Action>
			)}
			{status !== "completed" && status !== "cancelled" && (
				<a class="btn btn-quiet" href={`/campaigns/new?id=${id}`}>
					<Pencil size={15} aria-hidden /> Edit
				</a>
			)}
			{status === "running" && (
				<Action
					look="btn-quiet"
					busy={busy.value === "pause"}
					busyWord="Pausing…"
					onClick={() => go("pause", () => pull(id, "pause"))}
				>
					<Pause size={15} aria-hidden /> Pause
				</Action>
			)}
			{(status === "running" || status === "paused" || status === "scheduled") && (
				<Action
					look="btn-quiet"
					class="hover:text-error"
					onClick={() => {
						asking.value = "cancel";
					}}
				>
					<X size={15} aria-hidden /> Cancel campaign
				</Action>
			)}
			{status === "paused" && (
				<Action
					busy={busy.value === "resume"}
					busyWord="Resuming…"
					onClick={() => go("resume", () => pull(id, "resume"))}
				>
					<Play size={15} aria-hidden /> Resume
				</Action>
			)}
			{(status === "completed" || status === "cancelled" || status === "draft") && (
				<Action
					look="btn-quiet"
					class="hover:text-error"
					onClick={() => {
						asking.value = "delete";
					}}
				>
					<Trash2 size={15} aria-hidden /> Delete
				</Action>
			)}
			{asking.value === "cancel" && (
				<Confirm
					title="Cancel this campaign?"
					verb="Cancel campaign"
					busyWord="Cancelling…"
					danger
					act={() => pull(id, "cancel")}
					onClose={close}
				>
					<p>
						Nobody else is called, and a person who picks up a call that is ringing now hears nothing. What happened so
						far stays on the report. A cancelled campaign cannot be resumed; pause it if you may want to go on.
					</p>
				</Confirm>
			)}
			{asking.value === "delete" && (
				<Confirm
					title="Delete this campaign?"
					verb="Delete campaign"
					busyWord="Deleting…"
					danger
					act={async () => {
						await said(api.campaigns[":id"].$delete({ param: { id } }));
						await changed("campaigns");
						tell(`“${campaign.title}” is deleted.`);
						await navigate("/campaigns");
					}}
					onClose={close}
				>
					<p>
						{status === "draft"
							? "Nobody has been called. This cannot be undone."
							: "Its report and every result go with it. Export them first if you need them. This cannot be undone."}
					</p>
				</Confirm>
			)}
		</>
	);
}
