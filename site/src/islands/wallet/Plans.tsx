import { useSignal } from "@preact/signals";
import { CircleCheck, Layers } from "lucide-preact";
import { Empty } from "../../kit/Empty";
import { TextSkeleton } from "../../kit/Skeleton";
import { State } from "../../kit/State";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { useRead } from "../../lib/use-read";
import type { Plan, Subscription } from "../../lib/wire";
import { money } from "../../lib/words";
import { PlanDialog } from "./PlanDialog";
import { YourPlan } from "./YourPlan";

/** The subscription of the account; null without one. */
async function readSubscription(): Promise<Subscription | null> {
	const [live = null] = await said(api.subscriptions.$get());
	return live;
}

/** What one can subscribe to, and what one has. */
export function Plans() {
	const plans = useRead({ key: ["plans"], read: () => said(api.plans.$get()) });
	const subscription = useRead({ key: ["subscription"], read: readSubscription });
	const choosing = useSignal<Plan | null>(null);
	if (plans.isError) return <Trouble what="The plans did not load." error={plans.error} again={plans.again} />;
	if (subscription.isError)
		return <Trouble what="Your plan did not load." error={subscription.error} again={subscription.again} />;
	if (plans.isPending || subscription.isPending)
		return (
			<div class="card p-6">
				<TextSkeleton lines={6} label="Loading the plans" />
			</div>
		);
	const live = subscription.data;
	if (plans.data.length === 0 && !live)
		return (
			<div class="card">
				<Empty icon={Layers} title="No plans are offered">
					You pay for what you use from your balance. Plans would include credit at a better price.
				</Empty>
			</div>
		);
	return (
		<>
			{live && <YourPlan live={live} plan={plans.data.find(({ id }) => id === live.planId)} />}
			<ul class="grid gap-4 lg:grid-cols-3" aria-label="Plans">
				{plans.data.map((plan) => (
					<PlanCard
						key={plan.id}
						plan={plan}
						isYours={live?.planId === plan.id}
						verb={live ? "Change to" : "Choose"}
						onChoose={() => {
							choosing.value = plan;
						}}
					/>
				))}
			</ul>
			<p class="text-muted text-sm">
				A plan's credit joins your balance with every month that is paid. Without a plan you pay for what you use.
			</p>
			{choosing.value && (
				<PlanDialog plan={choosing.value} isChange={live !== null} onClose={() => (choosing.value = null)} />
			)}
		</>
	);
}

interface CardProps {
	plan: Plan;
	isYours: boolean;
	verb: string;
	onChoose: () => void;
}

function PlanCard({ plan, isYours, verb, onChoose }: CardProps) {
	const { name, description, price, includedCredit } = plan;
	return (
		<li class="card flex flex-col gap-3 p-5">
			<div class="flex items-center justify-between gap-2">
				<h2 class="text-lg">{name}</h2>
				{isYours && <State tone="good" icon={CircleCheck} word="Your plan" />}
			</div>
			<p class="text-muted text-sm">{description}</p>
			<p>
				<span class="num text-2xl font-semibold">{money(price.amountMicros, price.currency)}</span>{" "}
				<span class="text-muted text-sm">a month</span>
			</p>
			<p class="text-sm">
				{includedCredit.amountMicros > 0
					? `${money(includedCredit.amountMicros, includedCredit.currency)} of credit every month`
					: "No credit included"}
			</p>
			<button type="button" class="btn btn-quiet mt-auto" disabled={isYours} onClick={onChoose}>
				{isYours ? "This is your plan" : `${verb} ${name}`}
			</button>
		</li>
	);
}
