import { Confirm } from "../../kit/Confirm";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell } from "../../lib/toasts";
import type { Channel } from "../../lib/wire";

interface Props {
	channel: Channel;
	onGone: () => void;
	onClose: () => void;
}

/** Deletes a channel and gives its number back. */
export function DeleteChannel({ channel, onGone, onClose }: Props) {
	const shown = channel.formatted;
	async function remove() {
		await said(api.channels[":id"].$delete({ param: { id: channel.id }, query: {} }));
		await changed("channels", "numbers");
		tell(`${channel.name} is deleted and its number released.`);
		onGone();
	}
	return (
		<Confirm
			title="Delete this channel?"
			verb="Delete and release"
			busyWord="Deleting…"
			danger
			typed={{ text: shown, label: `Type ${shown} to delete it` }}
			act={remove}
			onClose={onClose}
		>
			<p>The channel and its number go together: the number returns to the carrier and somebody else can buy it.</p>
		</Confirm>
	);
}
