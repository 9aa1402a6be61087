import { useSignal } from "@preact/signals";
import { CircleCheck, Clock3, Hash, Pencil, Trash2 } from "lucide-preact";
import { CopyButton } from "../kit/CopyButton";
import { Empty } from "../kit/Empty";
import { later } from "../kit/later";
import { RowsSkeleton } from "../kit/Skeleton";
import { State } from "../kit/State";
import { Trouble } from "../kit/Trouble";
import { numbersQuery } from "../lib/reads";
import { useRead } from "../lib/use-read";
import type { OwnedNumber } from "../lib/wire";
import { counted, country, day, money } from "../lib/words";
import { Abilities } from "./numbers/Abilities";

const LabelDialog = later(() => import("./numbers/LabelDialog").then((part) => part.LabelDialog));

const ReleaseDialog = later(() => import("./numbers/ReleaseDialog").then((part) => part.ReleaseDialog));

/** The account's numbers: what each can do and costs, its label, and the way to give it back. */
export function NumbersPage() {
	const numbers = useRead(numbersQuery);
	const labelling = useSignal<OwnedNumber | null>(null);
	const releasing = useSignal<OwnedNumber | null>(null);
	if (numbers.isPending) return <RowsSkeleton label="Loading your numbers" />;
	if (numbers.isError) return <Trouble what="Your numbers did not load." error={numbers.error} again={numbers.again} />;
	if (numbers.data.length === 0)
		return (
			<div class="card">
				<Empty
					icon={Hash}
					title="No numbers yet"
					actions={
						<>
							<a class="btn btn-primary" href="/numbers/buy">
								Buy a number
							</a>
							<a class="btn btn-quiet" href="/phone-config">
								Generate one for me
							</a>
						</>
					}
				>
					A number is what people see when you call them, and where they reach you. Choose one by country and digits, or
					let Trunkline pick.
				</Empty>
			</div>
		);
	const monthly = numbers.data.reduce((sum, { monthlyPrice }) => sum + monthlyPrice, 0);
	return (
		<>
			<div class="card overflow-hidden">
				<table class="table">
					<thead>
						<tr>
							<th scope="col">Number</th>
							<th scope="col" class="max-md:hidden">
								Can do
							</th>
							<th scope="col" class="max-lg:hidden">
								State
							</th>
							<th scope="col" class="text-end max-sm:hidden">
								Per month
							</th>
							<th scope="col">
								<span class="sr-only">Actions</span>
							</th>
						</tr>
					</thead>
					<tbody>
						{numbers.data.map((number) => (
							<NumberRow
								key={number.id}
								number={number}
								onLabel={() => {
									labelling.value = number;
								}}
								onRelease={() => {
									releasing.value = number;
								}}
							/>
						))}
					</tbody>
				</table>
			</div>
			<p class="text-muted mt-3 text-sm">
				{counted(numbers.data.length, "number")}, {money(monthly * 1_000_000)} a month together.
			</p>
			{labelling.value && <LabelDialog number={labelling.value} onClose={() => (labelling.value = null)} />}
			{releasing.value && <ReleaseDialog number={releasing.value} onClose={() => (releasing.value = null)} />}
		</>
	);
}

interface RowProps {
	number: OwnedNumber;
	onLabel: () => void;
	onRelease: () => void;
}

function NumberRow({ number, onLabel, onRelease }: RowProps) {
	const place = [number.city, number.state, country(number.country)].filter(Boolean).join(", ");
	return (
		<tr class="hover:bg-base-200/60">
			<td>
				<p class="flex items-center gap-1 text-base">
					<span class="phone font-medium">{number.formatted}</span>
					<CopyButton text={number.number} label={`Copy ${number.formatted}`} />
				</p>
				<p class="text-muted text-xs">{[number.label, place].filter(Boolean).join(" · ")}</p>
			</td>
			<td class="max-md:hidden">
				<Abilities capabilities={number.capabilities} />
			</td>
			<td class="max-lg:hidden">
				{number.isActive ? (
					<State tone="good" icon={CircleCheck} word="Active" />
				) : (
					<State tone="warn" icon={Clock3} word="Not confirmed yet" />
				)}
				{number.purchaseDate && <p class="text-muted mt-0.5 text-xs">since {day(number.purchaseDate)}</p>}
			</td>
			<td class="text-end max-sm:hidden">{money(number.monthlyPrice * 1_000_000)}</td>
			<td class="w-0 text-end whitespace-nowrap">
				<button
					type="button"
					class="btn btn-ghost btn-sm btn-square"
					title="Label"
					aria-label={`Label ${number.formatted}`}
					onClick={onLabel}
				>
					<Pencil size={15} aria-hidden />
				</button>
				<button
					type="button"
					class="btn btn-ghost btn-sm btn-square hover:text-error"
					title="Release"
					aria-label={`Release ${number.formatted}`}
					onClick={onRelease}
				>
					<Trash2 size={15} aria-hidden />
				</button>
			</td>
		</tr>
	);
}
