import { useSignal } from "@preact/signals";
import { ArrowLeft, CircleCheck, Inbox, MessageCircle, MessageSquare, Phone, Plus } from "lucide-preact";
import { CopyButton } from "../kit/CopyButton";
import { Empty } from "../kit/Empty";
import { TextSkeleton } from "../kit/Skeleton";
import { State } from "../kit/State";
import { Trouble } from "../kit/Trouble";
import { channelsQuery } from "../lib/reads";
import { useRead } from "../lib/use-read";
import type { Channel } from "../lib/wire";
import { ago, country, day } from "../lib/words";
import { DeleteChannel } from "./inbox/DeleteChannel";

const KINDS = {
	whatsapp: { Sign: MessageCircle, word: "WhatsApp" },
	sms: { Sign: MessageSquare, word: "SMS" },
	voice: { Sign: Phone, word: "Voice" },
};

/** The inbox: channels on the left, newest first, and the chosen one beside them. */
export function InboxPage() {
	const channels = useRead(channelsQuery);
	const chosen = useSignal(new URLSearchParams(location.search).get("id"));
	const sorted = [...(channels.data ?? [])].sort((one, other) => other.createdAt.localeCompare(one.createdAt));
	// Where both fit on the screen, the newest channel is open from the start.
	const wide = matchMedia("(min-width: 62rem)").matches;
	const current = sorted.find(({ id }) => id === chosen.value) ?? (wide ? sorted[0] : undefined);

	function choose(id: string | null) {
		chosen.value = id;
		history.replaceState(history.state, "", id ? `?id=${encodeURIComponent(id)}` : location.pathname);
	}

	return (
		<div class="grid min-h-[calc(100dvh-var(--dock)-var(--tabs)-1px)] max-lg:min-h-[calc(100dvh-var(--dock)-var(--tabs)-3.25rem-2px)] lg:grid-cols-[21rem_minmax(0,1fr)]">
			<h1 class="sr-only" tabIndex={-1}>
				Inbox
			</h1>
			<section class={`line border-e ${current ? "max-lg:hidden" : ""}`} aria-label="Channels">
				<header class="line flex h-15 items-center justify-between border-b px-4">
					<p class="text-xl font-semibold" aria-hidden="true">
						Inbox
					</p>
					<a class="btn btn-quiet btn-sm" href="/phone-config">
						<Plus size={15} aria-hidden /> New channel
					</a>
				</header>
				{channels.isPending && (
					<div class="p-5">
						<TextSkeleton lines={6} label="Loading your channels" />
					</div>
				)}
				{channels.isError && (
					<div class="p-4">
						<Trouble what="Your channels did not load." error={channels.error} again={channels.again} />
					</div>
				)}
				{channels.data?.length === 0 && (
					<Empty
						icon={Inbox}
						title="No channels yet"
						actions={
							<a class="btn btn-primary" href="/phone-config">
								Generate phone number
							</a>
						}
					>
						A channel is one of your numbers, ready for calls and texts. Generate a number and it stands here.
					</Empty>
				)}
				<ul>
					{sorted.map((channel) => (
						<li key={channel.id}>
							<ChannelLine channel={channel} current={channel === current} onChoose={() => choose(channel.id)} />
						</li>
					))}
				</ul>
			</section>
			<section class={`min-w-0 ${current ? "" : "max-lg:hidden"}`} aria-label="Chosen channel">
				{current ? (
					<ChannelDetail channel={current} onBack={() => choose(null)} />
				) : (
					<div class="bg-base-200/50 h-full" />
				)}
			</section>
		</div>
	);
}

interface LineProps {
	channel: Channel;
	current: boolean;
	onChoose: () => void;
}

function ChannelLine({ channel, current, onChoose }: LineProps) {
	const { Sign, word } = KINDS[channel.type];
	return (
		<button
			type="button"
			class={`line flex w-full items-start gap-3 border-b px-4 py-3 text-start hover:bg-base-200 ${current ? "bg-base-200" : ""}`}
			aria-current={current ? "true" : undefined}
			onClick={onChoose}
		>
			<span class="bg-base-300 text-muted mt-0.5 grid size-8 flex-none place-items-center rounded-full">
				<Sign size={15} aria-hidden />
			</span>
			<span class="min-w-0 flex-1">
				<span class="flex items-baseline justify-between gap-3">
					<span class="truncate font-medium">{channel.name}</span>
					<time class="text-muted flex-none text-xs" dateTime={channel.createdAt}>
						{ago(channel.createdAt)}
					</time>
				</span>
				<span class="text-muted block truncate text-sm">
					{word} · {channel.formatted}
				</span>
			</span>
		</button>
	);
}

function ChannelDetail({ channel, onBack }: { channel: Channel; onBack: () => void }) {
	const removing = useSignal(false);
	const { Sign, word } = KINDS[channel.type];
	const can = (["voice", "sms", "mms"] as const).filter((name) => channel.capabilities[name]);
	return (
		<div class="flex h-full flex-col">
			<header class="line flex h-15 items-center gap-2 border-b px-4">
				<button
					type="button"
					class="btn btn-ghost btn-sm btn-square lg:hidden"
					aria-label="Back to channels"
					onClick={onBack}
				>
					<ArrowLeft size={18} aria-hidden />
				</button>
				<h2 class="truncate text-lg">{channel.name}</h2>
				<span class="ms-auto">
					<State tone="good" icon={CircleCheck} word="Active" />
				</span>
			</header>
			<div class="flex flex-1 flex-col justify-center px-4 py-8">
				<div class="card mx-auto w-full max-w-md p-6">
					<p class="text-muted flex items-center gap-2 text-sm">
						<Sign size={15} aria-hidden /> {word} channel
					</p>
					<p class="mt-1 flex items-center gap-1 text-2xl font-semibold">
						<span class="phone">{channel.formatted}</span>
						<CopyButton text={channel.phoneNumber} label="Copy the number" />
					</p>
					<dl class="line mt-4 grid grid-cols-[7rem_1fr] gap-y-2 border-t pt-4 text-sm">
						<dt class="text-muted">Country</dt>
						<dd>{country(channel.isoCountry)}</dd>
						<dt class="text-muted">Can do</dt>
						<dd>{can.map((name) => (name === "voice" ? "calls" : name.toUpperCase())).join(", ") || "nothing yet"}</dd>
						<dt class="text-muted">Carrier</dt>
						<dd>{channel.isMock ? "simulated: no real telephone is reached" : "connected"}</dd>
						<dt class="text-muted">Since</dt>
						<dd>{day(channel.createdAt)}</dd>
					</dl>
					<p class="notice mt-5">
						<span>
							Campaigns can call from this number now. Text conversations are not part of this version, so nothing will
							arrive here yet.
						</span>
					</p>
					<div class="mt-5 flex flex-wrap gap-2">
						<a class="btn btn-primary" href="/campaigns/new">
							Call people from it
						</a>
						<button
							type="button"
							class="btn btn-quiet hover:text-error"
							onClick={() => {
								removing.value = true;
							}}
						>
							Delete channel
						</button>
					</div>
				</div>
			</div>
			{removing.value && (
				<DeleteChannel
					channel={channel}
					onGone={onBack}
					onClose={() => {
						removing.value = false;
					}}
				/>
			)}
		</div>
	);
}
