import { useRef } from "preact/hooks";
import { Confirm } from "../../kit/Confirm";
import { api, once, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { keyAfter, newKey } from "../../lib/changes";
import { walletQuery } from "../../lib/reads";
import { tell } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import type { Plan } from "../../lib/wire";
import { money } from "../../lib/words";

interface Props {
	plan: Plan;
	/** There is a subscription already, which moves to this plan. */
	isChange: boolean;
	onClose: () => void;
}

/** Subscribes, or changes the plan. Who has to pay first is led to the payment provider's page. */
export function PlanDialog({ plan, isChange, onClose }: Props) {
	const wallet = useRead(walletQuery);
	const key = useRef(newKey());
	const price = money(plan.price.amountMicros, plan.price.currency);

	async function subscribe() {
		try {
			const reply = await said(api.subscriptions.$post({ json: { planId: plan.id } }, once(key.current)));
			if (reply.status === "checkout" && reply.checkoutUrl) {
				location.assign(reply.checkoutUrl);
				return;
			}
			await changed("subscription", "payments", "wallet");
			tell(
				reply.status === "pending" ? "Your plan starts once the payment is confirmed." : `${plan.name} is your plan.`,
			);
		} catch (error) {
			key.current = keyAfter(key.current, error);
			throw error;
		}
	}

	return (
		<Confirm
			title={isChange ? `Change to ${plan.name}?` : `Subscribe to ${plan.name}?`}
			verb={isChange ? `Change to ${plan.name}` : `Subscribe for ${price} a month`}
			busyWord="One moment…"
			act={subscribe}
			onClose={onClose}
		>
			<p>
				{plan.name} costs {price} a month and adds{" "}
				{money(plan.includedCredit.amountMicros, plan.includedCredit.currency)} to your balance with every month that is
				paid. You can end it with any month.
			</p>
			<p class="mt-2">
				{wallet.data?.simulated
					? "Simulated payments: no card is charged."
					: isChange
						? "The payment provider charges or credits the difference."
						: "You pay on the payment provider's page and come back here."}
			</p>
		</Confirm>
	);
}
