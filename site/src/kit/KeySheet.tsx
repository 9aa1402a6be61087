import { Fragment } from "preact";
import { PLACES } from "../lib/places";
import { Dialog } from "./Dialog";
import { KeySwitch } from "./KeySwitch";

type Keys = (readonly [keys: string, word: string])[];

const EVERYWHERE: Keys = [
	["Ctrl K", "Everything that can be done, by its name (⌘ K on a Mac)"],
	["?", "These keys"],
	["F6", "Between the page and the phone"],
];
const PAGES: Keys = PLACES.map(({ key, word }) => [`G ${key.toUpperCase()}`, word] as const);
const CALL: Keys = [
	["M", "Mute, or speak again"],
	["H", "Hold, or go on"],
	["X X", "Hang up"],
	["0–9 * #", "Tones, while the keypad is open"],
];
const INBOX: Keys = [
	["J", "Next conversation"],
	["K", "Conversation before"],
	["Enter", "Open the one in focus"],
	["E", "Done, or open again"],
	["R", "Reply"],
	["U", "Mark as unread"],
	["N", "New message"],
	["/", "Search"],
];
const LISTS: Keys = [
	["J", "Next call of the log, from a row in focus"],
	["K", "Call before"],
	["← →", "Five seconds back or on in a recording"],
];

/** Every key of the desk, and the switch for the single ones. */
export function KeySheet({ onClose }: { onClose: () => void }) {
	return (
		<Dialog title="Keyboard shortcuts" wide onClose={onClose}>
			<div class="grid gap-x-8 gap-y-5 sm:grid-cols-2">
				<Group title="On every page" keys={EVERYWHERE} />
				<Group title="In a call" keys={CALL} />
				<Group title="In the inbox" keys={INBOX} />
				<Group title="Calls and recordings" keys={LISTS} />
				<div class="sm:col-span-2">
					<Group title="To a page" keys={PAGES} look="sm:grid-cols-[5rem_1fr_5rem_1fr]" />
				</div>
			</div>
			<div class="line mt-5 border-t pt-4">
				<KeySwitch />
			</div>
		</Dialog>
	);
}

function Group({ title, keys, look = "" }: { title: string; keys: Keys; look?: string }) {
	return (
		<section>
			<h3 class="mb-2 text-sm">{title}</h3>
			<dl class={`grid grid-cols-[5rem_1fr] items-center gap-y-1.5 text-sm ${look}`}>
				{keys.map(([key, word]) => (
					<Fragment key={key}>
						<dt>
							<kbd class="kbd whitespace-nowrap">{key}</kbd>
						</dt>
						<dd>{word}</dd>
					</Fragment>
				))}
			</dl>
		</section>
	);
}
