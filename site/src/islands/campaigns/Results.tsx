import { useSignal } from "@preact/signals";
import { CircleMinus, Hourglass } from "lucide-preact";
import { Empty } from "../../kit/Empty";
import { More } from "../../kit/More";
import { RowsSkeleton } from "../../kit/Skeleton";
import { State } from "../../kit/State";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { useReadPages } from "../../lib/use-read";
import type { Attempt, Campaign, Recipient } from "../../lib/wire";
import { ago, clock, counted, length } from "../../lib/words";
import { isMoving } from "./CampaignDesk";
import { useReport } from "./report/use-report";
import { useTail } from "./tail";
import { outcomeWord, resultOf, skipWord } from "./words";

/** What happened: the newest calls while it is under way, and every person with the latest result. */
export function Results({ campaign }: { campaign: Campaign }) {
	const view = useSignal<"calls" | "people">(campaign.status === "completed" ? "people" : "calls");
	return (
		<section aria-label="Results" class="min-w-0">
			<fieldset class="mb-3 flex items-center gap-1">
				<legend class="sr-only">Show</legend>
				{(["calls", "people"] as const).map((name) => (
					<button
						key={name}
						type="button"
						class={`btn btn-sm ${view.value === name ? "btn-neutral" : "btn-ghost"}`}
						aria-pressed={view.value === name}
						onClick={() => {
							view.value = name;
						}}
					>
						{name === "calls" ? "Newest calls" : "Everybody"}
					</button>
				))}
			</fieldset>
			{view.value === "calls" ? <Calls campaign={campaign} /> : <People campaign={campaign} />}
		</section>
	);
}

function Calls({ campaign }: { campaign: Campaign }) {
	const calls = useTail(campaign.id, isMoving(campaign));
	if (calls.isPending) return <RowsSkeleton rows={6} columns={3} label="Loading calls" />;
	if (calls.isError) return <Trouble what="The calls did not load." error={calls.error} again={calls.again} />;
	if (calls.data.length === 0)
		return (
			<div class="card">
				<Empty icon={Hourglass} title="No calls yet">
					{campaign.status === "running"
						? "The first ones go out as soon as somebody's hours are open."
						: "Calls stand here from the moment they go out."}
				</Empty>
			</div>
		);
	return (
		<ul class="card divide-y divide-[var(--line)] overflow-hidden">
			{calls.data.map((call) => (
				<CallLine key={call.id} call={call} />
			))}
		</ul>
	);
}

function CallLine({ call }: { call: Attempt }) {
	const live = call.endedAt === null;
	const { tone, icon, word } = outcomeWord(
		live ? "active" : resultOf(call.disposition ?? "unconfirmed", call.connectedAt),
	);
	const about = [call.n > 1 && `try ${call.n}`, call.errorCode && `carrier code ${call.errorCode}`]
		.filter(Boolean)
		.join(", ");
	return (
		<li class="hover:bg-base-200/60 relative flex items-center gap-4 px-4 py-2.5 text-sm">
			<div class="min-w-0 flex-1">
				<a class="opens-row phone font-medium" href={`/calls?id=${encodeURIComponent(call.callId)}`}>
					{call.formatted}
				</a>
				{about && <p class="text-muted text-xs">{about}</p>}
			</div>
			<span class="num text-muted w-14 text-end">{call.durationSeconds ? length(call.durationSeconds) : ""}</span>
			<time class="num text-muted w-24 text-end max-md:hidden" dateTime={call.dialedAt ?? undefined}>
				{call.dialedAt && clock(call.dialedAt)}
			</time>
			<span class="w-30 text-end">
				<State tone={tone} icon={icon} word={live && call.state !== "live" ? "Ringing" : word} />
			</span>
		</li>
	);
}

function People({ campaign }: { campaign: Campaign }) {
	const outcome = useSignal("");
	const results = useResults(campaign);
	const word = results.find(({ name }) => name === outcome.value)?.word ?? "";
	const people = useReadPages({
		key: ["recipients", campaign.id, outcome.value, isMoving(campaign) ? "" : campaign.updatedAt],
		read: (cursor) =>
			said(
				api.campaigns[":id"].recipients.$get({
					param: { id: campaign.id },
					query: {
						limit: "50",
						...(cursor ? { cursor } : {}),
						...(outcome.value ? { outcome: outcome.value } : {}),
					},
				}),
			),
	});
	const rows = people.items;
	return (
		<>
			<label class="mb-3 flex items-center gap-2 text-sm">
				<span class="text-muted">Result</span>
				<select
					class="select w-44"
					value={outcome.value}
					onChange={(event) => {
						outcome.value = event.currentTarget.value;
					}}
				>
					<option value="">Any result</option>
					{results.map((result) => (
						<option key={result.name} value={result.name}>
							{result.word}
						</option>
					))}
				</select>
			</label>
			{people.isPending && <RowsSkeleton rows={6} columns={3} label="Loading people" />}
			{people.isError && <Trouble what="The people did not load." error={people.error} again={people.again} />}
			{people.data && rows.length === 0 && (
				<p class="card text-muted p-6 text-center text-sm">
					{outcome.value ? `Nobody with the result “${word}”.` : "The list is copied when the campaign starts."}
				</p>
			)}
			{rows.length > 0 && (
				<ul class="card divide-y divide-[var(--line)] overflow-hidden">
					{rows.map((person) => (
						<PersonLine key={person.contactId} person={person} />
					))}
				</ul>
			)}
			<More of={people}>More people</More>
		</>
	);
}

/** The results that there are so far, why people were left alone among them. */
function useResults(campaign: Campaign): { name: string; word: string }[] {
	const { data } = useReport(campaign);
	if (!data) return [];
	const ended = data.byOutcome.filter(({ outcome }) => outcome !== "pending" && outcome !== "active");
	return [
		...ended.map(({ outcome }) => ({ name: outcome, word: outcomeWord(outcome).word })),
		...data.skipped.map(({ reason }) => ({ name: reason, word: skipWord(reason) })),
	];
}

function PersonLine({ person }: { person: Recipient }) {
	const skipped = person.state === "skipped";
	const { tone, icon, word } = outcomeWord(
		person.state === "done" || skipped ? resultOf(person.outcome ?? "done", person.connectedAt) : person.state,
	);
	return (
		<li class="hover:bg-base-200/60 relative flex items-center gap-4 px-4 py-2.5 text-sm">
			<div class="min-w-0 flex-1">
				<a class="opens-row block truncate font-medium" href={`/contacts?id=${encodeURIComponent(person.contactId)}`}>
					<bdi>{person.name || person.formatted}</bdi>
				</a>
				<p class="text-muted text-xs">
					<span class="phone">{person.name ? person.formatted : ""}</span>
					{person.name && person.attempts > 0 && " · "}
					{person.attempts > 0 && counted(person.attempts, "call")}
					{person.lastAttemptAt && `, ${ago(person.lastAttemptAt)}`}
				</p>
			</div>
			<State
				tone={skipped ? "plain" : tone}
				icon={skipped ? CircleMinus : icon}
				word={skipped ? skipWord(person.outcome ?? "skipped") : word}
			/>
		</li>
	);
}
