import { useSignal } from "@preact/signals";
import { Dialog } from "../../kit/Dialog";
import { keysAreOn, switchKeys } from "./keys";

const KEYS: [key: string, word: string][] = [
	["J", "Next conversation"],
	["K", "Conversation before"],
	["Enter", "Open the one in focus"],
	["E", "Done, or open again"],
	["R", "Reply"],
	["U", "Mark as unread"],
	["N", "New message"],
	["/", "Search"],
	["?", "These keys"],
];

/** The keys of the inbox, and the switch for them. */
export function KeySheet({ onClose }: { onClose: () => void }) {
	const on = useSignal(keysAreOn());
	return (
		<Dialog title="Keys in the inbox" onClose={onClose}>
			<dl class="grid grid-cols-[7rem_1fr] items-center gap-y-2 text-sm">
				{KEYS.map(([key, word]) => (
					<>
						<dt key={key}>
							<kbd class="kbd">{key}</kbd>
						</dt>
						<dd>{word}</dd>
					</>
				))}
			</dl>
			<label class="line mt-4 flex items-center gap-2.5 border-t pt-4 text-sm">
				<input
					type="checkbox"
					class="checkbox"
					checked={on}
					onChange={({ currentTarget: { checked } }) => {
						on.value = checked;
						switchKeys(checked);
					}}
				/>
				Single keys work while no field has the focus
			</label>
		</Dialog>
	);
}
