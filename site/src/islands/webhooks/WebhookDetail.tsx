import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { Confirm } from "../../kit/Confirm";
import { Dialog } from "../../kit/Dialog";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell, tellTrouble } from "../../lib/toasts";
import type { Webhook } from "../../lib/wire";
import { day } from "../../lib/words";
import { Deliveries } from "./Deliveries";
import { Secret } from "./Secret";
import { WebhookDialog } from "./WebhookDialog";

type Shown = "log" | "edit" | "rotate" | "delete";

const WHY: Record<string, string> = {
	failing: "Nothing arrived for days, so it was switched off. Put it right, then switch it on again.",
	gone: "The address said that it is gone for good (410), so it was switched off.",
};

/** One webhook: what was sent and what came of it, and everything that can be done with it. */
export function WebhookDetail({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
	const shown = useSignal<Shown>("log");
	const busy = useSignal(false);
	const secret = useSignal("");
	const { id, url, status, disabledReason, previousSecretUntil } = webhook;
	const back = () => {
		shown.value = "log";
	};

	async function doing(act: () => Promise<unknown>, word: string) {
		busy.value = true;
		try {
			await act();
			await changed("webhooks", "deliveries");
			tell(word);
		} catch (error) {
			tellTrouble(error);
		} finally {
			busy.value = false;
		}
	}
	const test = () =>
		doing(() => said(api.webhooks[":id"].test.$post({ param: { id } })), "A test event is on its way.");
	const turn = (to: "active" | "paused") =>
		doing(
			() => said(api.webhooks[":id"].$patch({ param: { id }, json: { status: to } })),
			to === "active" ? "The webhook is on." : "The webhook is paused.",
		);

	if (secret.value) return <Secret secret={secret.value} onClose={onClose} />;
	if (shown.value === "edit") return <WebhookDialog webhook={webhook} onClose={back} />;
	if (shown.value === "rotate")
		return (
			<Confirm
				title="Change the secret?"
				verb="Change secret"
				busyWord="Changing…"
				act={async () => {
					const made = await said(api.webhooks[":id"]["rotate-secret"].$post({ param: { id }, json: {} }));
					await changed("webhooks");
					secret.value = made.secret;
				}}
				onClose={back}
			>
				<p>For a day, events are signed with both secrets, so that your program can change over without a gap.</p>
			</Confirm>
		);
	if (shown.value === "delete")
		return (
			<Confirm
				title="Delete this webhook?"
				verb="Delete webhook"
				busyWord="Deleting…"
				danger
				act={async () => {
					await said(api.webhooks[":id"].$delete({ param: { id } }));
					tell("The webhook is deleted.");
					onClose();
					await changed("webhooks");
				}}
				onClose={back}
			>
				<p>Its log goes with it, and what is still on its way is not sent.</p>
			</Confirm>
		);
	return (
		<Dialog title="Webhook" onClose={onClose} wide>
			<div class="flex flex-col gap-4">
				<p class="font-medium break-all">{url}</p>
				{disabledReason && <p class="notice notice-bad">{WHY[disabledReason] ?? "It was switched off."}</p>}
				{previousSecretUntil && (
					<p class="text-muted text-sm">The old secret signs along until {day(previousSecretUntil)}.</p>
				)}
				<div class="flex flex-wrap gap-2">
					{status === "active" ? (
						<>
							<Action look="btn-primary btn-sm" busy={busy.value} busyWord="Sending…" onClick={test}>
								Send a test event
							</Action>
							<Action look="btn-quiet btn-sm" disabled={busy.value} onClick={() => turn("paused")}>
								Pause
							</Action>
						</>
					) : (
						<Action look="btn-primary btn-sm" busy={busy.value} busyWord="Switching on…" onClick={() => turn("active")}>
							Switch on
						</Action>
					)}
					{(["edit", "rotate", "delete"] as const).map((part) => (
						<button
							key={part}
							type="button"
							class="btn btn-quiet btn-sm"
							onClick={() => {
								shown.value = part;
							}}
						>
							{{ edit: "Edit", rotate: "Change secret", delete: "Delete" }[part]}
						</button>
					))}
				</div>
				<Deliveries webhookId={id} />
			</div>
		</Dialog>
	);
}
