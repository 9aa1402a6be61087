import { useSignal } from "@preact/signals";
import { CircleCheck, PhoneIncoming } from "lucide-preact";
import { Confirm } from "../../kit/Confirm";
import { Empty } from "../../kit/Empty";
import { Field } from "../../kit/Field";
import { RowsSkeleton } from "../../kit/Skeleton";
import { State } from "../../kit/State";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import type { CarrierLine } from "../../lib/wire";
import { Abilities } from "../numbers/Abilities";

/** The lines that the installation has at the carrier, whoever bought them, and the way to take one over. */
export function CarrierLines() {
	const lines = useRead({ key: ["admin", "lines"], read: () => said(api.admin.carrier.lines.$get()) });
	const adopting = useSignal<CarrierLine | null>(null);
	if (lines.isPending) return <RowsSkeleton columns={3} label="Asking the carrier for its lines" />;
	if (lines.isError)
		return <Trouble what="The carrier's lines did not load." error={lines.error} again={lines.again} />;
	if (lines.data.length === 0)
		return (
			<div class="card">
				<Empty icon={PhoneIncoming} title="No lines at the carrier">
					Lines that this carrier account has already, bought here or elsewhere, stand here. One that nobody here uses
					can be adopted.
				</Empty>
			</div>
		);
	return (
		<section aria-labelledby="lines">
			<h2 id="lines" class="mb-3 text-lg">
				Lines at the carrier
			</h2>
			<ul class="card divide-y divide-[var(--line)] overflow-hidden">
				{lines.data.map((line) => (
					<li key={line.ref} class="flex flex-wrap items-center gap-4 px-4 py-2.5 text-sm">
						<span class="phone me-auto font-medium">{line.formatted}</span>
						<Abilities capabilities={abilityWords(line)} />
						{line.accountId === null ? (
							<button
								type="button"
								class="btn btn-quiet btn-sm"
								aria-label={`Adopt ${line.formatted}`}
								onClick={() => {
									adopting.value = line;
								}}
							>
								Adopt
							</button>
						) : (
							<State tone="good" icon={CircleCheck} word="In use" />
						)}
					</li>
				))}
			</ul>
			{adopting.value && <AdoptDialog line={adopting.value} onClose={() => (adopting.value = null)} />}
		</section>
	);
}

function abilityWords({ capabilities: { sms, voice, mms } }: CarrierLine): string[] {
	return [sms && "SMS", voice && "Voice", mms && "MMS"].filter((word) => word !== false);
}

function AdoptDialog({ line, onClose }: { line: CarrierLine; onClose: () => void }) {
	const label = useSignal("");
	const userId = useSignal("");
	async function adopt() {
		const json = { label: label.value.trim(), ...(userId.value.trim() ? { userId: userId.value.trim() } : {}) };
		await said(api.admin.carrier.lines[":ref"].adopt.$post({ param: { ref: line.ref }, json }));
		await changed("admin", "numbers");
		tell(`${line.formatted} is adopted.`);
	}
	return (
		<Confirm title={`Adopt ${line.formatted}?`} verb="Adopt line" busyWord="Adopting…" act={adopt} onClose={onClose}>
			<p class="mb-3">
				Its calls and texts come here from now on. What it was set to before is remembered and restored when it is
				released. The first month is free; rent follows the price book.
			</p>
			<div class="flex flex-col gap-3">
				<Field label="Label" optional>
					<input
						class="input"
						maxLength={100}
						value={label}
						onInput={(event) => {
							label.value = event.currentTarget.value;
						}}
					/>
				</Field>
				<Field label="For the account" optional hint="A user id; without one it becomes yours.">
					<input
						class="input"
						value={userId}
						onInput={(event) => {
							userId.value = event.currentTarget.value;
						}}
					/>
				</Field>
			</div>
		</Confirm>
	);
}
