import { useSignal } from "@preact/signals";
import { Dialog } from "../../kit/Dialog";
import { DialogFoot } from "../../kit/DialogFoot";
import { Field } from "../../kit/Field";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { Refusal, reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import type { PlanOnFile } from "../../lib/wire";

const idOf = (name: string) =>
	name
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, "-")
		.replace(/^-|-$/g, "")
		.slice(0, 40);
const micros = (text: FormDataEntryValue | null) =>
	Math.round(Number(String(text ?? "").replace(",", ".")) * 100) * 10_000;

/** Makes or changes a plan: what it costs a month, and the credit that comes with it. */
export function PlanForm({ plan, onClose }: { plan: PlanOnFile | null; onClose: () => void }) {
	const busy = useSignal(false);
	const wrong = useSignal<Record<string, string>>({});
	const trouble = useSignal("");

	async function save(event: SubmitEvent) {
		event.preventDefault();
		const form = new FormData(event.currentTarget as HTMLFormElement);
		const name = String(form.get("name") ?? "").trim();
		const id = plan?.id ?? idOf(name);
		if (!id) {
			wrong.value = { name: "Give it a name with letters or digits." };
			return;
		}
		busy.value = true;
		wrong.value = {};
		trouble.value = "";
		try {
			await said(
				api.admin.plans[":id{[a-z0-9-]{1,40}}"].$put({
					param: { id },
					json: {
						name,
						description: String(form.get("description") ?? "").trim(),
						priceMicros: micros(form.get("price")),
						creditMicros: micros(form.get("credit")),
						isOffered: form.get("offered") !== null,
						position: plan?.position ?? 100,
					},
				}),
			);
			await changed("admin", "plans");
			tell(`${name} is saved.`);
			onClose();
		} catch (error) {
			if (error instanceof Refusal) wrong.value = error.fields;
			if (Object.keys(wrong.value).length === 0) trouble.value = reasonOf(error);
			busy.value = false;
		}
	}

	return (
		<Dialog title={plan ? `Change ${plan.name}` : "Add a plan"} onClose={onClose}>
			<form onSubmit={save} class="flex flex-col gap-4" noValidate>
				<Field label="Name" error={wrong.value.name}>
					<input class="input" name="name" maxLength={60} defaultValue={plan?.name} />
				</Field>
				<Field label="Description" optional error={wrong.value.description}>
					<input class="input" name="description" maxLength={300} defaultValue={plan?.description} />
				</Field>
				<div class="grid grid-cols-2 gap-3">
					<Field label="A month, in US dollars" error={wrong.value.priceMicros}>
						<input
							class="input num"
							name="price"
							inputMode="decimal"
							defaultValue={plan ? String(plan.price.amountMicros / 1_000_000) : ""}
						/>
					</Field>
					<Field label="Credit that it adds" error={wrong.value.creditMicros}>
						<input
							class="input num"
							name="credit"
							inputMode="decimal"
							defaultValue={plan ? String(plan.includedCredit.amountMicros / 1_000_000) : "0"}
						/>
					</Field>
				</div>
				<label class="flex min-h-8 items-center gap-2 text-sm">
					<input
						type="checkbox"
						class="checkbox checkbox-primary"
						name="offered"
						defaultChecked={plan?.isOffered ?? true}
					/>
					Offered to everybody
				</label>
				<DialogFoot trouble={trouble.value} busy={busy.value} busyWord="Saving…" onClose={onClose}>
					Save plan
				</DialogFoot>
			</form>
		</Dialog>
	);
}
