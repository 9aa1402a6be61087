import { useSignal } from "@preact/signals";
import { SendHorizontal } from "lucide-preact";
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Action } from "../../kit/Action";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { useLive } from "../../lib/live";
import { tellTrouble } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import type { OwnedNumber } from "../../lib/wire";
import { hour } from "../../lib/words";
import { Bubble, hereOf, Words } from "../inbox/Bubble";
import { PhoneCall } from "./PhoneCall";

interface Props {
	line: OwnedNumber;
	/** Null while there is no complete number. */
	peer: string | null;
	name: string;
}

const QUICK = ["STOP", "START", "HELP"];
/** The pretend network takes a moment for each step that it tells. */
const SETTLES_MS = 900;

/** The phone of somebody outside: what was written to it, and what it writes. */
export function Handset({ line, peer, name }: Props) {
	const text = useSignal("");
	const busy = useSignal(false);
	const thread = useRead({
		key: ["pretend", line.number, peer],
		read: () => said(api.debug.pretend.messages.$get({ query: { number: line.number, peer: peer ?? "" } })),
		enabled: peer !== null,
	});
	const again = () => {
		void changed("pretend");
		setTimeout(() => void changed("pretend"), SETTLES_MS);
	};
	useLive("message", again);
	useLive("message_status", again);

	async function write(body: string) {
		if (!peer || !body.trim()) return;
		busy.value = true;
		try {
			await said(api.debug.pretend.messages.$post({ json: { from: peer, to: line.number, body: body.trim() } }));
			if (text.value === body) text.value = "";
			again();
		} catch (error) {
			tellTrouble(error);
		} finally {
			busy.value = false;
		}
	}

	return (
		<section
			class="card flex min-h-[30rem] w-full max-w-md flex-col overflow-hidden border-2"
			aria-label="Phone outside"
		>
			<header class="line flex flex-wrap items-center gap-3 border-b px-4 py-2.5">
				<div class="min-w-0 flex-1 basis-40">
					<h2 class="truncate text-base leading-tight">
						<bdi>{name}</bdi>
					</h2>
					<p class="text-muted truncate text-xs">
						writing to <span class="phone">{line.formatted}</span>
					</p>
				</div>
				<PhoneCall line={line} peer={peer} name={name} />
			</header>
			<Screen
				items={thread.data?.items ?? []}
				trouble={
					thread.isError ? <Trouble what="The phone does not show." error={thread.error} again={thread.again} /> : null
				}
			/>
			<form
				class="line border-t p-3"
				onSubmit={(event) => {
					event.preventDefault();
					void write(text.value);
				}}
			>
				<div class="mb-2 flex gap-1.5">
					{QUICK.map((word) => (
						<button
							key={word}
							type="button"
							class="btn btn-quiet btn-sm"
							disabled={!peer || busy.value}
							onClick={() => void write(word)}
						>
							{word}
						</button>
					))}
				</div>
				<div class="flex gap-2">
					<input
						class="input min-w-0 flex-1"
						aria-label="What the person writes"
						placeholder="Message"
						maxLength={1_600}
						dir="auto"
						autocomplete="off"
						value={text}
						onInput={(event) => {
							text.value = event.currentTarget.value;
						}}
					/>
					<Action
						type="submit"
						class="btn-square"
						aria-label="Send as this person"
						busy={busy.value}
						disabled={!peer || !text.value.trim()}
					>
						{!busy.value && <SendHorizontal size={16} aria-hidden />}
					</Action>
				</div>
			</form>
		</section>
	);
}

interface Item {
	ref: string;
	direction: "sent" | "received";
	body: string;
	status: string;
	mediaUrls: string[];
	createdAt: string;
}

function Screen({ items, trouble }: { items: readonly Item[]; trouble: VNode | null }) {
	const box = useRef<HTMLDivElement>(null);
	useEffect(() => {
		box.current?.scrollTo({ top: box.current.scrollHeight });
	}, [items.length]);
	return (
		<section
			ref={box}
			class="bg-base-200 min-h-0 flex-1 overflow-y-auto p-3"
			// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
			tabIndex={0}
			aria-label="Messages on this phone"
		>
			{trouble}
			<ul class="flex min-h-full flex-col justify-end gap-1.5">
				{!trouble && items.length === 0 && (
					<li class="text-muted m-auto max-w-md text-center text-sm">Nothing yet. Write the first message below.</li>
				)}
				{items.map(({ ref, direction, body, mediaUrls, createdAt }) => (
					<li key={ref}>
						<Bubble own={direction === "sent"} last>
							{mediaUrls.map((url) => (
								<a key={url} class="underline" href={hereOf(url)} target="_blank" rel="noopener noreferrer">
									A picture or file
								</a>
							))}
							{body && <Words text={body} own={direction === "sent"} />}
						</Bubble>
						<p class={`text-muted px-1 text-xs ${direction === "sent" ? "text-end" : ""}`}>
							<time dateTime={createdAt}>{hour(createdAt)}</time>
						</p>
					</li>
				))}
			</ul>
		</section>
	);
}
