import type { CallStory } from "../../lib/wire";
import { clock, length } from "../../lib/words";
import { type Moment, momentsOf } from "./events";

/** Everything that happened, from the first ring on; what the carrier said word for word is a press away. */
export function Timeline({ call }: { call: CallStory }) {
	const moments = momentsOf(call);
	const began = Date.parse(call.startedAt);
	return (
		<ol class="relative grid gap-0 text-sm">
			{moments.map((moment, at) => (
				<Row key={`${moment.at}-${at}`} moment={moment} began={began} last={at === moments.length - 1} />
			))}
			{call.live && (
				<li class="text-muted flex items-center gap-3 ps-1.5 pt-2">
					<span class="live-dot ms-0.5" aria-hidden="true" /> It goes on
				</li>
			)}
		</ol>
	);
}

function Row({ moment, began, last }: { moment: Moment; began: number; last: boolean }) {
	const Icon = moment.icon;
	const since = Math.max(0, (Date.parse(moment.at) - began) / 1000);
	const facts = Object.entries(moment.detail).filter(([, value]) => value !== null && value !== "");
	return (
		<li class="relative flex gap-3 pb-4 last:pb-0">
			{!last && <span class="absolute start-3 top-6 bottom-0 w-px bg-[var(--line)]" aria-hidden="true" />}
			<span class="bg-base-200 line text-muted z-1 grid size-6 flex-none place-items-center rounded-full border">
				<Icon size={13} aria-hidden />
			</span>
			<div class="min-w-0 flex-1 pt-0.5">
				<p class="break-words">
					<bdi>{moment.word}</bdi>
				</p>
				{facts.length > 0 && (
					<details class="text-muted mt-0.5 text-xs">
						<summary class="w-fit py-0.5">Details</summary>
						<dl class="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
							{facts.map(([name, value]) => (
								<>
									<dt>{name}</dt>
									<dd class="break-words">{typeof value === "object" ? JSON.stringify(value) : String(value)}</dd>
								</>
							))}
						</dl>
					</details>
				)}
			</div>
			<time class="num text-muted flex-none pt-0.5 text-end text-xs" dateTime={moment.at}>
				{clock(moment.at)}
				<span class="text-faint block">+{length(since)}</span>
			</time>
		</li>
	);
}
