import { useSignal } from "@preact/signals";
import { ArrowLeft, CircleCheck, SquarePen } from "lucide-preact";
import { CopyButton } from "../../kit/CopyButton";
import { State } from "../../kit/State";
import { channelsQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import { country, day } from "../../lib/words";
import { KINDS } from "./Channels";
import { DeleteChannel } from "./DeleteChannel";
import { Nothing } from "./Nothing";
import { open } from "./place";
import { usePretend } from "./pretend";

/** One channel: its number, what it can do, and what to do with it. */
export function ChannelDetail({ id }: { id: string }) {
	const channels = useRead(channelsQuery);
	const removing = useSignal(false);
	const isPretend = usePretend();
	const channel = channels.data?.find((each) => each.id === id);
	if (!channel)
		return channels.isPending ? null : (
			<Nothing title="This channel is not here">It was deleted, or never yours.</Nothing>
		);
	const { Sign, word } = KINDS[channel.type];
	const can = (["voice", "sms", "mms"] as const).filter((name) => channel.capabilities[name]);
	return (
		<div class="flex h-full flex-col overflow-y-auto">
			<header class="line flex h-14 flex-none items-center gap-2 border-b px-4">
				<button
					type="button"
					class="btn btn-ghost btn-sm btn-square lg:hidden"
					aria-label="Back to the inbox"
					onClick={() => open({})}
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
					{isPretend && (
						<p class="notice mt-5">
							<span>
								Nobody can reach a simulated number from outside. A{" "}
								<a class="link" href={`/pretend?line=${encodeURIComponent(channel.phoneNumber)}`}>
									pretend phone
								</a>{" "}
								texts it as a customer would.
							</span>
						</p>
					)}
					<div class="mt-5 flex flex-wrap gap-2">
						{channel.type !== "voice" && (
							<button type="button" class="btn btn-primary" onClick={() => open({ write: channel.phoneNumber })}>
								<SquarePen size={15} aria-hidden /> Write from it
							</button>
						)}
						<a class={`btn ${channel.type === "voice" ? "btn-primary" : "btn-quiet"}`} href="/campaigns/new">
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
					onGone={() => open({}, "replace")}
					onClose={() => {
						removing.value = false;
					}}
				/>
			)}
		</div>
	);
}
