import { useSignal } from "@preact/signals";
import { PhoneIncoming, PhoneMissed, PhoneOutgoing, UserRound } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { api, said } from "../../lib/api";
import { useLive } from "../../lib/live";
import { useRead } from "../../lib/use-read";
import type { Call, Contact } from "../../lib/wire";
import { ago } from "../../lib/words";

const MOST = 5;

interface Props {
	typed: string;
	onPick: (number: string) => void;
}

/** Whom one may mean: the latest calls, or contacts that fit what is typed. */
export function People({ typed, onPick }: Props) {
	const asked = useSignal("");
	useEffect(() => {
		const timer = setTimeout(() => {
			asked.value = typed.trim();
		}, 200);
		return () => clearTimeout(timer);
	}, [typed]);
	return (
		<div class="min-w-0 flex-1 basis-44">
			{asked.value.length > 1 && !/^care4w-/i.test(asked.value) ? (
				<Contacts text={asked.value} onPick={onPick} />
			) : (
				<Recent onPick={onPick} />
			)}
		</div>
	);
}

function Recent({ onPick }: { onPick: Props["onPick"] }) {
	const calls = useRead({
		key: ["calls", "recent"],
		read: () => said(api.calls.$get({ query: { limit: "20" } })),
	});
	useLive("call", () => calls.again());
	const seen = new Set<string>();
	const items = (calls.data?.items ?? [])
		.filter((call) => {
			const { dial } = endOf(call);
			return dial && !seen.has(dial) && seen.add(dial);
		})
		.slice(0, MOST);
	if (items.length === 0)
		return <p class="text-muted pt-1 text-xs">People you called, or who called you, stand here.</p>;
	return (
		<List title="Latest calls">
			{items.map((call) => {
				const { name, dial } = endOf(call);
				const Icon = call.missed ? PhoneMissed : call.direction === "inbound" ? PhoneIncoming : PhoneOutgoing;
				return <Person key={call.id} icon={Icon} name={name} more={ago(call.startedAt)} onPick={() => onPick(dial)} />;
			})}
		</List>
	);
}

function Contacts({ text, onPick }: { text: string; onPick: Props["onPick"] }) {
	const contacts = useRead({
		key: ["contacts", "dock", text],
		read: () => said(api.contacts.$get({ query: { limit: String(MOST), search: text } })),
		keepOld: true,
	});
	if (contacts.isPending) return <span class="skel mt-1 block w-40" />;
	const found = contacts.data?.items ?? [];
	if (found.length === 0) return <p class="text-muted pt-1 text-xs">No contact fits what is typed.</p>;
	return (
		<List title="Contacts">
			{found.map((contact) => (
				<Person
					key={contact.id}
					icon={UserRound}
					name={nameOf(contact) || contact.formatted}
					more={nameOf(contact) ? contact.formatted : ""}
					onPick={() => onPick(contact.phoneNumber)}
				/>
			))}
		</List>
	);
}

const nameOf = ({ firstName, lastName }: Contact) => [firstName, lastName].filter(Boolean).join(" ");

function endOf(call: Call): { name: string; dial: string } {
	const [number, formatted] =
		call.direction === "inbound" ? [call.from, call.fromFormatted] : [call.to, call.toFormatted];
	return { name: call.peerName || formatted || call.peerIdentity || "", dial: call.peerIdentity ?? number };
}

function List({ title, children }: { title: string; children: ComponentChildren }) {
	return (
		<section aria-label={title}>
			<p class="text-muted mb-1 text-xs font-semibold">{title}</p>
			<ul class="grid gap-0.5">{children}</ul>
		</section>
	);
}

interface PersonProps {
	icon: typeof UserRound;
	name: string;
	more: string;
	onPick: () => void;
}

/** Somebody to be picked. */
export function Person({ icon: Icon, name, more, onPick }: PersonProps) {
	return (
		<li>
			<button type="button" class="rail-link min-h-9 w-full py-1 text-start" onClick={onPick}>
				<Icon size={15} class="text-muted flex-none" aria-hidden />
				<span class="min-w-0 flex-1 truncate">{name}</span>
				<span class="num text-muted flex-none text-xs">{more}</span>
			</button>
		</li>
	);
}
