import { AudioLines, Phone, PhoneCall, Search, Voicemail } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { Empty } from "../../kit/Empty";
import { More } from "../../kit/More";
import { RowsSkeleton } from "../../kit/Skeleton";
import { State } from "../../kit/State";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { callBack } from "../../lib/call-back";
import { useReadPages } from "../../lib/use-read";
import type { Call } from "../../lib/wire";
import { length, moment, money } from "../../lib/words";
import { type Filter, isFiltered, queryOf } from "./filter";
import { useMoving } from "./live";
import { arrowOf, lookOf, otherEnd, ownEnd } from "./words";

interface Props {
	filter: Filter;
	onClear: () => void;
	/** What stands below the calls, once they are there. */
	children: ComponentChildren;
}

/** The log, the latest first. It moves by itself while calls do. */
export function CallTable({ filter, onClear, children }: Props) {
	const query = queryOf(filter);
	const calls = useReadPages({
		key: ["calls", query],
		read: (cursor) => said(api.calls.$get({ query: { limit: "50", ...query, ...(cursor ? { cursor } : {}) } })),
	});
	useMoving("call", "calls");
	const body = useRef<HTMLTableSectionElement>(null);
	if (calls.isPending) return <RowsSkeleton rows={8} columns={4} label="Loading calls" />;
	if (calls.isError) return <Trouble what="The calls did not load." error={calls.error} again={calls.again} />;
	if (calls.items.length === 0) return <Silence filtered={isFiltered(filter)} onClear={onClear} />;
	return (
		<>
			<div class="card overflow-hidden">
				<table class="table max-sm:[&_:is(td,th)]:px-1.5" aria-label="Calls">
					<thead>
						<tr>
							<th scope="col">Who</th>
							<th scope="col" class="max-lg:hidden">
								Line
							</th>
							<th scope="col" class="max-md:hidden">
								When
							</th>
							<th scope="col">Result</th>
							<th scope="col" class="text-end max-sm:hidden">
								Length
							</th>
							<th scope="col" class="text-end max-xl:hidden">
								Cost
							</th>
							<th scope="col">
								<span class="sr-only">Actions</span>
							</th>
						</tr>
					</thead>
					<tbody ref={body} class="[content-visibility:auto]" onKeyDown={(event) => step(event, body.current)}>
						{calls.items.map((call) => (
							<CallRow key={call.id} call={call} />
						))}
					</tbody>
				</table>
			</div>
			<More of={calls}>Earlier calls</More>
			{children}
		</>
	);
}

/** J and K walk down and up the log; Enter opens, as on every link. */
function step(event: KeyboardEvent, body: HTMLElement | null): void {
	const by = { j: 1, k: -1 }[event.key];
	if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
	const links = [...(body?.querySelectorAll<HTMLElement>("a[data-row]") ?? [])];
	const row = (event.target as Element).closest("tr")?.querySelector<HTMLElement>("a[data-row]");
	links[links.indexOf(row ?? links[0] ?? document.body) + by]?.focus();
}

function CallRow({ call }: { call: Call }) {
	const Arrow = arrowOf(call);
	const end = otherEnd(call);
	const look = lookOf(call);
	return (
		<tr class="relative hover:bg-base-200/60">
			<td class="w-full max-w-0 sm:w-1/3">
				<div class="flex items-center gap-3 max-sm:gap-2">
					<Arrow
						size={16}
						class={`flex-none ${call.missed ? "text-warning-ink" : "text-muted"}`}
						aria-label={call.direction === "inbound" ? "Incoming" : "Outgoing"}
					/>
					<div class="min-w-0">
						<a
							class="opens-row -my-1 block truncate py-1 font-medium hover:underline"
							data-row
							href={`/calls?id=${encodeURIComponent(call.id)}`}
						>
							<bdi>{end.name}</bdi>
						</a>
						<p class="text-muted truncate text-xs">
							{end.name !== end.number && <span class="phone max-md:hidden">{end.number}</span>}
							<time class="md:hidden" dateTime={call.startedAt}>
								{moment(call.startedAt)}
							</time>
						</p>
					</div>
				</div>
			</td>
			<td class="phone text-muted max-lg:hidden">{ownEnd(call)}</td>
			<td class="text-muted whitespace-nowrap max-md:hidden">
				<time dateTime={call.startedAt}>{moment(call.startedAt)}</time>
			</td>
			<td>
				<span class="flex items-center gap-2">
					<State {...look} />
					{call.recording &&
						(call.recording.kind === "voicemail" ? (
							<Voicemail size={15} class="text-muted max-sm:hidden" aria-label="With a message" />
						) : (
							<AudioLines size={15} class="text-muted max-sm:hidden" aria-label="With a recording" />
						))}
				</span>
			</td>
			<td class="text-end max-sm:hidden">{call.duration > 0 ? length(call.duration) : <Nothing />}</td>
			<td class="text-end max-xl:hidden">
				{call.cost ? money(call.cost.amountMicros, call.cost.currency) : <Nothing />}
			</td>
			<td class="w-0 text-end max-sm:ps-0">
				{end.dial && (
					<button
						type="button"
						class="btn btn-ghost btn-sm btn-square relative"
						title="Call back"
						aria-label={`Call ${end.name} back`}
						onClick={() => callBack(end.dial)}
					>
						<Phone size={15} aria-hidden />
					</button>
				)}
			</td>
		</tr>
	);
}

const Nothing = () => (
	<span class="text-faint">
		<span aria-hidden="true">–</span>
		<span class="sr-only">none</span>
	</span>
);

function Silence({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
	return (
		<div class="card">
			{filtered ? (
				<Empty
					icon={Search}
					title="No such calls"
					actions={
						<button type="button" class="btn btn-quiet" onClick={onClear}>
							Show every call
						</button>
					}
				>
					No call matches all of these filters.
				</Empty>
			) : (
				<Empty
					icon={PhoneCall}
					title="No calls yet"
					actions={
						<a class="btn btn-primary" href="/numbers">
							Your numbers
						</a>
					}
				>
					Every call stands here with its story: calls from browser to browser, calls in on your numbers, and those of
					campaigns. Make one with “Call somebody” below.
				</Empty>
			)}
		</div>
	);
}
