import { useSignal } from "@preact/signals";
import { Action } from "../../../kit/Action";
import { Dialog } from "../../../kit/Dialog";
import { Field } from "../../../kit/Field";
import { More } from "../../../kit/More";
import { TextSkeleton } from "../../../kit/Skeleton";
import { Trouble } from "../../../kit/Trouble";
import { api, said } from "../../../lib/api";
import { changed } from "../../../lib/cache";
import { homeCountry } from "../../../lib/countries";
import { tell } from "../../../lib/toasts";
import { useDoing } from "../../../lib/use-doing";
import { useReadPages } from "../../../lib/use-read";
import { useSaving } from "../../../lib/use-saving";
import { counted } from "../../../lib/words";

interface Props {
	campaignId: string;
	onClose: () => void;
}

/** The numbers that one campaign leaves out, beside those that are never called: added by the handful, and taken back. */
export function LeftOutDialog({ campaignId: id, onClose }: Props) {
	const typed = useSignal("");
	const { busy, wrong, trouble, saving } = useSaving();
	const out = useReadPages({
		key: ["left-out", id],
		read: (cursor) =>
			said(
				api.campaigns[":id"]["do-not-call"].$get({
					param: { id },
					query: { limit: "50", ...(cursor ? { cursor } : {}) },
				}),
			),
	});

	async function add(event: Event) {
		event.preventDefault();
		await saving(async () => {
			const json = { phoneNumbers: numbersIn(typed.value), country: homeCountry() };
			const { added } = await said(api.campaigns[":id"]["do-not-call"].$post({ param: { id }, json }));
			typed.value = "";
			await changed("left-out", "campaigns");
			tell(`This campaign does not call ${counted(added, "number")}.`);
		});
	}
	return (
		<Dialog title="Numbers that this campaign leaves out" onClose={onClose} wide>
			<p class="text-muted mb-4 text-sm">
				Other campaigns still call them. Whoever is never to be called goes on the{" "}
				<a class="link" href="/contacts/do-not-call">
					do-not-call list
				</a>
				.
			</p>
			<form class="mb-4 flex flex-col gap-3" onSubmit={add}>
				<Field
					label="Numbers to leave out"
					hint="One a line, or separated by commas."
					error={wrongNumber(wrong.value, numbersIn(typed.value)) ?? (trouble.value || undefined)}
				>
					<textarea
						class="textarea phone w-full"
						rows={3}
						value={typed.value}
						onInput={(event) => {
							typed.value = event.currentTarget.value;
						}}
					/>
				</Field>
				<Action
					type="submit"
					class="self-end"
					busy={busy.value}
					busyWord="Adding…"
					disabled={typed.value.trim() === ""}
				>
					Leave them out
				</Action>
			</form>
			{out.isPending && <TextSkeleton lines={2} label="Loading the numbers" />}
			{out.isError && <Trouble what="The numbers did not load." error={out.error} again={out.again} />}
			{out.data && out.items.length === 0 && <p class="text-muted text-sm">Nobody is left out yet.</p>}
			{out.items.length > 0 && (
				<ul class="line max-h-72 divide-y divide-[var(--line)] overflow-y-auto border-y" aria-label="Left out">
					{out.items.map(({ phoneNumber, formatted }) => (
						<Line key={phoneNumber} campaignId={id} number={phoneNumber} formatted={formatted} />
					))}
				</ul>
			)}
			<More of={out} look="btn-quiet btn-sm" class="mt-3 text-center">
				Show more
			</More>
		</Dialog>
	);
}

function numbersIn(typed: string): string[] {
	return typed
		.split(/[\n,;]+/)
		.map((number) => number.trim())
		.filter(Boolean);
}

/** Which number cannot be used: the server names it by its place. */
function wrongNumber(wrong: Record<string, string>, numbers: string[]): string | undefined {
	const [path, reason] = Object.entries(wrong)[0] ?? [];
	const number = numbers[Number(path?.split(".")[1])];
	return number ? `${number}: ${reason}` : reason;
}

function Line({ campaignId: id, number, formatted }: { campaignId: string; number: string; formatted: string }) {
	const { doing, go } = useDoing<"remove">();
	const takeBack = async () => {
		await said(api.campaigns[":id"]["do-not-call"][":number"].$delete({ param: { id, number } }));
		await changed("left-out", "campaigns");
	};
	return (
		<li class="flex items-center justify-between gap-4 py-1.5 text-sm">
			<span class="phone">{formatted}</span>
			<Action
				look="btn-ghost btn-sm"
				busy={doing.value !== null}
				busyWord="Removing…"
				onClick={() => go("remove", takeBack)}
			>
				Take back<span class="sr-only"> {formatted}</span>
			</Action>
		</li>
	);
}
