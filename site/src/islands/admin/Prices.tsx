import { useSignal } from "@preact/signals";
import { Pencil, Plus, Trash2 } from "lucide-preact";
import { Confirm } from "../../kit/Confirm";
import { RowsSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import type { Price } from "../../lib/wire";
import { country as countryName, money } from "../../lib/words";
import { ITEMS, PriceDialog } from "./PriceDialog";

const isGeneral = ({ country, lineType }: Price) => country === "*" && lineType === "*";
const wherefor = ({ country, lineType }: Price) =>
	`${country === "*" ? "Everywhere else" : countryName(country)}${lineType === "*" ? "" : `, ${lineType}`}`;

/** What everything costs: the exact country goes before everywhere else, then the exact type of line. */
export function Prices() {
	const prices = useRead({ key: ["prices"], read: () => said(api.prices.$get()) });
	const item = useSignal<Price["item"]>("number_month");
	const editing = useSignal<Price | "new" | null>(null);
	const removing = useSignal<Price | null>(null);
	if (prices.isPending) return <RowsSkeleton columns={3} label="Loading the price book" />;
	if (prices.isError) return <Trouble what="The price book did not load." error={prices.error} again={prices.again} />;
	const shown = prices.data.filter((price) => price.item === item.value);
	return (
		<section aria-labelledby="prices">
			<div class="mb-3 flex flex-wrap items-center gap-3">
				<h2 id="prices" class="me-auto text-lg">
					Price book
				</h2>
				<select
					class="select max-w-sm"
					aria-label="Prices of"
					value={item.value}
					onChange={(event) => {
						item.value = ITEMS.find(([name]) => name === event.currentTarget.value)?.[0] ?? "number_month";
					}}
				>
					{ITEMS.map(([name, word]) => (
						<option key={name} value={name}>
							{word}
						</option>
					))}
				</select>
				<button
					type="button"
					class="btn btn-primary"
					onClick={() => {
						editing.value = "new";
					}}
				>
					<Plus size={16} aria-hidden /> Add price
				</button>
			</div>
			<ul class="card divide-y divide-[var(--line)] overflow-hidden">
				{shown.map((price) => (
					<li key={`${price.country} ${price.lineType}`} class="flex items-center gap-4 px-4 py-2 text-sm">
						<span class="min-w-0 flex-1">{wherefor(price)}</span>
						<span class="num font-medium">{money(price.amountMicros)}</span>
						<span class="whitespace-nowrap">
							<button
								type="button"
								class="btn btn-ghost btn-sm btn-square"
								aria-label={`Change price: ${wherefor(price)}`}
								onClick={() => {
									editing.value = price;
								}}
							>
								<Pencil size={15} aria-hidden />
							</button>
							<button
								type="button"
								class="btn btn-ghost btn-sm btn-square hover:text-error"
								aria-label={`Remove price: ${wherefor(price)}`}
								disabled={isGeneral(price)}
								onClick={() => {
									removing.value = price;
								}}
							>
								<Trash2 size={15} aria-hidden />
							</button>
						</span>
					</li>
				))}
			</ul>
			{editing.value && (
				<PriceDialog
					price={editing.value === "new" ? null : editing.value}
					item={item.value}
					onClose={() => (editing.value = null)}
				/>
			)}
			{removing.value && <RemoveDialog price={removing.value} onClose={() => (removing.value = null)} />}
		</section>
	);
}

function RemoveDialog({ price, onClose }: { price: Price; onClose: () => void }) {
	const { item, country, lineType } = price;
	async function remove() {
		await said(api.admin.prices.$delete({ query: { item, country, lineType } }));
		await changed("prices");
		tell("The price is removed.");
	}
	return (
		<Confirm title="Remove this price?" verb="Remove price" busyWord="Removing…" danger act={remove} onClose={onClose}>
			<p>
				{wherefor(price)} then costs what the more general price says. Numbers that are rented already keep their price.
			</p>
		</Confirm>
	);
}
