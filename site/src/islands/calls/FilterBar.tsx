import { useSignal } from "@preact/signals";
import { Search, SlidersHorizontal, X } from "lucide-preact";
import { useEffect } from "preact/hooks";
import { numbersQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import { type Filter, isFiltered, lately } from "./filter";
import { KINDS, STATUS } from "./words";

interface Props {
	filter: Filter;
	onFilter: (change: Partial<Filter>) => void;
	onClear: () => void;
}

/** Which calls are shown. Narrow screens fold everything but the search away. */
export function FilterBar({ filter, onFilter, onClear }: Props) {
	const numbers = useRead(numbersQuery);
	const open = useSignal(false);
	const typed = useSignal(filter.q);
	useEffect(() => {
		typed.value = filter.q;
	}, [filter.q]);
	useEffect(() => {
		if (typed.value === filter.q) return;
		const timer = setTimeout(() => onFilter({ q: typed.value }), 300);
		return () => clearTimeout(timer);
	}, [typed.value]);
	const lines = (numbers.data ?? []).map(({ number, formatted, label }) => [number, label || formatted] as const);
	const known = filter.number && !lines.some(([number]) => number === filter.number) ? [filter.number] : [];
	return (
		<form
			class="mb-4 flex flex-wrap gap-2 max-sm:flex-col"
			aria-label="Filter the calls"
			onSubmit={(event) => event.preventDefault()}
		>
			<div class="flex min-w-0 flex-1 basis-56 items-center gap-2 sm:max-w-sm">
				<label class="input min-w-0 flex-1">
					<Search size={16} class="text-muted" aria-hidden />
					<input
						type="search"
						name="q"
						aria-label="Name or number"
						placeholder="Name or number"
						maxLength={100}
						value={typed}
						onInput={(event) => {
							typed.value = event.currentTarget.value;
						}}
					/>
				</label>
				<button
					type="button"
					class="btn btn-quiet sm:hidden"
					aria-expanded={open.value}
					onClick={() => {
						open.value = !open.value;
					}}
				>
					<SlidersHorizontal size={15} aria-hidden /> Filters
				</button>
			</div>
			<div class={`grid gap-2 sm:contents ${open.value ? "" : "max-sm:hidden"}`}>
				<Pick
					label="Direction"
					any="In and out"
					value={filter.direction}
					options={[
						["inbound", "Incoming"],
						["outbound", "Outgoing"],
					]}
					onPick={(direction) => onFilter({ direction })}
				/>
				<Pick
					label="Result"
					any="Any result"
					value={filter.status}
					options={Object.entries(STATUS).map(([name, { word }]) => [name, word] as const)}
					onPick={(status) => onFilter({ status })}
				/>
				<Pick
					label="Kind"
					any="Any kind"
					value={filter.kind}
					options={Object.entries(KINDS)}
					onPick={(kind) => onFilter({ kind })}
				/>
				<Pick
					label="Number"
					any="Any number"
					value={filter.number}
					options={[...lines, ...known.map((number) => [number, number] as const)]}
					onPick={(number) => onFilter({ number })}
				/>
				<Days filter={filter} onFilter={onFilter} />
			</div>
			{isFiltered(filter) && (
				<button type="button" class="btn btn-ghost" onClick={onClear}>
					<X size={15} aria-hidden /> Clear filters
				</button>
			)}
		</form>
	);
}

interface PickProps {
	label: string;
	any: string;
	value: string;
	options: readonly (readonly [string, string])[];
	onPick: (value: string) => void;
}

function Pick({ label, any, value, options, onPick }: PickProps) {
	return (
		<select
			class={`select sm:w-auto sm:max-w-34 ${value ? "border-primary" : ""}`}
			aria-label={label}
			value={value}
			onChange={(event) => onPick(event.currentTarget.value)}
		>
			<option value="">{any}</option>
			{options.map(([name, word]) => (
				<option key={name} value={name}>
					{word}
				</option>
			))}
		</select>
	);
}

const PERIODS = [
	["1", "Today"],
	["7", "Last 7 days"],
	["30", "Last 30 days"],
] as const;

/** A period that many ask for, or two days between which it was. */
function Days({ filter, onFilter }: Pick<Props, "filter" | "onFilter">) {
	const period = PERIODS.find(([days]) => !filter.to && filter.from === lately(Number(days)).from)?.[0];
	const certain = useSignal(false);
	const shown = certain.value || (period === undefined && !!(filter.from || filter.to));
	function pick(chosen: string) {
		certain.value = chosen === "certain";
		if (!certain.value) onFilter(chosen ? lately(Number(chosen)) : { from: "", to: "" });
	}
	return (
		<>
			<Pick
				label="Days"
				any="Any day"
				value={shown ? "certain" : (period ?? "")}
				options={[...PERIODS, ["certain", "Certain days"]]}
				onPick={pick}
			/>
			{shown && <Day label="From" value={filter.from} onPick={(from) => onFilter({ from })} />}
			{shown && <Day label="To" value={filter.to} onPick={(to) => onFilter({ to })} />}
		</>
	);
}

function Day({ label, value, onPick }: { label: string; value: string; onPick: (day: string) => void }) {
	return (
		<label class="input sm:w-auto">
			<span class="text-muted text-sm">{label}</span>
			<input type="date" value={value} onChange={(event) => onPick(event.currentTarget.value)} />
		</label>
	);
}
