import { useSignal } from "@preact/signals";
import { CircleCheck, ExternalLink, TriangleAlert } from "lucide-preact";
import { Action } from "../../kit/Action";
import { Confirm } from "../../kit/Confirm";
import { State } from "../../kit/State";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell, tellTrouble } from "../../lib/toasts";
import type { Plan, Subscription } from "../../lib/wire";
import { day, money } from "../../lib/words";

/** The subscription as it stands, and the ways to end it, keep it, and see its invoices. */
export function YourPlan({ live, plan }: { live: Subscription; plan: Plan | undefined }) {
	const ending = useSignal(false);
	const busy = useSignal<"" | "keep" | "portal">("");
	const name = plan?.name ?? live.planId;
	const until = day(live.currentPeriodEnd);

	async function set(cancel: boolean) {
		await said(api.subscriptions.cancel.$post({ json: { cancel } }));
		await changed("subscription");
		tell(cancel ? `${name} ends on ${until}.` : `${name} goes on.`);
	}
	async function during(what: "keep" | "portal", work: () => Promise<unknown>) {
		busy.value = what;
		await work().catch(tellTrouble);
		busy.value = "";
	}
	const portal = async () => location.assign((await said(api.payments.portal.$post())).url);

	return (
		<section class="card flex flex-wrap items-center gap-x-12 gap-y-5 p-5" aria-labelledby="your-plan">
			<div class="me-auto min-w-0">
				<h2 id="your-plan" class="mb-1 flex flex-wrap items-center gap-2.5 text-lg">
					{name} <Standing live={live} />
				</h2>
				<p class="text-muted text-sm">
					{live.cancelAtPeriodEnd ? `Paid until ${until}, and ends then.` : `Renews on ${until}`}
					{!live.cancelAtPeriodEnd && plan && ` for ${money(plan.price.amountMicros, plan.price.currency)}.`}
					{live.simulated && " Simulated: no card is charged."}
				</p>
			</div>
			<div class="flex flex-wrap gap-2">
				{!live.simulated && (
					<Action look="btn-quiet" busy={busy.value === "portal"} onClick={() => during("portal", portal)}>
						<ExternalLink size={15} aria-hidden /> Invoices and cards
					</Action>
				)}
				{live.cancelAtPeriodEnd ? (
					<Action busy={busy.value === "keep"} onClick={() => during("keep", () => set(false))}>
						Keep {name}
					</Action>
				) : (
					<button
						type="button"
						class="btn btn-quiet"
						onClick={() => {
							ending.value = true;
						}}
					>
						Cancel plan
					</button>
				)}
			</div>
			{ending.value && (
				<Confirm
					title={`End ${name}?`}
					verb={`End on ${until}`}
					busyWord="Ending…"
					danger
					act={() => set(true)}
					onClose={() => (ending.value = false)}
				>
					<p>
						{name} stays yours until {until}, which is paid for, and is not renewed. Credit that you have keeps. You can
						change your mind until then.
					</p>
				</Confirm>
			)}
		</section>
	);
}

function Standing({ live: { status, cancelAtPeriodEnd } }: { live: Subscription }) {
	if (status === "active" || status === "trialing")
		return cancelAtPeriodEnd ? (
			<State tone="warn" icon={TriangleAlert} word="Ends soon" />
		) : (
			<State tone="good" icon={CircleCheck} word="Active" />
		);
	return <State tone="bad" icon={TriangleAlert} word={status.replaceAll("_", " ")} />;
}
