import { AlarmClock, ArrowLeft, Check, EllipsisVertical, PanelRight, Phone, RotateCcw } from "lucide-preact";
import { Menu } from "../../kit/Menu";
import { tellTrouble } from "../../lib/toasts";
import type { ConversationDetail, OwnedNumber } from "../../lib/wire";
import { moment } from "../../lib/words";
import { phone } from "../dock/lazy";
import { Avatar } from "./ConversationLine";
import { changeConversation, settle, snoozes } from "./deeds";
import { Online } from "./Online";
import { open } from "./place";
import type { usePeople } from "./reads";
import { leftUnread } from "./unread";
import { peerWord } from "./words";

interface Props {
	conversation: ConversationDetail;
	own: OwnedNumber | undefined;
	people: ReturnType<typeof usePeople>;
	panelOpen: boolean;
	onPanel: () => void;
}

/** Who it is, over which number, and what to do with the conversation. */
export function ThreadHead({ conversation, own, people, panelOpen, onPanel }: Props) {
	const { id, status, peer, peerName, formatted } = conversation;
	const name = peerWord(conversation);
	const isOpen = status === "open";
	const over = own?.label || own?.formatted || conversation.number;
	function set(change: Parameters<typeof settle>[2]) {
		void settle(conversation, name, change);
		// Where only one part fits, the list is the next thing to see.
		if (change.status !== "open" && !matchMedia("(min-width: 62rem)").matches) open({});
	}
	return (
		<header class="line flex h-14 flex-none items-center gap-2 border-b px-3">
			<button
				type="button"
				class="btn btn-ghost btn-sm btn-square lg:hidden"
				aria-label="Back to the inbox"
				onClick={() => open({})}
			>
				<ArrowLeft size={18} aria-hidden />
			</button>
			<span class="max-sm:hidden">
				<Avatar conversation={conversation} />
			</span>
			<div class="min-w-0 flex-1">
				<h2 class="truncate text-base leading-tight">
					<bdi>{name}</bdi>
				</h2>
				<p class="text-muted flex text-xs">
					<span class="truncate">
						{status === "snoozed" && conversation.snoozedUntil ? (
							`Sleeps until ${moment(conversation.snoozedUntil)}`
						) : (
							<>
								{peerName && <span class="phone xl:hidden">{formatted} · </span>}
								to {over}
							</>
						)}
					</span>
					<Online people={people} seenBy={conversation.seenBy} />
				</p>
			</div>
			<button
				type="button"
				class="btn btn-success btn-sm "
				disabled={!conversation.consent.calls}
				title={`Call ${name}`}
				aria-label={`Call ${name}`}
				onClick={() => void phone().then(({ dial }) => dial(peer))}
			>
				<Phone size={15} aria-hidden />
				<span class="max-sm:hidden">Call</span>
			</button>
			<button
				type="button"
				class="btn btn-quiet btn-sm "
				title={isOpen ? "Done (E)" : "Open again (E)"}
				aria-label={isOpen ? "Done" : "Open again"}
				aria-keyshortcuts="e"
				onClick={() => set({ status: isOpen ? "done" : "open" })}
			>
				{isOpen ? <Check size={16} aria-hidden /> : <RotateCcw size={15} aria-hidden />}
				<span class="max-sm:hidden">{isOpen ? "Done" : "Open again"}</span>
			</button>
			<Menu label="Snooze" face={<AlarmClock size={16} aria-hidden />}>
				{snoozes().map(({ word, until }) => (
					<button
						key={word}
						type="button"
						class="rail-link w-full justify-between text-start"
						onClick={() => set({ status: "snoozed", snoozedUntil: until.toISOString() })}
					>
						{word} <span class="text-faint text-xs">{moment(until.toISOString())}</span>
					</button>
				))}
			</Menu>
			<Menu label="More" face={<EllipsisVertical size={16} aria-hidden />}>
				{status !== "archived" && (
					<button type="button" class="rail-link w-full" onClick={() => set({ status: "archived" })}>
						Archive
					</button>
				)}
				<button
					type="button"
					class="rail-link w-full justify-between"
					aria-keyshortcuts="u"
					onClick={() => {
						leftUnread.value = id;
						void changeConversation(id, { unread: true }).catch(tellTrouble);
					}}
				>
					Mark as unread <kbd class="kbd">U</kbd>
				</button>
				<button
					type="button"
					class="rail-link w-full justify-between"
					onClick={() => void import("../../lib/key-sheet").then(({ openKeySheet }) => openKeySheet())}
				>
					Keys <kbd class="kbd">?</kbd>
				</button>
			</Menu>
			<button
				type="button"
				class="btn btn-ghost btn-sm btn-square xl:hidden"
				aria-label="Details"
				title="Details"
				aria-expanded={panelOpen}
				onClick={onPanel}
			>
				<PanelRight size={16} aria-hidden />
			</button>
		</header>
	);
}
