import { useSignal } from "@preact/signals";
import { ArrowLeft, Ban, CircleCheck, Phone, UserPlus } from "lucide-preact";
import { CopyButton } from "../../kit/CopyButton";
import { later } from "../../kit/later";
import { State } from "../../kit/State";
import { tellTrouble } from "../../lib/toasts";
import type { ConversationDetail } from "../../lib/wire";
import { moment } from "../../lib/words";
import { phone } from "../dock/lazy";
import { BlockButton } from "./BlockButton";
import { changeConversation } from "./deeds";
import { Labels } from "./Labels";
import { NoteField } from "./NoteField";
import { othersOnline } from "./Online";
import { open, place } from "./place";
import { useConversation, usePeople } from "./reads";
import { Whereabouts } from "./Whereabouts";
import { consentWord, peerWord } from "./words";

const AddContact = later(() => import("./AddContact").then((part) => part.AddContact));

/** Who the person is, what they have agreed to, and whose conversation it is. */
export function ContactPanel({ id, onBack }: { id: string; onBack: () => void }) {
	const { data } = useConversation(id);
	return data ? <Panel conversation={data} onBack={onBack} /> : null;
}

function Panel({ conversation, onBack }: { conversation: ConversationDetail; onBack: () => void }) {
	const { contact, peer, formatted } = conversation;
	const adding = useSignal(false);
	const name = peerWord(conversation);
	const isOwner = usePeople().me?.role === "owner";
	return (
		<div class="flex h-full flex-col gap-5 overflow-y-auto p-4">
			<div>
				<button type="button" class="btn btn-ghost btn-sm -ms-2 mb-2 xl:hidden" onClick={onBack}>
					<ArrowLeft size={16} aria-hidden /> Conversation
				</button>
				<h2 class="text-lg wrap-anywhere">
					<bdi>{name}</bdi>
				</h2>
				<p class="flex items-center">
					<span class="phone">{formatted}</span> <CopyButton text={peer} label="Copy the number" />
				</p>
				<Whereabouts conversation={conversation} />
				{contact?.email && <p class="text-muted text-sm wrap-anywhere">{contact.email}</p>}
				<div class="mt-3 flex flex-wrap gap-2">
					<button
						type="button"
						class="btn btn-success btn-sm"
						disabled={!conversation.consent.calls}
						onClick={() => void phone().then(({ dial }) => dial(peer))}
					>
						<Phone size={14} aria-hidden /> Call
					</button>
					{!isOwner ? null : contact ? (
						<a class="btn btn-quiet btn-sm" href={`/contacts?id=${encodeURIComponent(contact.id)}`}>
							In contacts
						</a>
					) : (
						<button type="button" class="btn btn-quiet btn-sm" onClick={() => (adding.value = true)}>
							<UserPlus size={14} aria-hidden /> Add to contacts
						</button>
					)}
				</div>
			</div>
			{contact?.notes && (
				<p class="bg-base-200 rounded-field px-3 py-2 text-sm whitespace-pre-wrap wrap-anywhere" dir="auto">
					{contact.notes}
				</p>
			)}
			<Assignee conversation={conversation} />
			<Labels conversation={conversation} />
			<Consent conversation={conversation} />
			<NoteField conversation={conversation} />
			<BlockButton conversation={conversation} />
			{adding.value && <AddContact phoneNumber={peer} formatted={formatted} onClose={() => (adding.value = false)} />}
		</div>
	);
}

/** Whose conversation it is. A sub-account can take it or let it go; only the owner knows the others. */
function Assignee({ conversation: { id, assignedTo } }: { conversation: ConversationDetail }) {
	const people = usePeople();
	const { me, members } = people;
	if (!me) return null;
	const online = othersOnline(people);
	const known = [
		{ id: me.userId, word: "You" },
		...(members ?? []).map((member) => ({ id: member.id, word: member.fullName ?? member.email })),
	];
	const other = assignedTo && !known.some((each) => each.id === assignedTo) ? assignedTo : null;
	return (
		<label class="block">
			<span class="mb-1 block text-sm font-medium">Looked after by</span>
			<select
				class="select"
				value={assignedTo ?? ""}
				onChange={({ currentTarget: { value } }) =>
					void changeConversation(id, { assignedTo: value || null }).catch(tellTrouble)
				}
			>
				<option value="">Nobody in particular</option>
				{known.map((each) => (
					<option key={each.id} value={each.id}>
						{each.word}
						{online.includes(each.id) ? " (online)" : ""}
					</option>
				))}
				{other && <option value={other}>{other === me.accountId ? "The account's owner" : "A colleague"}</option>}
			</select>
		</label>
	);
}

/** Whether they may be written to and called, and what proves it. */
function Consent({ conversation: { consent } }: { conversation: ConversationDetail }) {
	return (
		<section aria-labelledby="consent">
			<h3 id="consent" class="mb-1.5 text-sm font-medium">
				Consent
			</h3>
			<p class="flex flex-wrap gap-1.5">
				<Allowed word="Messages" yes={consent.messages} />
				<Allowed word="Calls" yes={consent.calls} />
			</p>
			{consent.history.length === 0 ? (
				<p class="text-muted mt-1.5 text-xs">Nothing was said against it. STOP, in any message, closes it at once.</p>
			) : (
				<ol class="mt-2 flex flex-col gap-1.5">
					{consent.history.slice(0, 6).map(({ action, scope, source, evidence, createdAt }) => (
						<li key={`${createdAt}${action}${scope}`} class="line border-s-2 ps-3 text-xs">
							<p>{consentWord({ action, source })}</p>
							<p class="text-muted">
								{moment(createdAt)}
								<Evidence evidence={evidence} />
							</p>
						</li>
					))}
				</ol>
			)}
		</section>
	);
}

/** What proves it, where it can be read or heard. */
function Evidence({ evidence }: { evidence: string }) {
	if (evidence.startsWith("msg_"))
		return (
			<button type="button" class="link ms-1" onClick={() => open({ id: place.peek().id, m: evidence })}>
				See the message
			</button>
		);
	if (evidence.startsWith("cal_"))
		return (
			<a class="link ms-1" href={`/calls?id=${encodeURIComponent(evidence)}`}>
				See the call
			</a>
		);
	return evidence ? <bdi class="wrap-anywhere"> · {evidence}</bdi> : null;
}

function Allowed({ word, yes }: { word: string; yes: boolean }) {
	return (
		<State
			tone={yes ? "good" : "bad"}
			icon={yes ? CircleCheck : Ban}
			word={yes ? `${word} allowed` : `No ${word.toLowerCase()}`}
		/>
	);
}
