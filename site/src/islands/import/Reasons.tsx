import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { CountrySelect } from "../../kit/CountrySelect";
import { homeCountry } from "../../lib/countries";
import type { ImportReport } from "../../lib/wire";
import { count } from "../../lib/words";

/** What is done to all rows with one reason. */
export interface Fix {
	reason: string;
	country: string;
	dropExtensions?: boolean;
}

interface Props {
	reasons: ImportReport["reasons"];
	busy: boolean;
	onFix: (fix: Fix) => void;
}

/** Why rows could not be used, how many of each, and what can be done to all of a kind at once. */
export function Reasons({ reasons, busy, onFix }: Props) {
	return (
		<ul class="card mb-3 divide-y divide-[var(--line)]" aria-label="Why rows could not be used">
			{reasons.map(({ reason, message, count: rows }) => (
				<li key={reason} class="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
					<p class="min-w-0 flex-1 basis-64 text-sm">
						<span class="num me-2 text-base font-semibold">{count(rows)}</span>
						{message}
					</p>
					<OneFix reason={reason} message={message} busy={busy} onFix={onFix} />
				</li>
			))}
		</ul>
	);
}

const NATIONAL = ["needs_country", "unknown_country", "invalid_number"];

function OneFix({ reason, message, busy, onFix }: { reason: string; message: string } & Omit<Props, "reasons">) {
	const country = useSignal(homeCountry());
	const fix = (more: Partial<Fix>) => onFix({ reason, country: country.value, ...more });
	if (reason === "has_extension")
		return (
			<Action
				look="btn-quiet btn-sm"
				busy={busy}
				busyWord="Reading again…"
				onClick={() => fix({ dropExtensions: true })}
			>
				Drop the extensions
			</Action>
		);
	if (!NATIONAL.includes(reason)) return null;
	return (
		<div class="flex flex-wrap items-center gap-2">
			<CountrySelect
				class="select-sm max-w-52"
				aria-label={`Country of all rows of this kind: ${message}`}
				calling
				value={country.value}
				onPick={(picked) => {
					country.value = picked;
				}}
			/>
			<Action look="btn-quiet btn-sm" busy={busy} busyWord="Reading again…" onClick={() => fix({})}>
				Fix all like this
			</Action>
		</div>
	);
}
