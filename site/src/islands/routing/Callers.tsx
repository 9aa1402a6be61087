import { useSignal } from "@preact/signals";
import { X } from "lucide-preact";
import { PhoneField } from "../../kit/PhoneField";
import { PickField } from "../../kit/PickField";
import { type Draft, type Manner, wrongAt } from "./draft";
import { MANNERS } from "./words";

const CHOICES = Object.entries(MANNERS) as [Manner, string][];

interface Props {
	draft: Draft;
	wrong: Record<string, string>;
	onChange: (change: Partial<Draft>) => void;
}

/** Who is refused, and what becomes of callers whom nobody knows. */
export function Callers({ draft, wrong, onChange }: Props) {
	const typed = useSignal<string | null>(null);
	const round = useSignal(0);
	const add = () => {
		if (!typed.value) return;
		onChange({ blocked: [...new Set([...draft.blocked, typed.value])] });
		typed.value = null;
		round.value++;
	};
	return (
		<div class="grid gap-4">
			<div class="grid gap-4 sm:grid-cols-2">
				<PickField
					label="Callers who hide their number"
					value={draft.anonymous}
					choices={CHOICES}
					onPick={(anonymous) => onChange({ anonymous })}
				/>
				<PickField
					label="Callers who are no contact of yours"
					value={draft.unknown}
					choices={CHOICES}
					onPick={(unknown) => onChange({ unknown })}
				/>
			</div>
			<fieldset class="grid gap-2">
				<legend class="mb-1 text-sm font-medium">Blocked callers</legend>
				{draft.blocked.length === 0 && <p class="text-muted text-sm">Nobody. A blocked caller hears a busy tone.</p>}
				{draft.blocked.length > 0 && (
					<ul class="flex flex-wrap gap-2">
						{draft.blocked.map((number) => (
							<li key={number} class="state phone py-1">
								{number}
								<button
									type="button"
									class="btn btn-ghost btn-xs btn-square size-6"
									aria-label={`Let ${number} call again`}
									onClick={() => onChange({ blocked: draft.blocked.filter((one) => one !== number) })}
								>
									<X size={13} aria-hidden />
								</button>
							</li>
						))}
					</ul>
				)}
				<div class="grid items-end gap-2 sm:grid-cols-[minmax(0,1fr)_auto]">
					<PhoneField
						key={round.value}
						label="Number to block"
						error={wrongAt(wrong, "blocked") || undefined}
						onPhone={(e164) => {
							typed.value = e164;
						}}
					/>
					<button type="button" class="btn btn-quiet" disabled={typed.value === null} onClick={add}>
						Block
					</button>
				</div>
			</fieldset>
		</div>
	);
}
