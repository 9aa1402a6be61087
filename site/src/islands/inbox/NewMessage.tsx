import { useSignal } from "@preact/signals";
import { ArrowLeft } from "lucide-preact";
import { Empty } from "../../kit/Empty";
import { Field } from "../../kit/Field";
import { PhoneField } from "../../kit/PhoneField";
import { channelsQuery, numbersQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import type { Channel, OwnedNumber, Profile } from "../../lib/wire";
import { Composer } from "./Composer";
import { draftOf } from "./drafts";
import { FindContact, type Reader } from "./FindContact";
import { LeavingTouch } from "./MessageTouch";
import { NEW, outbox } from "./outbox";
import { open, place } from "./place";
import { usePeople } from "./reads";

interface Sender {
	/** As the API wants it. */
	from: string;
	number: string;
	word: string;
	canAttach: boolean;
}

/** What the reader may write from: texting numbers that are theirs, and WhatsApp channels. */
function sendersIn(numbers: readonly OwnedNumber[], channels: readonly Channel[], me: Profile | undefined): Sender[] {
	const mine = numbers.filter(({ isActive, assignedTo }) => isActive && (me?.role === "member" || assignedTo === null));
	const whatsapp = channels.filter(
		({ type, phoneNumber }) => type === "whatsapp" && mine.some(({ number }) => number === phoneNumber),
	);
	const texting = mine.filter(
		({ number, capabilities }) =>
			capabilities.includes("SMS") && !channels.some((each) => each.type === "whatsapp" && each.phoneNumber === number),
	);
	const named = (label: string | null, formatted: string) => (label ? `${label}, ${formatted}` : formatted);
	return [
		...texting.map(({ number, label, formatted, capabilities }) => ({
			from: number,
			number,
			word: named(label, formatted),
			canAttach: capabilities.includes("MMS"),
		})),
		...whatsapp.map(({ phoneNumber, name, formatted }) => ({
			from: `whatsapp:${phoneNumber}`,
			number: phoneNumber,
			word: `WhatsApp: ${named(name, formatted)}`,
			canAttach: true,
		})),
	];
}

/** The first message to somebody. */
export function NewMessage() {
	const numbers = useRead(numbersQuery);
	const channels = useRead(channelsQuery);
	const { me } = usePeople();
	const { write, to: given } = place.value;
	const to = useSignal<string | null>(given && /^\+[1-9]\d{6,14}$/.test(given) ? given : null);
	const reader = useSignal<Reader | null>(null);
	const picked = useSignal("");
	const text = useSignal(draftOf(NEW));
	const senders = sendersIn(numbers.data ?? [], channels.data ?? [], me);
	const sender =
		senders.find(({ from }) => from === picked.value) ?? senders.find(({ number }) => number === write) ?? senders[0];
	const refused = outbox.value.filter(({ thread, state }) => thread === NEW && state !== "left");

	return (
		<div class="flex h-full flex-col">
			<header class="line flex h-14 flex-none items-center gap-2 border-b px-3">
				<button
					type="button"
					class="btn btn-ghost btn-sm btn-square lg:hidden"
					aria-label="Back to the inbox"
					onClick={() => open({})}
				>
					<ArrowLeft size={18} aria-hidden />
				</button>
				<h2 class="px-1 text-lg">New message</h2>
			</header>
			{numbers.data && channels.data && senders.length === 0 ? (
				<Empty
					icon={ArrowLeft}
					title="No number that can text"
					actions={
						<a class="btn btn-primary" href="/phone-config">
							Generate phone number
						</a>
					}
				>
					To write to people you need a number or channel that sends messages, and that is yours to use.
				</Empty>
			) : (
				<>
					<div class="mx-auto flex min-h-0 w-full max-w-3xl flex-1 flex-col gap-4 overflow-y-auto p-4">
						{given && to.value === given ? (
							<p class="text-sm">
								<span class="text-muted">To </span>
								<span class="phone font-medium">{given}</span>
							</p>
						) : reader.value ? (
							<p class="flex flex-wrap items-center gap-2 text-sm">
								<span class="text-muted">To</span>
								<bdi class="font-medium">{reader.value.name}</bdi>
								<span class="phone">{reader.value.formatted}</span>
								<button
									type="button"
									class="btn btn-ghost btn-sm"
									onClick={() => {
										reader.value = null;
										to.value = null;
									}}
								>
									Somebody else
								</button>
							</p>
						) : (
							<>
								{me?.role === "owner" && (
									<FindContact
										onPick={(found) => {
											reader.value = found;
											to.value = found.number;
										}}
									/>
								)}
								<PhoneField
									label="To"
									autofocus
									onPhone={(e164) => {
										to.value = e164;
									}}
								/>
							</>
						)}
						{senders.length > 0 && (
							<Field label="From">
								<select
									class="select"
									value={sender?.from ?? ""}
									onChange={(event) => {
										picked.value = event.currentTarget.value;
									}}
								>
									{senders.map(({ from, word }) => (
										<option key={from} value={from}>
											{word}
										</option>
									))}
								</select>
							</Field>
						)}
						<div class="mt-auto">
							{refused.map((leaving) => (
								<LeavingTouch
									key={leaving.key}
									leaving={leaving}
									onEdit={(words) => {
										text.value = words;
									}}
									onSent={(id) => open({ id }, "replace")}
								/>
							))}
						</div>
					</div>
					{sender && (
						<Composer
							thread={NEW}
							conversation={null}
							from={sender.from}
							fromWord={sender.word}
							to={to.value}
							canAttach={sender.canAttach}
							text={text}
							before={() => new Set()}
							onSent={(id) => open({ id }, "replace")}
						/>
					)}
				</>
			)}
		</div>
	);
}
