import { MessageCircle, MessageSquare, Phone, Plus } from "lucide-preact";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { channelsQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import type { Channel } from "../../lib/wire";
import { open, place } from "./place";

export const KINDS = {
	whatsapp: { Sign: MessageCircle, word: "WhatsApp" },
	sms: { Sign: MessageSquare, word: "SMS" },
	voice: { Sign: Phone, word: "Voice" },
};

/** The channels that messages and calls come over, newest first. */
export function Channels() {
	const channels = useRead(channelsQuery);
	const sorted = [...(channels.data ?? [])].sort((one, other) => other.createdAt.localeCompare(one.createdAt));
	return (
		<section aria-labelledby="channels" class="pb-8">
			<div class="flex h-11 items-center justify-between ps-4 pe-3 pt-2">
				<h2 id="channels" class="text-muted text-sm font-semibold">
					Channels
				</h2>
				<a class="btn btn-ghost btn-sm" href="/phone-config">
					<Plus size={14} aria-hidden /> New channel
				</a>
			</div>
			{channels.isPending && (
				<div class="px-4 py-2">
					<TextSkeleton lines={2} label="Loading your channels" />
				</div>
			)}
			{channels.isError && (
				<div class="p-3">
					<Trouble what="Your channels did not load." error={channels.error} again={channels.again} />
				</div>
			)}
			{channels.data?.length === 0 && <p class="text-muted px-4 text-sm">No channels yet.</p>}
			<ul>
				{sorted.map((channel) => (
					<li key={channel.id}>
						<ChannelLine channel={channel} />
					</li>
				))}
			</ul>
		</section>
	);
}

function ChannelLine({ channel }: { channel: Channel }) {
	const { Sign, word } = KINDS[channel.type];
	const current = place.value.channel === channel.id;
	return (
		<button
			type="button"
			class={`flex w-full items-center gap-3 px-4 py-2 text-start hover:bg-base-200 ${current ? "bg-base-200" : ""}`}
			aria-current={current ? "true" : undefined}
			onClick={() => open({ channel: channel.id })}
		>
			<Sign size={15} class="text-muted flex-none" aria-hidden />
			<span class="min-w-0 flex-1">
				<span class="block truncate text-sm font-medium">{channel.name}</span>
				<span class="text-muted block truncate text-xs">
					{word} · <span class="phone">{channel.formatted}</span>
				</span>
			</span>
		</button>
	);
}
