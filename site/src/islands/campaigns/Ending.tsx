import { navigate } from "astro:transitions/client";
import { Confirm } from "../../kit/Confirm";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell } from "../../lib/toasts";
import type { Campaign } from "../../lib/wire";
import { pull } from "./levers";

interface Props {
	campaign: Campaign;
	how: "cancel" | "delete";
	onClose: () => void;
}

/** Asks before a campaign is ended, or removed with all that came of it. */
export function Ending({ campaign: { id, status, title }, how, onClose }: Props) {
	if (how === "cancel")
		return (
			<Confirm
				title="Cancel this campaign?"
				verb="Cancel campaign"
				busyWord="Cancelling…"
				danger
				act={() => pull(id, "cancel")}
				onClose={onClose}
			>
				<p>
					Nobody else is called, and a person who picks up a call that is ringing now hears nothing. What happened so
					far stays on the report. A cancelled campaign cannot be resumed; pause it if you may want to go on.
				</p>
			</Confirm>
		);
	return (
		<Confirm
			title="Delete this campaign?"
			verb="Delete campaign"
			busyWord="Deleting…"
			danger
			act={async () => {
				await said(api.campaigns[":id"].$delete({ param: { id } }));
				await changed("campaigns");
				tell(`“${title}” is deleted.`);
				await navigate("/campaigns");
			}}
			onClose={onClose}
		>
			<p>
				{status === "draft"
					? "Nobody has been called. This cannot be undone."
					: "Its report and every result go with it. Export them first if you need them. This cannot be undone."}
			</p>
		</Confirm>
	);
}
