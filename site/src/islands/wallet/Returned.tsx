import { useSignal } from "@preact/signals";
import { CircleCheck, Clock3, TriangleAlert } from "lucide-preact";
import { useEffect } from "preact/hooks";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { whileDeaf } from "../../lib/live";
import { useRead } from "../../lib/use-read";
import { money } from "../../lib/words";

/** How often to look when the news of the payment does not come by itself. */
const EVERY_MS = 3_000;

/** For who comes back from the page of the payment provider: whether the money has arrived. What the address says proves nothing. */
export function Returned() {
	const query = new URLSearchParams(location.search);
	const paid = useSignal(query.get("paid"));
	const plan = useSignal(query.get("subscribed"));
	useEffect(() => {
		if (paid.value || plan.value) history.replaceState(history.state, "", location.pathname);
	}, []);
	if (plan.value)
		return (
			<p class="notice" role="status">
				<Clock3 size={16} aria-hidden />
				<span>
					Thank you. Your plan starts once the payment is confirmed, usually within seconds. It then stands under{" "}
					<a class="link" href="?part=plans" data-astro-reload>
						Plans
					</a>
					.
				</span>
			</p>
		);
	return paid.value ? <Paid id={paid.value} /> : null;
}

function Paid({ id }: { id: string }) {
	const payments = useRead({
		key: ["payments", "newest"],
		read: () => said(api.payments.$get({ query: { limit: "20" } })),
		every: (now) => (stateOf(now?.items, id) === "open" ? whileDeaf(EVERY_MS) : false),
	});
	const payment = payments.data?.items.find((one) => one.id === id);
	const state = payment?.status ?? "open";
	useEffect(() => {
		if (state === "succeeded") void changed("wallet");
	}, [state]);
	if (payments.data && !payment) return null;
	const amount = payment ? money(payment.amount.amountMicros, payment.amount.currency) : "Your payment";
	if (state === "succeeded")
		return (
			<p class="notice" role="status">
				<CircleCheck size={16} class="text-success" aria-hidden /> {amount} arrived. Thank you.
			</p>
		);
	if (state === "open")
		return (
			<p class="notice" role="status">
				<Clock3 size={16} aria-hidden /> {amount} is on its way. It joins your balance once the payment is confirmed.
			</p>
		);
	return (
		<p class="notice notice-warn" role="status">
			<TriangleAlert size={16} aria-hidden /> {amount} was not paid. Nothing was taken; you can try again.
		</p>
	);
}

function stateOf(items: { id: string; status: string }[] | undefined, id: string): string {
	return items?.find((one) => one.id === id)?.status ?? "open";
}
