import { useSignal } from "@preact/signals";
import { Phone, Trash2, Voicemail as VoicemailIcon } from "lucide-preact";
import { useRef } from "preact/hooks";
import { Empty } from "../../kit/Empty";
import { More } from "../../kit/More";
import { Player } from "../../kit/Player";
import { RowsSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, OUTLIVES_PAGE, said } from "../../lib/api";
import { changed, put } from "../../lib/cache";
import { callBack } from "../../lib/call-back";
import { tellTrouble, tellUndoable } from "../../lib/toasts";
import { useReadPages } from "../../lib/use-read";
import type { Page, Voicemail } from "../../lib/wire";
import { moment } from "../../lib/words";
import { useMoving } from "./live";

/** Messages that callers left, the new ones marked until somebody plays them. */
export function Voicemails() {
	const unheard = useSignal(false);
	const messages = useReadPages({
		key: ["voicemail", unheard.value],
		read: (cursor) =>
			said(
				api.voicemail.$get({
					query: { limit: "50", ...(unheard.value ? { unheard: "true" } : {}), ...(cursor ? { cursor } : {}) },
				}),
			),
	});
	useMoving("call", "voicemail");
	return (
		<>
			<label class="mb-3 flex min-h-8 w-fit items-center gap-2 text-sm">
				<input
					type="checkbox"
					class="checkbox checkbox-primary"
					checked={unheard.value}
					onChange={(event) => {
						unheard.value = event.currentTarget.checked;
					}}
				/>
				Only new messages
			</label>
			{messages.isPending && <RowsSkeleton rows={4} columns={2} label="Loading messages" />}
			{messages.isError && <Trouble what="The messages did not load." error={messages.error} again={messages.again} />}
			{messages.data && messages.items.length === 0 && (
				<div class="card">
					<Empty
						icon={VoicemailIcon}
						title={unheard.value ? "No new messages" : "No messages"}
						actions={
							<a class="btn btn-quiet" href="/numbers">
								Who answers your numbers
							</a>
						}
					>
						When nobody answers one of your numbers, callers can leave a message. It stands here, to be heard and called
						back.
					</Empty>
				</div>
			)}
			{messages.items.length > 0 && (
				<ul class="card divide-y divide-[var(--line)]">
					{messages.items.map((message) => (
						<Message key={message.id} message={message} />
					))}
				</ul>
			)}
			<More of={messages}>Earlier messages</More>
		</>
	);
}

function Message({ message }: { message: Voicemail }) {
	const told = useRef(message.heard);
	const name = message.name || message.fromFormatted || "Hidden number";
	const hear = () => {
		if (told.current) return;
		told.current = true;
		said(api.voicemail[":id"].read.$post({ param: { id: message.id } }))
			.then(() => changed("voicemail"))
			.catch(tellTrouble);
	};
	return (
		<li class="grid gap-2 px-4 py-3" onPlayCapture={hear}>
			<div class="flex flex-wrap items-center gap-x-4 gap-y-2">
				<div class="min-w-0 flex-1 basis-44">
					<p class="flex items-center gap-2">
						{!message.heard && <span class="bg-primary size-2 flex-none rounded-full" role="img" aria-label="New" />}
						<a
							class={`truncate hover:underline ${message.heard ? "" : "font-semibold"}`}
							href={`/calls?id=${encodeURIComponent(message.callId)}`}
						>
							<bdi>{name}</bdi>
						</a>
					</p>
					<p class="text-muted text-xs">
						{message.name && <span class="phone">{message.fromFormatted} · </span>}
						<time dateTime={message.createdAt}>{moment(message.createdAt)}</time>
					</p>
				</div>
				{message.url ? (
					<Player
						class="w-72 max-sm:order-3 max-sm:w-full"
						src={message.url}
						name={`the message of ${name}`}
						seconds={message.duration}
					/>
				) : (
					<span class="text-muted text-sm">On its way from the carrier</span>
				)}
				<span class="flex">
					{message.from && (
						<button
							type="button"
							class="btn btn-ghost btn-sm btn-square"
							title="Call back"
							aria-label={`Call ${name} back`}
							onClick={() => callBack(message.from)}
						>
							<Phone size={15} aria-hidden />
						</button>
					)}
					<button
						type="button"
						class="btn btn-ghost btn-sm btn-square hover:text-error"
						title="Delete"
						aria-label={`Delete the message of ${name}`}
						onClick={() => remove(message, name)}
					>
						<Trash2 size={15} aria-hidden />
					</button>
				</span>
			</div>
			{message.transcript && <p class="text-muted max-w-[80ch] text-sm">“{message.transcript}”</p>}
		</li>
	);
}

function remove(message: Voicemail, name: string): void {
	const back = put<Page<Voicemail>[]>(["voicemail"], (pages) =>
		pages.map((page) => ({ ...page, items: page.items.filter(({ id }) => id !== message.id) })),
	);
	tellUndoable(
		`The message of ${name} is deleted.`,
		() => {
			said(api.voicemail[":id"].$delete({ param: { id: message.id } }, OUTLIVES_PAGE))
				.catch(tellTrouble)
				.finally(() => changed("voicemail"));
		},
		back,
	);
}
