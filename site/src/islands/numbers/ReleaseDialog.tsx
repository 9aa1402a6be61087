import { Confirm } from "../../kit/Confirm";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell } from "../../lib/toasts";
import type { OwnedNumber } from "../../lib/wire";
import { money } from "../../lib/words";

/** Gives a number back to the carrier, after its owner has typed it: somebody else may have it a moment later. */
export function ReleaseDialog({ number, onClose }: { number: OwnedNumber; onClose: () => void }) {
	async function release() {
		const { status } = await said(api["phone-numbers"][":id"].$delete({ param: { id: number.id }, query: {} }));
		await changed("numbers", "channels", "wallet");
		tell(
			status === "releasing"
				? `${number.formatted} is being released. The carrier has not confirmed it yet.`
				: `${number.formatted} is released.`,
		);
	}
	return (
		<Confirm
			title="Release this number?"
			verb="Release number"
			busyWord="Releasing…"
			danger
			typed={{ text: number.formatted, label: `Type ${number.formatted} to release it` }}
			act={release}
			onClose={onClose}
		>
			<p>
				<strong class="phone text-base-content">{number.formatted}</strong> goes back to the carrier, and its channel
				with it. Calls and texts to it no longer reach you, somebody else can buy it, and it stops costing{" "}
				{money(number.monthlyPrice * 1_000_000)} a month. This cannot be undone.
			</p>
		</Confirm>
	);
}
