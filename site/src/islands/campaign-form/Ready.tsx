import { Circle, CircleCheck } from "lucide-preact";
import { listsQuery, segmentsQuery, walletQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import { counted, moment, money } from "../../lib/words";
import type { Draft } from "./draft";

/** What is there and what is missing, in the order of the form. */
export function Ready({ draft }: { draft: Draft }) {
	const lists = useRead(listsQuery);
	const segments = useRead(segmentsQuery);
	const wallet = useRead(walletQuery);
	const list = lists.data?.find(({ id }) => id === draft.contactListId);
	const segment = segments.data?.find(({ id }) => id === draft.contactListId);
	const available = wallet.data?.available;
	const points = [
		[draft.title.trim() !== "", "A name"],
		[
			segment !== undefined || (!!list && list.contactCount > 0),
			segment?.name ?? (list ? counted(list.contactCount, "contact") : "A contact list"),
		],
		[draft.greetingFileId !== "" || draft.greetingText.trim() !== "", "A greeting"],
		[
			draft.callerNumbers.length > 0,
			draft.callerNumbers.length ? counted(draft.callerNumbers.length, "caller number") : "A caller number",
		],
		[
			!!available && available.amountMicros > 0,
			available ? `${money(available.amountMicros, available.currency)} to spend` : "Money in the wallet",
		],
	] as const;
	return (
		<>
			<ul class="flex flex-col gap-2 text-sm">
				{points.map(([there, word]) => (
					<li key={word} class="flex items-center gap-2.5">
						{there ? (
							<CircleCheck size={17} class="text-success flex-none" aria-label="There:" />
						) : (
							<Circle size={17} class="text-faint flex-none" aria-label="Missing:" />
						)}
						<span class={there ? "" : "text-muted"}>{word}</span>
					</li>
				))}
			</ul>
			<p class="text-muted line mt-4 border-t pt-3 text-sm text-pretty">
				{draft.startsAt ? `Starts ${moment(new Date(draft.startsAt).toISOString())}, your time. ` : ""}
				Calls go out from {draft.start} to {draft.end === "00:00" ? "midnight" : draft.end}, each person's time. What a
				call may cost is set aside before it, and the rest comes back after it.
			</p>
		</>
	);
}
