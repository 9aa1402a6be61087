import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { later } from "../../kit/later";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { walletQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import { money } from "../../lib/words";

const TopUpDialog = later(() => import("./TopUpDialog").then((part) => part.TopUpDialog));

/** What there is to spend, what is set aside, and the way to more. */
export function Balance() {
	const wallet = useRead(walletQuery);
	const toppingUp = useSignal(false);
	if (wallet.isError) return <Trouble what="Your balance did not load." error={wallet.error} again={wallet.again} />;
	if (wallet.isPending)
		return (
			<div class="card p-6">
				<TextSkeleton label="Loading your balance" />
			</div>
		);
	const { available, held, simulated } = wallet.data;
	return (
		<section class="card flex flex-wrap items-center gap-x-12 gap-y-5 p-5 lg:p-6" aria-label="Balance">
			<div>
				<h2 class="text-muted text-sm font-medium">To spend</h2>
				<p class="num text-3xl font-semibold">{money(available.amountMicros, available.currency)}</p>
			</div>
			<div>
				<h2 class="text-muted text-sm font-medium">Set aside for what is under way</h2>
				<p class="num text-xl">{money(held.amountMicros, held.currency)}</p>
			</div>
			<div class="ms-auto flex flex-col items-end gap-1.5 max-sm:ms-0 max-sm:w-full max-sm:items-stretch">
				<Action
					onClick={() => {
						toppingUp.value = true;
					}}
				>
					Top up
				</Action>
				{simulated && <p class="text-muted text-xs">Simulated payments: no card is charged</p>}
			</div>
			{toppingUp.value && (
				<TopUpDialog
					simulated={simulated}
					onClose={() => {
						toppingUp.value = false;
					}}
				/>
			)}
		</section>
	);
}
