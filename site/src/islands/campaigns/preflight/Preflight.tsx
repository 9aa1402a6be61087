import { useSignal } from "@preact/signals";
import { CircleAlert, CircleCheck, Play } from "lucide-preact";
import { Action } from "../../../kit/Action";
import { TextSkeleton } from "../../../kit/Skeleton";
import { Trouble } from "../../../kit/Trouble";
import { api, said } from "../../../lib/api";
import { changed, entryOf, set } from "../../../lib/cache";
import { tell } from "../../../lib/toasts";
import { useDoing } from "../../../lib/use-doing";
import { useRead } from "../../../lib/use-read";
import type { Campaign, Preflight as Flight } from "../../../lib/wire";
import { count, counted, moment, money } from "../../../lib/words";
import { LeftOut } from "../left-out/LeftOut";
import { skipWord } from "../words";
import { Strips } from "./Strips";

const HOURS = [0, 1, 2, 3, 4, 6, 8, 10, 12, 15, 18, 21];

/** What this campaign would do if it started: who is called when, who is not and why, what it costs at most. And the button. */
export function Preflight({ campaign }: { campaign: Campaign }) {
	const { id } = campaign;
	const ahead = useSignal(0);
	const flight = useRead({
		key: ["campaigns", id, "preflight", ahead.value, campaign.updatedAt],
		read: () => {
			const startsAt = new Date(Date.now() + (HOURS[ahead.value] ?? 0) * 3_600_000).toISOString();
			return said(api.campaigns[":id"].preflight.$get({ param: { id }, query: ahead.value ? { startsAt } : {} }));
		},
		keepOld: true,
	});
	if (flight.isPending)
		return (
			<div class="card p-5">
				<TextSkeleton lines={6} label="Looking ahead" />
			</div>
		);
	if (flight.isError) return <Trouble what="The look ahead did not load." error={flight.error} again={flight.again} />;
	const { data } = flight;
	return (
		<section class="card divide-y divide-[var(--line)]" aria-labelledby="preflight">
			<div class="flex flex-wrap items-end justify-between gap-x-8 gap-y-3 p-4 lg:p-5">
				<div>
					<h2 id="preflight" class="text-base">
						Before it starts
					</h2>
					<p class="text-muted text-sm text-pretty">
						Counted just now, by the same rules that place the calls. Nothing has been dialed.
					</p>
				</div>
				<label class="flex w-72 max-w-full flex-col gap-1 text-sm">
					<span class="font-medium">What if it started {ahead.value ? moment(data.startsAt) : "now"}?</span>
					<input
						type="range"
						min={0}
						max={HOURS.length - 1}
						value={ahead.value}
						aria-valuetext={ahead.value ? `in ${HOURS[ahead.value]} hours` : "now"}
						onInput={(event) => {
							ahead.value = event.currentTarget.valueAsNumber;
						}}
					/>
				</label>
			</div>
			<Sums flight={data} />
			<div class="grid gap-6 p-4 lg:grid-cols-[16rem_minmax(0,1fr)] lg:p-5">
				<NotCalled campaignId={id} flight={data} />
				<Strips zones={data.zones} startsAt={data.startsAt} />
			</div>
			{campaign.status === "draft" && <Go campaign={campaign} missing={data.missing} />}
		</section>
	);
}

function Sums({ flight }: { flight: Flight }) {
	const { cost, pace, finishesAt, notReached } = flight;
	const limits = { campaign: "as you set it", carrier: "the carrier's share", concurrency: "by calls in the air" };
	const sums = [
		["Will be called", count(flight.dialable), `of ${counted(flight.people, "person", "people")}`, ""],
		[
			"Everybody called by",
			finishesAt ? moment(finishesAt) : "Not everybody",
			finishesAt ? "your time, first tries" : `${counted(notReached, "person", "people")} not reached`,
			finishesAt ? "" : "text-[var(--ink-warning)]",
		],
		[
			"Costs at most",
			money(cost.ceilingMicros, cost.currency),
			cost.isCovered
				? `covered: ${money(cost.availableMicros, cost.currency)} in the wallet`
				: `wallet has ${money(cost.availableMicros, cost.currency)}: it pauses when that is spent`,
			cost.isCovered ? "" : "text-[var(--ink-warning)]",
		],
		[
			"Pace",
			`${pace.callsPerSecond < 1 ? pace.callsPerSecond.toFixed(2) : count(pace.callsPerSecond)} a second`,
			limits[pace.limitedBy],
			"",
		],
	] as const;
	return (
		<dl class="bg-[var(--line)] grid grid-cols-2 gap-px xl:grid-cols-4">
			{sums.map(([word, value, note, tone]) => (
				<div key={word} class="bg-base-100 flex flex-col px-4 py-3 lg:px-5">
					<dt class="text-muted text-xs font-medium">{word}</dt>
					<dd class="num text-xl font-semibold">{value}</dd>
					<dd class={`text-xs ${tone || "text-faint"}`}>{note}</dd>
				</div>
			))}
		</dl>
	);
}

