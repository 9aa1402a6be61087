import { useSignal } from "@preact/signals";
import { Check, Clock, RotateCcw, X } from "lucide-preact";
import { Action } from "../../kit/Action";
import { More } from "../../kit/More";
import { TextSkeleton } from "../../kit/Skeleton";
import { State } from "../../kit/State";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell, tellTrouble } from "../../lib/toasts";
import { useReadPages } from "../../lib/use-read";
import type { Delivery } from "../../lib/wire";
import { ago, counted, moment } from "../../lib/words";

const LOOKS = {
	delivered: { tone: "good", icon: Check, word: "Arrived" },
	pending: { tone: "busy", icon: Clock, word: "On its way" },
	failed: { tone: "bad", icon: X, word: "Given up" },
} as const;

/** What was sent to a webhook, the latest first, each with what came of it. */
export function Deliveries({ webhookId: id }: { webhookId: string }) {
	const log = useReadPages({
		key: ["deliveries", id],
		read: (cursor) =>
			said(
				api.webhooks[":id"].deliveries.$get({ param: { id }, query: { limit: "20", ...(cursor ? { cursor } : {}) } }),
			),
	});
	return (
		<section aria-labelledby="deliveries">
			<h3 id="deliveries" class="mb-2 text-base">
				Delivery log
			</h3>
			{log.isPending && <TextSkeleton lines={3} label="Loading the log" />}
			{log.isError && <Trouble what="The log did not load." error={log.error} again={log.again} />}
			{log.data && log.items.length === 0 && (
				<p class="text-muted text-sm">Nothing was sent yet. Send a test event to see whether it arrives.</p>
			)}
			<ul class="divide-y divide-[var(--line)]">
				{log.items.map((delivery) => (
					<DeliveryRow key={delivery.id} delivery={delivery} />
				))}
			</ul>
			<More of={log} look="btn-quiet btn-sm" class="">
				Earlier ones
			</More>
		</section>
	);
}

function DeliveryRow({ delivery }: { delivery: Delivery }) {
	const busy = useSignal(false);
	const { id, webhookId, type, status, createdAt, payload } = delivery;
	async function again() {
		busy.value = true;
		try {
			await said(
				api.webhooks[":id"].deliveries[":deliveryId"].replay.$post({ param: { id: webhookId, deliveryId: id } }),
			);
			tell("It is sent again.");
			await changed("deliveries");
		} catch (error) {
			tellTrouble(error);
		} finally {
			busy.value = false;
		}
	}
	return (
		<li class="py-2.5">
			<div class="flex flex-wrap items-center gap-x-3 gap-y-1">
				<code class="font-mono text-sm">{type}</code>
				<time class="text-muted text-xs" dateTime={createdAt}>
					{moment(createdAt)}
				</time>
				<span class="ms-auto">
					<State {...LOOKS[status]} />
				</span>
				<Action
					look="btn-ghost btn-sm btn-square"
					busy={busy.value}
					aria-label={`Send ${type} again`}
					title="Send again"
					onClick={again}
				>
					<RotateCcw size={15} aria-hidden />
				</Action>
			</div>
			<p class="text-muted text-xs">{whatCame(delivery)}</p>
			<details class="mt-1">
				<summary class="link text-xs">What was sent</summary>
				<pre class="bg-base-200 mt-1 overflow-x-auto rounded-field p-3 font-mono text-xs">
					{JSON.stringify(payload, null, 2)}
				</pre>
			</details>
		</li>
	);
}

function whatCame({ attempts, answerStatus, answerMs, error, nextAttemptAt }: Delivery): string {
	const tries = counted(attempts, "try", "tries");
	if (error)
		return [`${tries}. ${error}.`, nextAttemptAt && `Next one ${ago(nextAttemptAt)}.`].filter(Boolean).join(" ");
	return answerStatus === null ? "Not sent yet." : `${tries}. Answered ${answerStatus} in ${answerMs} ms.`;
}
