import { useRef } from "preact/hooks";
import { api, once, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { keyAfter, newKey } from "../../lib/changes";
import { tellTrouble } from "../../lib/toasts";
import type { Message } from "../../lib/wire";
import { hour } from "../../lib/words";
import { Bubble, Media, Words } from "./Bubble";
import { discard, type Leaving, sendNow } from "./outbox";
import { standingOf } from "./standing";

interface Props {
	message: Message;
	/** Ends a row of the same person's messages: says when, and how it stands. */
	last: boolean;
	author: string;
	lit: boolean;
	/** It was tried again already, as another message. */
	retried: boolean;
}

/** One message, with what became of it. */
export function MessageTouch({ message, last, author, lit, retried }: Props) {
	const own = message.direction === "outbound";
	const standing = standingOf(message);
	const shown = last || standing.bad;
	return (
		<div
			data-message={message.id}
			class={`rounded-box ${lit ? "bg-warning/20 -mx-2 px-2 py-1" : ""} ${shown ? "mb-2" : ""}`}
		>
			<Bubble own={own} last={last} faded={own && standing.word === "Sending"}>
				<Media media={message.media} />
				{message.body && <Words text={message.body} own={own} />}
			</Bubble>
			{shown && (
				<p
					class={`mt-0.5 flex flex-wrap items-center gap-1 px-1 text-xs ${own ? "justify-end text-end" : ""} ${standing.bad ? "text-error" : "text-muted"}`}
				>
					{own && author && author !== "You" && <bdi>{author},</bdi>}
					<time dateTime={message.createdAt}>{hour(message.createdAt)}</time>
					{own && (
						<span>
							<standing.icon
								size={13}
								class={`inline-block align-middle ${standing.word === "Read" ? "text-primary" : ""}`}
								aria-hidden
							/>{" "}
							{standing.word}
							{standing.bad && message.error && `: ${message.error.reason}`}
						</span>
					)}
					{message.canRetry && !retried && <Retry message={message} />}
					{retried && <span>Tried again.</span>}
				</p>
			)}
		</div>
	);
}

function Retry({ message: { id } }: { message: Message }) {
	const key = useRef(newKey());
	async function retry() {
		try {
			await said(api.messages[":id"].retry.$post({ param: { id }, query: {} }, once(key.current)));
			key.current = newKey();
		} catch (error) {
			key.current = keyAfter(key.current, error);
			tellTrouble(error);
		} finally {
			await changed("timeline", "conversations");
		}
	}
	return (
		<button type="button" class="btn btn-quiet btn-sm" onClick={retry}>
			Retry
		</button>
	);
}

interface LeavingProps {
	leaving: Leaving;
	/** Puts the words back where they can be changed. */
	onEdit: (text: string) => void;
	onSent: (conversationId: string) => void;
}

/** A message on its way out of here, or refused with its reason. */
export function LeavingTouch({ leaving, onEdit, onSent }: LeavingProps) {
	const { order, pictures, state, reason, at, key } = leaving;
	const refused = state === "refused";
	const standing = standingOf({ status: "queued" });
	const again = async () => {
		const conversationId = await sendNow(leaving);
		if (conversationId) onSent(conversationId);
	};
	return (
		<div class="mb-2">
			<Bubble own last faded={!refused}>
				{pictures.map((picture) => (
					<img key={picture} src={picture} alt="" class="h-44 w-60 max-w-full rounded-box object-cover" />
				))}
				{order.body && <Words text={order.body} own />}
			</Bubble>
			<div
				class={`mt-0.5 flex flex-wrap items-center justify-end gap-1 px-1 text-xs ${refused ? "text-error" : "text-muted"}`}
				role={refused ? "alert" : undefined}
			>
				<time dateTime={at}>{hour(at)}</time>
				{!refused && (
					<span class="inline-flex items-center gap-1">
						<standing.icon size={13} aria-hidden /> Sending
					</span>
				)}
				{refused && (
					<>
						<span>Not sent: {reason}</span>
						<button type="button" class="btn btn-quiet btn-sm" onClick={again}>
							Retry
						</button>
						<button
							type="button"
							class="btn btn-quiet btn-sm"
							onClick={() => {
								discard(key);
								onEdit(order.body ?? "");
							}}
						>
							Edit
						</button>
						<button type="button" class="btn btn-ghost btn-sm" onClick={() => discard(key)}>
							Discard
						</button>
					</>
				)}
			</div>
		</div>
	);
}