function NotCalled({ campaignId, flight }: { campaignId: string; flight: Flight }) {
	const skipped = [...flight.skipped].sort((one, other) => other.count - one.count);
	return (
		<div>
			<h3 class="mb-2 text-sm font-semibold">Not called</h3>
			{skipped.length === 0 && <p class="text-muted text-sm">Nobody on the list is left out.</p>}
			<dl class="flex flex-col gap-1.5 text-sm">
				{skipped.map(({ reason, count: people }) => (
					<div key={reason} class="flex justify-between gap-4">
						<dt>{skipWord(reason)}</dt>
						<dd class="num font-medium">{count(people)}</dd>
					</div>
				))}
			</dl>
			{flight.mergedDuplicates > 0 && (
				<p class="text-muted mt-3 text-xs">
					{counted(flight.mergedDuplicates, "duplicate row")} of its files merged: nobody is called twice.
				</p>
			)}
			{flight.invalidRows > 0 && (
				<p class="text-muted mt-3 text-xs">
					{counted(flight.invalidRows, "row")} of its files without a number that can be called.{" "}
					<a class="link" href="/contacts/import">
						Mend them
					</a>
				</p>
			)}
			<div class="mt-4">
				<LeftOut campaignId={campaignId} />
			</div>
		</div>
	);
}

function Go({ campaign, missing }: { campaign: Campaign; missing: Flight["missing"] }) {
	const agreed = useSignal(false);
	const { doing, go } = useDoing<"start">();
	const wanting = useSignal(false);
	const { id } = campaign;

	async function start() {
		wanting.value = !agreed.value;
		if (!agreed.value) return;
		await go("start", async () => {
			const query = { consentConfirmed: "true" as const };
			const started = await said(api.campaigns[":id"].start.$post({ param: { id }, query }));
			set(entryOf(["campaigns", id]), started);
			await changed("campaigns", "wallet");
			tell(started.status === "scheduled" ? "Scheduled. It starts by itself." : "The campaign has started.");
		});
	}

	if (missing.length > 0)
		return (
			<div class="p-4 lg:p-5">
				<p class="mb-2 flex items-center gap-2 font-medium">
					<CircleAlert size={17} class="text-[var(--ink-warning)]" aria-hidden /> It cannot start yet
				</p>
				<ul class="text-muted ms-6 list-disc text-sm">
					{missing.map(({ path, message }) => (
						<li key={path}>{message}</li>
					))}
				</ul>
				<a class="btn btn-quiet mt-3" href={`/campaigns/new?id=${id}`}>
					Complete it
				</a>
			</div>
		);
	return (
		<div class="flex flex-wrap items-center justify-between gap-4 p-4 lg:p-5">
			<label class="flex max-w-prose items-start gap-3 text-sm">
				<input
					type="checkbox"
					class="checkbox checkbox-sm mt-0.5"
					checked={agreed.value}
					aria-describedby={wanting.value ? "consent-wanted" : undefined}
					aria-invalid={wanting.value}
					onChange={(event) => {
						agreed.value = event.currentTarget.checked;
						wanting.value = false;
					}}
				/>
				<span>
					These people have agreed to be called about this, and I may call them.
					{wanting.value && (
						<span id="consent-wanted" class="text-error block" role="alert">
							Say so first: it is kept with your name and the time.
						</span>
					)}
				</span>
			</label>
			<Action busy={doing.value !== null} busyWord="Starting…" onClick={start}>
				{agreed.value ? <CircleCheck size={15} aria-hidden /> : <Play size={15} aria-hidden />}
				{campaign.schedule.startsAt && new Date(campaign.schedule.startsAt) > new Date()
					? "Schedule it"
					: "Start calling"}
			</Action>
		</div>
	);
}
