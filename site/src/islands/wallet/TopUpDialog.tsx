import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Action } from "../../kit/Action";
import { Dialog } from "../../kit/Dialog";
import { Field } from "../../kit/Field";
import { api, once, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { keyAfter, newKey } from "../../lib/changes";
import { reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import { money } from "../../lib/words";

const AMOUNTS = [10, 25, 50, 100];

/** Pays money in: at once in simulation, otherwise on the payment provider's own page. */
export function TopUpDialog({ simulated, onClose }: { simulated: boolean; onClose: () => void }) {
	const dollars = useSignal("25");
	const busy = useSignal(false);
	const trouble = useSignal("");
	const key = useRef(newKey());
	const micros = Math.round(Number(dollars.value) * 100) * 10_000;
	const usable = Number.isFinite(micros) && micros >= 1_000_000 && micros <= 10_000_000_000;

	async function pay(event: Event) {
		event.preventDefault();
		if (!usable) {
			trouble.value = "Give an amount from $1 to $10,000.";
			return;
		}
		busy.value = true;
		trouble.value = "";
		try {
			const reply = await said(api.wallet["top-up"].$post({ json: { amountMicros: micros } }, once(key.current)));
			if ("checkoutUrl" in reply && reply.checkoutUrl) {
				location.assign(reply.checkoutUrl);
				return;
			}
			await changed("wallet");
			tell(
				reply.status === "pending"
					? `${money(micros)} is on its way. It joins your balance once the payment is confirmed.`
					: `${money(micros)} added to your balance.`,
			);
			onClose();
		} catch (error) {
			trouble.value = reasonOf(error);
			key.current = keyAfter(key.current, error);
			busy.value = false;
		}
	}

	return (
		<Dialog title="Top up" onClose={onClose}>
			<form onSubmit={pay} class="flex flex-col gap-4" noValidate>
				<div class="grid grid-cols-4 gap-2">
					{AMOUNTS.map((amount) => (
						<button
							key={amount}
							type="button"
							class={`btn ${dollars.value === String(amount) ? "btn-primary" : "btn-quiet"}`}
							aria-pressed={dollars.value === String(amount)}
							onClick={() => {
								dollars.value = String(amount);
							}}
						>
							${amount}
						</button>
					))}
				</div>
				<Field
					label="Amount in US dollars"
					error={trouble.value || undefined}
					hint={
						simulated
							? "Simulated: no card is asked for, and the balance buys simulated calls."
							: "You pay on the payment provider's page and come back here."
					}
				>
					<input
						class="input num"
						inputMode="decimal"
						value={dollars}
						onInput={(event) => {
							dollars.value = event.currentTarget.value.replace(",", ".");
						}}
					/>
				</Field>
				<div class="flex justify-end gap-2">
					<button type="button" class="btn btn-quiet" onClick={onClose}>
						Cancel
					</button>
					<Action type="submit" busy={busy.value} busyWord="Paying…">
						{usable ? `Add ${money(micros)}` : "Add to balance"}
					</Action>
				</div>
			</form>
		</Dialog>
	);
}
