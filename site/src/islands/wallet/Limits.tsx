import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { Field } from "../../kit/Field";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { Refusal, reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import type { WalletRules } from "../../lib/wire";
import { Section } from "../settings/Section";

/** The most that may be spent in a day, and when to be told that the balance is low. */
export function Limits() {
	const rules = useRead({ key: ["wallet", "rules"], read: () => said(api.wallet.rules.$get()) });
	return (
		<Section
			id="limits"
			title="Limits"
			lead="They hold for everybody who spends from this wallet. Rent is always paid."
		>
			{rules.isPending && <TextSkeleton lines={3} label="Loading your limits" />}
			{rules.isError && <Trouble what="Your limits did not load." error={rules.error} again={rules.again} />}
			{rules.data && <LimitsForm rules={rules.data} />}
		</Section>
	);
}

const dollars = (micros: number) => String(micros / 1_000_000);
/** What was typed as micros; null when it is no amount. */
function microsOf(text: string): number | null {
	const typed = Number(text.replace(",", "."));
	return text.trim() !== "" && Number.isFinite(typed) && typed >= 0 && typed <= 1_000_000
		? Math.round(typed * 1_000_000)
		: null;
}

function LimitsForm({ rules }: { rules: WalletRules }) {
	const capped = useSignal(rules.dailyCapMicros !== null);
	const busy = useSignal(false);
	const wrong = useSignal<Record<string, string>>({});
	const trouble = useSignal("");

	async function save(event: SubmitEvent) {
		event.preventDefault();
		const form = new FormData(event.currentTarget as HTMLFormElement);
		const dailyCapMicros = capped.value ? microsOf(String(form.get("cap") ?? "")) : null;
		const lowBalanceMicros = microsOf(String(form.get("low") ?? ""));
		const amount = "Give an amount from 0 to 1,000,000.";
		wrong.value = {
			...(capped.value && dailyCapMicros === null ? { dailyCapMicros: amount } : {}),
			...(lowBalanceMicros === null ? { lowBalanceMicros: amount } : {}),
		};
		if (Object.keys(wrong.value).length > 0 || lowBalanceMicros === null) return;
		busy.value = true;
		trouble.value = "";
		try {
			await said(api.wallet.rules.$patch({ json: { dailyCapMicros, lowBalanceMicros } }));
			await changed("wallet");
			tell("Your limits are saved.");
		} catch (error) {
			if (error instanceof Refusal) wrong.value = error.fields;
			if (Object.keys(wrong.value).length === 0) trouble.value = reasonOf(error);
		}
		busy.value = false;
	}

	return (
		<form onSubmit={save} class="flex max-w-md flex-col gap-4" noValidate>
			<label class="flex min-h-8 items-center gap-2 text-sm">
				<input
					type="checkbox"
					class="checkbox checkbox-primary"
					checked={capped.value}
					onChange={(event) => {
						capped.value = event.currentTarget.checked;
					}}
				/>
				Spend no more than an amount in a day (UTC)
			</label>
			{capped.value && (
				<Field label="At most a day, in US dollars" error={wrong.value.dailyCapMicros}>
					<input
						class="input num"
						name="cap"
						inputMode="decimal"
						defaultValue={rules.dailyCapMicros === null ? "50" : dollars(rules.dailyCapMicros)}
					/>
				</Field>
			)}
			<Field
				label="Tell me when the balance falls below, in US dollars"
				hint="Once a day, here and by mail."
				error={wrong.value.lowBalanceMicros}
			>
				<input class="input num" name="low" inputMode="decimal" defaultValue={dollars(rules.lowBalanceMicros)} />
			</Field>
			{trouble.value && (
				<p class="notice notice-bad" role="alert">
					{trouble}
				</p>
			)}
			<div>
				<Action type="submit" busy={busy.value} busyWord="Saving…">
					Save limits
				</Action>
			</div>
		</form>
	);
}
