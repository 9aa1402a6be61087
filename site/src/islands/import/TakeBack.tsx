import { Confirm } from "../../kit/Confirm";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell } from "../../lib/toasts";
import type { Import } from "../../lib/wire";
import { moment } from "../../lib/words";

interface Props {
	imported: Import;
	onDone: (after: Import) => void;
	onClose: () => void;
}

/** Asks before a whole import is taken back. */
export function TakeBack({ imported, onDone, onClose }: Props) {
	return (
		<Confirm
			title="Take this whole import back?"
			verb="Take it back"
			busyWord="Taking back…"
			danger
			act={async () => {
				const param = { id: imported.contactListId, importId: imported.importId };
				onDone(await said(api["contact-lists"][":id"].imports[":importId"].undo.$post({ param, query: {} })));
				await changed("lists", "contacts", "imports");
				tell("The import is taken back.");
			}}
			onClose={onClose}
		>
			<p>
				Whom it added is forgotten, whom it changed is as before, and the list is without them. Whoever you have changed
				since, or stands on another list, stays. You can do this until{" "}
				{imported.undoUntil && moment(imported.undoUntil)}.
			</p>
		</Confirm>
	);
}
