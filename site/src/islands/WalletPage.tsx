import { useSignal } from "@preact/signals";
import { ArrowDownLeft, ArrowUpRight, ReceiptText, Repeat2 } from "lucide-preact";
import { Action } from "../kit/Action";
import { Empty } from "../kit/Empty";
import { later } from "../kit/later";
import { RowsSkeleton, TextSkeleton } from "../kit/Skeleton";
import { Trouble } from "../kit/Trouble";
import { api, said } from "../lib/api";
import { walletQuery } from "../lib/reads";
import { tellTrouble } from "../lib/toasts";
import { useRead, useReadPages } from "../lib/use-read";
import type { WalletEntry } from "../lib/wire";
import { moment, money } from "../lib/words";
import { kindWord } from "./wallet/words";

const TopUpDialog = later(() => import("./wallet/TopUpDialog").then((part) => part.TopUpDialog));

/** What the account has, what is set aside, and every movement that made it so. */
export function WalletPage() {
	const wallet = useRead(walletQuery);
	const toppingUp = useSignal(false);
	return (
		<div class="flex flex-col gap-6">
			{wallet.isError && <Trouble what="Your balance did not load." error={wallet.error} again={wallet.again} />}
			{wallet.isPending && (
				<div class="card p-6">
					<TextSkeleton label="Loading your balance" />
				</div>
			)}
			{wallet.data && (
				<section class="card flex flex-wrap items-center gap-x-12 gap-y-5 p-5 lg:p-6" aria-label="Balance">
					<div>
						<h2 class="text-muted text-sm font-medium">To spend</h2>
						<p class="num text-3xl font-semibold">
							{money(wallet.data.available.amountMicros, wallet.data.available.currency)}
						</p>
					</div>
					<div>
						<h2 class="text-muted text-sm font-medium">Set aside for calls under way</h2>
						<p class="num text-xl">{money(wallet.data.held.amountMicros, wallet.data.held.currency)}</p>
					</div>
					<div class="ms-auto flex flex-col items-end gap-1.5 max-sm:ms-0 max-sm:w-full max-sm:items-stretch">
						<Action
							onClick={() => {
								toppingUp.value = true;
							}}
						>
							Top up
						</Action>
						{wallet.data.simulated && <p class="text-muted text-xs">Simulated payments: no card is charged</p>}
					</div>
				</section>
			)}
			<Statement />
			{toppingUp.value && (
				<TopUpDialog
					simulated={wallet.data?.simulated ?? false}
					onClose={() => {
						toppingUp.value = false;
					}}
				/>
			)}
		</div>
	);
}

/** What came and went. What was only set aside and came back is shown on demand: it changes no balance. */
function Statement() {
	const holds = useSignal(false);
	const entries = useReadPages({
		key: ["wallet", "entries"],
		read: (cursor) => said(api.wallet.entries.$get({ query: { limit: "50", ...(cursor ? { cursor } : {}) } })),
	});
	if (entries.isPending) return <RowsSkeleton label="Loading the statement" />;
	if (entries.isError)
		return <Trouble what="The statement did not load." error={entries.error} again={entries.again} />;
	const all = entries.items;
	const rows = all.filter(({ change }) => holds.value || change.amountMicros !== 0);
	if (all.length === 0)
		return (
			<div class="card">
				<Empty icon={ReceiptText} title="No movements yet">
					Every top-up, purchase and call stands here with the balance after it. Top up to begin.
				</Empty>
			</div>
		);
	return (
		<section aria-labelledby="statement">
			<div class="mb-3 flex flex-wrap items-center justify-between gap-3">
				<h2 id="statement" class="text-lg">
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
			</div>
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
					</tbody>
				</table>
			</div>
			{entries.hasMore && (
				<div class="mt-4 text-center">
					<Action
						look="btn-quiet"
						busy={entries.isLoadingMore}
						busyWord="Loading…"
						onClick={() => entries.more().catch(tellTrouble)}
					>
						Older entries
					</Action>
				</div>
			)}
		</section>
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
						{entry.memo && <span class="text-muted phone ms-2 max-sm:ms-0 max-sm:block">{entry.memo}</span>}
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
