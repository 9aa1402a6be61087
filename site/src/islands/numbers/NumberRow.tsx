import { Clock3, Pencil, Trash2, TriangleAlert, UserPlus } from "lucide-preact";
import { CopyButton } from "../../kit/CopyButton";
import { State } from "../../kit/State";
import type { OwnedNumber } from "../../lib/wire";
import { day, money } from "../../lib/words";
import { Abilities } from "./Abilities";
import { placeOf, rentDay, routingWord } from "./words";

export type NumberAct = "label" | "assign" | "release";

interface Props {
	number: OwnedNumber;
	/** Who has it; "" when it is the owner's own. */
	holder: string;
	/** The name of the assistant that answers it; "" while it is not known. */
	assistant: string;
	/** Only the account's owner assigns and releases. */
	owned: boolean;
	onAct: (act: NumberAct) => void;
}

/** One number: what it can do, who has it, what answers it, and when it costs the next time. */
export function NumberRow({ number, holder, assistant, owned, onAct }: Props) {
	return (
		<tr class="hover:bg-base-200/60">
			<td>
				<p class="flex items-center gap-1 text-base">
					<span class="phone font-medium">{number.formatted}</span>
					<CopyButton text={number.number} label={`Copy ${number.formatted}`} />
				</p>
				<p class="text-muted text-xs">{[number.label, placeOf(number)].filter(Boolean).join(" · ")}</p>
				<p class="text-muted text-xs lg:hidden">
					{holder && `${holder} · `}
					Calls: <RoutingLink number={number} />
				</p>
				<div class="mt-0.5 text-xs sm:hidden">
					<Rent number={number} />
				</div>
			</td>
			<td class="max-md:hidden">
				<Abilities capabilities={number.capabilities} />
			</td>
			<td class="max-lg:hidden">{holder || <span class="text-muted">Nobody</span>}</td>
			<td class="max-lg:hidden">
				{number.assistantId ? <bdi>{assistant || "An assistant"}</bdi> : <span class="text-muted">None</span>}
			</td>
			<td class="max-lg:hidden">
				<RoutingLink number={number} />
			</td>
			<td class="text-end whitespace-nowrap max-sm:hidden">
				<Rent number={number} />
			</td>
			<td class="w-0 text-end whitespace-nowrap">
				<Act icon={Pencil} word="Label" number={number} onAct={() => onAct("label")} />
				{owned && <Act icon={UserPlus} word="Assign" number={number} onAct={() => onAct("assign")} />}
				{owned && <Act icon={Trash2} word="Release" number={number} danger onAct={() => onAct("release")} />}
			</td>
		</tr>
	);
}

/** What happens to its calls, and the way to change that. */
function RoutingLink({ number: { id, routing, formatted, capabilities } }: { number: OwnedNumber }) {
	const word = routingWord(routing);
	if (!capabilities.includes("Voice")) return <>{word}</>;
	return (
		<a class="link" href={`/numbers/routing?id=${encodeURIComponent(id)}`} title={`Where calls to ${formatted} go`}>
			{word}
			<span class="sr-only"> (where calls to {formatted} go)</span>
		</a>
	);
}

function Rent({ number }: { number: OwnedNumber }) {
	if (!number.isActive) return <State tone="warn" icon={Clock3} word="Not confirmed yet" />;
	return (
		<>
			<p>
				{money(number.monthlyPrice * 1_000_000)} <span class="text-muted">on {rentDay(number)}</span>
			</p>
			{number.rentDueSince && (
				<State tone="warn" icon={TriangleAlert} word={`Unpaid since ${day(number.rentDueSince)}`} />
			)}
		</>
	);
}

interface ActProps {
	icon: typeof Pencil;
	word: string;
	number: OwnedNumber;
	danger?: boolean;
	onAct: () => void;
}

function Act({ icon: Icon, word, number, danger = false, onAct }: ActProps) {
	return (
		<button
			type="button"
			class={`btn btn-ghost btn-sm btn-square ${danger ? "hover:text-error" : ""}`}
			title={word}
			aria-label={`${word} ${number.formatted}`}
			onClick={onAct}
		>
			<Icon size={15} aria-hidden />
		</button>
	);
}
