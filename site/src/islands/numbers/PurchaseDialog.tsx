import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Action } from "../../kit/Action";
import { Dialog } from "../../kit/Dialog";
import { Field } from "../../kit/Field";
import { api, once, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { keyAfter, newKey } from "../../lib/changes";
import { walletQuery } from "../../lib/reads";
import { Refusal, reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import type { NumberOffer } from "../../lib/wire";
import { money } from "../../lib/words";

interface Props {
	offer: NumberOffer;
	onClose: () => void;
	onBought: () => void;
}

/** What a number costs after all, when a refusal says that it is not what was shown. */
function newPrice(error: unknown): number | null {
	if (!(error instanceof Refusal) || error.code !== "price_changed") return null;
	const price = Number(error.fields.monthlyPrice);
	return Number.isFinite(price) ? price : null;
}

/** Shows what a number costs and what is left afterwards, and buys it once, however often the button is pressed. */
export function PurchaseDialog({ offer, onClose, onBought }: Props) {
	const wallet = useRead(walletQuery);
	const key = useRef(newKey());
	const label = useSignal("");
	const busy = useSignal(false);
	const trouble = useSignal("");
	const quoted = useSignal(offer.monthlyPrice);
	const price = quoted.value * 1_000_000;
	const available = wallet.data?.available.amountMicros;
	const short = available !== undefined && available < price;

	async function buy(event: Event) {
		event.preventDefault();
		busy.value = true;
		trouble.value = "";
		try {
			const { number, city, state, country } = offer;
			const monthlyPrice = quoted.value;
			const bought = await said(
				api["phone-numbers"].purchase.$post(
					{ json: { number, label: label.value, city, state, country, monthlyPrice } },
					once(key.current),
				),
			);
			await changed("numbers", "wallet", "offers");
			tell(
				bought.status === "pending"
					? `${offer.formatted} is reserved. The carrier will confirm it.`
					: `${offer.formatted} is yours.`,
			);
			onBought();
		} catch (error) {
			const fresh = newPrice(error);
			if (fresh !== null) quoted.value = fresh;
			trouble.value =
				fresh === null ? reasonOf(error) : `The price has changed: it is now ${money(fresh * 1_000_000)} a month.`;
			key.current = keyAfter(key.current, error);
			busy.value = false;
		}
	}

	return (
		<Dialog title={`Buy ${offer.formatted}`} onClose={onClose}>
			<form onSubmit={buy} class="flex flex-col gap-4">
				<dl class="num grid grid-cols-[1fr_auto] gap-y-1.5 text-sm">
					<dt class="text-muted">First month, from your balance now</dt>
					<dd class="text-end font-medium">{money(price)}</dd>
					<dt class="text-muted">Balance</dt>
					<dd class="text-end">{available === undefined ? "…" : money(available)}</dd>
					<dt class="line text-muted border-t pt-1.5">Balance afterwards</dt>
					<dd class="line border-t pt-1.5 text-end font-medium">
						{available === undefined ? "…" : short ? "not enough" : money(available - price)}
					</dd>
				</dl>
				{short && (
					<p class="notice notice-warn">
						<span>
							Balance is {money(available ?? 0)}, this number costs {money(price)}.{" "}
							<a class="link" href="/wallet">
								Top up your wallet
							</a>{" "}
							first.
						</span>
					</p>
				)}
				<Field label="Label" optional hint="Only your team sees it.">
					<input
						class="input"
						maxLength={100}
						placeholder="Main line"
						value={label}
						onInput={(event) => {
							label.value = event.currentTarget.value;
						}}
					/>
				</Field>
				{trouble.value && (
					<p class="notice notice-bad" role="alert">
						{trouble}
					</p>
				)}
				<div class="flex justify-end gap-2">
					<button type="button" class="btn btn-quiet" onClick={onClose}>
						Cancel
					</button>
					<Action type="submit" busy={busy.value} busyWord="Buying…" disabled={short}>
						Buy for {money(price)} a month
					</Action>
				</div>
			</form>
		</Dialog>
	);
}
