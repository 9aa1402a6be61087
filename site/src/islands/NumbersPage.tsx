import { useSignal } from "@preact/signals";
import { Hash } from "lucide-preact";
import { Empty } from "../kit/Empty";
import { later } from "../kit/later";
import { RowsSkeleton } from "../kit/Skeleton";
import { Trouble } from "../kit/Trouble";
import { membersQuery, numbersQuery, profileQuery } from "../lib/reads";
import { useRead } from "../lib/use-read";
import type { OwnedNumber } from "../lib/wire";
import { counted, money } from "../lib/words";
import { assistantsQuery } from "./assistants/reads";
import { type NumberAct, NumberRow } from "./numbers/NumberRow";
import { holderOf } from "./numbers/words";

const DIALOGS = {
	label: later(() => import("./numbers/LabelDialog").then((part) => part.LabelDialog)),
	assign: later(() => import("./numbers/AssignDialog").then((part) => part.AssignDialog)),
	release: later(() => import("./numbers/ReleaseDialog").then((part) => part.ReleaseDialog)),
};

/** The account's numbers: what each can do and costs, who has it, what answers it, and the way to give it back. */
export function NumbersPage() {
	const numbers = useRead(numbersQuery);
	const profile = useRead(profileQuery);
	const acting = useSignal<{ act: NumberAct; number: OwnedNumber } | null>(null);
	if (numbers.isPending) return <RowsSkeleton label="Loading your numbers" />;
	if (numbers.isError) return <Trouble what="Your numbers did not load." error={numbers.error} again={numbers.again} />;
	if (numbers.data.length === 0) return profile.data?.role === "member" ? <NotAssigned /> : <NoNumbers />;
	const monthly = numbers.data.reduce((sum, { monthlyPrice }) => sum + monthlyPrice, 0);
	const Shown = acting.value && DIALOGS[acting.value.act];
	return (
		<>
			<NumberTable
				numbers={numbers.data}
				onAct={(act, number) => {
					acting.value = { act, number };
				}}
			/>
			<p class="text-muted mt-3 text-sm">
				{counted(numbers.data.length, "number")}, {money(monthly * 1_000_000)} a month together.
			</p>
			{Shown && acting.value && <Shown number={acting.value.number} onClose={() => (acting.value = null)} />}
		</>
	);
}

interface TableProps {
	numbers: OwnedNumber[];
	onAct: (act: NumberAct, number: OwnedNumber) => void;
}

function NumberTable({ numbers, onAct }: TableProps) {
	const profile = useRead(profileQuery);
	const owned = profile.data?.role === "owner";
	const members = useRead({ ...membersQuery, enabled: owned && numbers.some(({ assignedTo }) => assignedTo !== null) });
	const assistants = useRead({ ...assistantsQuery, enabled: numbers.some(({ assistantId }) => assistantId !== null) });
	return (
		<div class="card overflow-hidden">
			<table class="table">
				<thead>
					<tr>
						<th scope="col">Number</th>
						<th scope="col" class="max-md:hidden">
							Can do
						</th>
						<th scope="col" class="max-lg:hidden">
							Assigned to
						</th>
						<th scope="col" class="max-lg:hidden">
							Assistant
						</th>
						<th scope="col" class="max-lg:hidden">
							Routing
						</th>
						<th scope="col" class="text-end max-sm:hidden">
							Next rent
						</th>
						<th scope="col">
							<span class="sr-only">Actions</span>
						</th>
					</tr>
				</thead>
				<tbody>
					{numbers.map((number) => (
						<NumberRow
							key={number.id}
							number={number}
							holder={holderOf(number, members.data)}
							assistant={assistants.data?.items.find(({ id }) => id === number.assistantId)?.name ?? ""}
							owned={owned}
							onAct={(act) => onAct(act, number)}
						/>
					))}
				</tbody>
			</table>
		</div>
	);
}

function NotAssigned() {
	return (
		<div class="card">
			<Empty icon={Hash} title="No number is yours yet">
				The owner of the account gives numbers to the people of the team. Once one is yours, it stands here.
			</Empty>
		</div>
	);
}

function NoNumbers() {
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
}
