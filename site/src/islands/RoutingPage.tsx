import { useSignal } from "@preact/signals";
import { ArrowLeft, Hash } from "lucide-preact";
import { Empty } from "../kit/Empty";
import { later } from "../kit/later";
import { RowsSkeleton } from "../kit/Skeleton";
import { Trouble } from "../kit/Trouble";
import { numbersQuery } from "../lib/reads";
import { useRead } from "../lib/use-read";
import { leftToRight } from "../lib/words";

const waiting = <RowsSkeleton rows={4} columns={2} label="Loading the routing" />;
const Editor = later(() => import("./routing/Editor").then((part) => part.Editor), waiting);
const LineRecording = later(() => import("./routing/LineRecording").then((part) => part.LineRecording), waiting);

/** Where the calls of one number go. The number stands in the address. */
export function RoutingPage() {
	const numbers = useRead(numbersQuery);
	const asked = useSignal(new URLSearchParams(location.search).get("id"));
	const number = numbers.data?.find(({ id }) => id === asked.value) ?? (asked.value ? undefined : numbers.data?.[0]);
	function choose(id: string) {
		asked.value = id;
		history.replaceState(history.state, "", `?id=${encodeURIComponent(id)}`);
	}
	return (
		<>
			<header class="mb-5 flex flex-wrap items-center gap-x-4 gap-y-3 lg:mb-6">
				<a class="btn btn-ghost btn-sm btn-square" href="/numbers" aria-label="All numbers">
					<ArrowLeft size={18} aria-hidden />
				</a>
				<h1 class="text-xl lg:text-2xl" tabIndex={-1}>
					Incoming calls
				</h1>
				{!!numbers.data?.length && (
					<select
						class="select w-auto! min-w-0 max-sm:w-full!"
						aria-label="Number"
						value={number?.id ?? ""}
						onChange={(event) => choose(event.currentTarget.value)}
					>
						{!number && <option value="">Choose a number</option>}
						{numbers.data.map(({ id, formatted, label }) => (
							<option key={id} value={id}>
								{leftToRight([formatted, label].filter(Boolean).join(" · "))}
							</option>
						))}
					</select>
				)}
			</header>
			{numbers.isPending && waiting}
			{numbers.isError && <Trouble what="Your numbers did not load." error={numbers.error} again={numbers.again} />}
			{numbers.data?.length === 0 && (
				<div class="card">
					<Empty
						icon={Hash}
						title="No numbers yet"
						actions={
							<a class="btn btn-primary" href="/numbers/buy">
								Buy a number
							</a>
						}
					>
						Once you have a number, you decide here who is rung, when, and what happens when nobody answers.
					</Empty>
				</div>
			)}
			{!!numbers.data?.length && !number && (
				<p class="notice notice-warn">This number is not yours, or no longer. Choose another one above.</p>
			)}
			{number && (
				<>
					<Editor key={number.id} number={number} />
					<LineRecording key={`${number.id} recording`} id={number.id} />
				</>
			)}
		</>
	);
}
