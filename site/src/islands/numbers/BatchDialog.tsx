import { useSignal } from "@preact/signals";
import { CircleCheck, CircleX, Clock3 } from "lucide-preact";
import { useRef } from "preact/hooks";
import { Action } from "../../kit/Action";
import { Dialog } from "../../kit/Dialog";
import { Field } from "../../kit/Field";
import { State } from "../../kit/State";
import { api, once, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { keyAfter, newKey } from "../../lib/changes";
import { walletQuery } from "../../lib/reads";
import { reasonOf } from "../../lib/refusal";
import { useRead } from "../../lib/use-read";
import type { NumberBatch } from "../../lib/wire";
import { counted, country as countryName, money } from "../../lib/words";

export interface Wish {
	country: string;
	type?: string;
	areaCode?: string;
	contains?: string;
	voice?: string;
	sms?: string;
	mms?: string;
}

interface Props {
	/** What the search asks for: the numbers are any that fit it. */
	wish: Wish;
	/** What one of them costs a month, in micros. */
	price: number;
	onClose: () => void;
}

const MOST = 50;
const TYPES = ["local", "mobile", "tollfree"] as const;
const ABILITIES = ["voice", "sms", "mms"] as const;

function orderOf({ country, type, areaCode, contains, ...wish }: Wish, count: number) {
	const capabilities = ABILITIES.filter((ability) => wish[ability] === "true");
	return {
		country,
		type: TYPES.find((known) => known === type) ?? ("local" as const),
		count,
		...(areaCode ? { areaCode } : {}),
		...(contains ? { contains } : {}),
		...(capabilities.length > 0 ? { capabilities } : {}),
	};
}

/** Buys several numbers that fit the search, and shows of each how it went. What was not bought is not charged. */
export function BatchDialog({ wish, price, onClose }: Props) {
	const batch = useSignal<NumberBatch | null>(null);
	return (
		<Dialog title={batch.value ? "How it went" : `Buy several in ${countryName(wish.country)}`} onClose={onClose}>
			{batch.value ? (
				<Result first={batch.value} onClose={onClose} />
			) : (
				<Order
					wish={wish}
					price={price}
					onClose={onClose}
					onBought={(told) => {
						batch.value = told;
					}}
				/>
			)}
		</Dialog>
	);
}

function Order({ wish, price, onClose, onBought }: Props & { onBought: (batch: NumberBatch) => void }) {
	const wallet = useRead(walletQuery);
	const typed = useSignal("5");
	const busy = useSignal(false);
	const trouble = useSignal("");
	const key = useRef(newKey());
	const count = Number(typed.value);
	const fits = Number.isInteger(count) && count >= 1 && count <= MOST;
	const available = wallet.data?.available.amountMicros ?? 0;
	const affordable = price > 0 ? Math.floor(available / price) : MOST;

	async function buy(event: Event) {
		event.preventDefault();
		if (!fits) {
			trouble.value = `Give a number from 1 to ${MOST}.`;
			return;
		}
		busy.value = true;
		trouble.value = "";
		try {
			const told = await said(
				api["phone-numbers"].purchase.batch.$post({ json: orderOf(wish, count) }, once(key.current)),
			);
			void changed("numbers", "wallet", "offers");
			if ("batchId" in told) onBought(told);
			else trouble.value = "The carrier has not confirmed yet. The numbers join your list once it has.";
		} catch (error) {
			trouble.value = reasonOf(error);
			key.current = keyAfter(key.current, error);
		}
		busy.value = false;
	}

	return (
		<form onSubmit={buy} class="flex flex-col gap-4" noValidate>
			<p class="text-muted text-sm">
				Any numbers that fit your search. Each is bought on its own: one that fails is not charged.
			</p>
			<Field label="How many" error={trouble.value || undefined} hint={`At most ${MOST} at a time.`}>
				<input
					class="input num"
					inputMode="numeric"
					value={typed}
					onInput={(event) => {
						typed.value = event.currentTarget.value.replace(/\D/g, "");
						key.current = newKey();
					}}
				/>
			</Field>
			<dl class="num grid grid-cols-[1fr_auto] gap-y-1.5 text-sm">
				<dt class="text-muted">Each, a month</dt>
				<dd class="text-end">{money(price)}</dd>
				<dt class="text-muted">First month, from your balance now</dt>
				<dd class="text-end font-medium">{fits ? money(price * count) : "…"}</dd>
				<dt class="text-muted">Balance</dt>
				<dd class="text-end">{wallet.data ? money(available) : "…"}</dd>
			</dl>
			{wallet.data && fits && affordable < count && (
				<p class="notice notice-warn">
					<span>
						Your balance is enough for {counted(affordable, "number")}.{" "}
						<a class="link" href="/wallet">
							Top up your wallet
						</a>{" "}
						for all {count}.
					</span>
				</p>
			)}
			<div class="flex justify-end gap-2">
				<button type="button" class="btn btn-quiet" onClick={onClose}>
					Cancel
				</button>
				<Action type="submit" busy={busy.value} busyWord={`Buying ${count}…`} disabled={wallet.data && affordable < 1}>
					{fits ? `Buy ${counted(count, "number")}` : "Buy"}
				</Action>
			</div>
		</form>
	);
}

/** Each number with how it went; what the carrier has not confirmed is asked for until it has. */
function Result({ first, onClose }: { first: NumberBatch; onClose: () => void }) {
	const later = useRead({
		key: ["batch", first.batchId],
		read: () => said(api["phone-numbers"].purchase.batch[":id"].$get({ param: { id: first.batchId } })),
		enabled: first.pending > 0,
		every: (now) => (now && now.pending === 0 ? false : 3_000),
	});
	const batch = later.data ?? first;
	return (
		<div class="flex flex-col gap-4">
			<p role="status">
				<strong>
					{batch.purchased} of {counted(batch.requested, "number")} bought
				</strong>{" "}
				for {money(batch.spent.amountMicros, batch.spent.currency)}.
				{batch.failed > 0 && ` ${batch.failed} failed and cost nothing.`}
				{batch.pending > 0 && ` ${batch.pending} wait for the carrier.`}
			</p>
			<ul class="card max-h-80 divide-y divide-[var(--line)] overflow-y-auto">
				{batch.results.map((result, at) => (
					<li key={at} class="flex items-center gap-4 px-4 py-2.5 text-sm">
						<span class="phone min-w-0 flex-1 font-medium">
							{result.phoneNumber?.formatted ?? result.number ?? "–"}
						</span>
						{result.status === "purchased" && <State tone="good" icon={CircleCheck} word="Bought" />}
						{result.status === "pending" && <State tone="warn" icon={Clock3} word="Not confirmed yet" />}
						{result.status === "failed" && <State tone="bad" icon={CircleX} word="Not bought" />}
					</li>
				))}
			</ul>
			<Reasons batch={batch} />
			<div class="flex justify-end gap-2">
				<button type="button" class="btn btn-quiet" onClick={onClose}>
					Close
				</button>
				<a class="btn btn-primary" href="/numbers">
					My numbers
				</a>
			</div>
		</div>
	);
}

function Reasons({ batch }: { batch: NumberBatch }) {
	const reasons = new Set(batch.results.flatMap(({ error }) => (error ? [error.message] : [])));
	if (reasons.size === 0) return null;
	return <p class="notice notice-warn">{[...reasons].join(" ")}</p>;
}
