import { useSignal } from "@preact/signals";
import { ArrowDownLeft, ArrowUpRight, Download, ReceiptText, Repeat2 } from "lucide-preact";
import { Action } from "../../kit/Action";
import { Empty } from "../../kit/Empty";
import { More } from "../../kit/More";
import { RowsSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { saveAs } from "../../lib/download";
import { tellTrouble } from "../../lib/toasts";
import { useReadPages } from "../../lib/use-read";
import type { WalletEntry } from "../../lib/wire";
import { moment, money } from "../../lib/words";
import { kindWord } from "./words";

/** What came and went. What was only set aside and came back is shown on demand: it changes no balance. */
export function Statement() {
	const holds = useSignal(false);
	const entries = useReadPages({
		key: ["wallet", "entries"],
		read: (cursor) => said(api.wallet.entries.$get({ query: { limit: "50", ...(cursor ? { cursor } : {}) } })),
	});
	if (entries.isPending) return <RowsSkeleton label="Loading the statement" />;
	if (entries.isError)
		return <Trouble what="The statement did not load." error={entries.error} again={entries.again} />;
	if (entries.items.length === 0)
		return (
			<div class="card">
				<Empty icon={ReceiptText} title="No movements yet">
					Every top-up, purchase and call stands here with the balance after it. Top up to begin.
				</Empty>
			</div>
		);
	const rows = entries.items.filter(({ change }) => holds.value || change.amountMicros !== 0);
	return (
		<section aria-labelledby="statement">
			<div class="mb-3 flex flex-wrap items-center justify-between gap-3">
				<h2 id="statement" class="me-auto text-lg">
					Statement
				</h2>
				<label class="flex min-h-8 items-center gap-2 text-sm">
					<input
						type="checkbox"
						class="checkbox checkbox-primary"
						checked={holds.value}
						onChange={(event) => {
							holds.value = event.currentTarget.checked;
						}}
					/>
					Show money set aside
				</label>
				<Export />
			</div>
			<EntryTable rows={rows} />
			<More of={entries}>Older entries</More>
		</section>
	);
}

function Export() {
	const busy = useSignal(false);
	async function save() {
		busy.value = true;
		await saveAs("/api/wallet/entries.csv", "wallet.csv").catch(tellTrouble);
		busy.value = false;
	}
	return (
		<Action look="btn-quiet btn-sm" busy={busy.value} busyWord="Exporting…" onClick={save}>
			<Download size={15} aria-hidden /> Export CSV
		</Action>
	);
}

function EntryTable({ rows }: { rows: WalletEntry[] }) {
	return (
		<div class="card overflow-hidden">
			<table class="table">
				<thead>
					<tr>
						<th scope="col">What</th>
						<th scope="col" class="max-md:hidden">
							When
						</th>
						<th scope="col" class="text-end">
							Amount
						</th>
						<th scope="col" class="text-end max-sm:hidden">
							Balance
						</th>
					</tr>
				</thead>
				<tbody>
					{rows.map((entry) => (
						<EntryRow key={entry.id} entry={entry} />
					))}
					{rows.length === 0 && (
						<tr>
							<td colSpan={4} class="text-muted">
								These entries only set money aside and gave it back.
							</td>
						</tr>
					)}
				</tbody>
			</table>
		</div>
	);
}

function EntryRow({ entry }: { entry: WalletEntry }) {
	const change = entry.change.amountMicros;
	const Sign = change > 0 ? ArrowDownLeft : change < 0 ? ArrowUpRight : Repeat2;
	const ink = change > 0 ? "text-success" : "";
	return (
		<tr>
			<td>
				<p class="flex items-center gap-2.5">
					<Sign size={15} class={`flex-none ${ink || "text-muted"}`} aria-hidden />
					<span class="min-w-0">
						{kindWord(entry.kind)}
						{entry.formatted && <span class="text-muted phone ms-2 max-sm:ms-0 max-sm:block">{entry.formatted}</span>}
					</span>
				</p>
				<time class="text-muted ms-6 text-xs md:hidden" dateTime={entry.createdAt}>
					{moment(entry.createdAt)}
				</time>
			</td>
			<td class="text-muted max-md:hidden">
				<time dateTime={entry.createdAt}>{moment(entry.createdAt)}</time>
			</td>
			<td class={`text-end whitespace-nowrap ${ink}`}>
				{change === 0 ? (
					<span class="text-muted">{money(entry.amount.amountMicros, entry.amount.currency)}</span>
				) : (
					`${change > 0 ? "+" : ""}${money(change, entry.change.currency)}`
				)}
			</td>
			<td class="text-end whitespace-nowrap max-sm:hidden">
				{money(entry.balanceAfter.amountMicros, entry.balanceAfter.currency)}
			</td>
		</tr>
	);
}
