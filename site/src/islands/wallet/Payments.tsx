import { CircleCheck, CircleX, Clock3, CreditCard, Undo2 } from "lucide-preact";
import { Empty } from "../../kit/Empty";
import { More } from "../../kit/More";
import { RowsSkeleton } from "../../kit/Skeleton";
import { State } from "../../kit/State";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { useReadPages } from "../../lib/use-read";
import type { Payment } from "../../lib/wire";
import { moment, money } from "../../lib/words";

/** Every payment: how much, what for, and what became of it. */
export function Payments() {
	const payments = useReadPages({
		key: ["payments"],
		read: (cursor) => said(api.payments.$get({ query: { limit: "50", ...(cursor ? { cursor } : {}) } })),
	});
	if (payments.isPending) return <RowsSkeleton columns={3} label="Loading your payments" />;
	if (payments.isError)
		return <Trouble what="Your payments did not load." error={payments.error} again={payments.again} />;
	if (payments.items.length === 0)
		return (
			<div class="card">
				<Empty icon={CreditCard} title="No payments yet">
					Top-ups and plans that you pay for stand here, with what became of each.
				</Empty>
			</div>
		);
	return (
		<>
			<div class="card overflow-hidden">
				<table class="table">
					<thead>
						<tr>
							<th scope="col">What</th>
							<th scope="col" class="max-md:hidden">
								When
							</th>
							<th scope="col" class="max-md:hidden">
								Method
							</th>
							<th scope="col">State</th>
							<th scope="col" class="text-end">
								Amount
							</th>
						</tr>
					</thead>
					<tbody>
						{payments.items.map((payment) => (
							<PaymentRow key={payment.id} payment={payment} />
						))}
					</tbody>
				</table>
			</div>
			<More of={payments} class="text-center">
				Older payments
			</More>
		</>
	);
}

function PaymentRow({ payment }: { payment: Payment }) {
	const { kind, plan, method, amount, refunded, createdAt, simulated } = payment;
	return (
		<tr>
			<td>
				<p>{kind === "top_up" ? "Top-up" : `Plan ${plan ?? ""}`}</p>
				<time class="text-muted text-xs md:hidden" dateTime={createdAt}>
					{moment(createdAt)}
				</time>
			</td>
			<td class="text-muted max-md:hidden">
				<time dateTime={createdAt}>{moment(createdAt)}</time>
			</td>
			<td class="text-muted max-md:hidden">{simulated ? "Simulated" : method || "–"}</td>
			<td>
				<PaymentState status={payment.status} />
			</td>
			<td class="text-end whitespace-nowrap">
				{money(amount.amountMicros, amount.currency)}
				{refunded.amountMicros > 0 && (
					<span class="text-muted block text-xs">{money(refunded.amountMicros, refunded.currency)} back</span>
				)}
			</td>
		</tr>
	);
}

function PaymentState({ status }: { status: string }) {
	if (status === "succeeded") return <State tone="good" icon={CircleCheck} word="Paid" />;
	if (status === "open") return <State tone="busy" icon={Clock3} word="Not paid yet" />;
	if (status === "refunded" || status === "disputed")
		return <State tone="warn" icon={Undo2} word={status === "refunded" ? "Refunded" : "Disputed"} />;
	return <State tone="plain" icon={CircleX} word={status === "expired" ? "Given up" : "Failed"} />;
}
