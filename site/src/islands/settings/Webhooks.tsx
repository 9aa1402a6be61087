import { useSignal } from "@preact/signals";
import { Check, Pause, Plus, TriangleAlert, Webhook as WebhookIcon } from "lucide-preact";
import { later } from "../../kit/later";
import { TextSkeleton } from "../../kit/Skeleton";
import { State } from "../../kit/State";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { useRead } from "../../lib/use-read";
import type { Webhook } from "../../lib/wire";
import { ago } from "../../lib/words";
import { Section } from "./Section";

const WebhookDialog = later(() => import("../webhooks/WebhookDialog").then((part) => part.WebhookDialog));
const WebhookDetail = later(() => import("../webhooks/WebhookDetail").then((part) => part.WebhookDetail));

const LOOKS = {
	active: { tone: "good", icon: Check, word: "On" },
	paused: { tone: "plain", icon: Pause, word: "Paused" },
	disabled: { tone: "bad", icon: TriangleAlert, word: "Switched off" },
} as const;

/** Where what happens in the account is told to programs. */
export function Webhooks() {
	const webhooks = useRead({ key: ["webhooks"], read: () => said(api.webhooks.$get({ query: {} })) });
	const making = useSignal(false);
	const open = useSignal<string | null>(null);
	const shown = webhooks.data?.find(({ id }) => id === open.value);
	return (
		<Section
			id="webhooks"
			title="Webhooks"
			lead="What happens here, sent to a program of yours: calls, texts, campaigns. Signed as Standard Webhooks."
			actions={
				<button
					type="button"
					class="btn btn-quiet btn-sm"
					onClick={() => {
						making.value = true;
					}}
				>
					<Plus size={15} aria-hidden /> New webhook
				</button>
			}
		>
			{webhooks.isPending && <TextSkeleton lines={2} label="Loading your webhooks" />}
			{webhooks.isError && <Trouble what="Your webhooks did not load." error={webhooks.error} again={webhooks.again} />}
			{webhooks.data?.length === 0 && (
				<p class="text-muted text-sm">None yet. Give an https address, and each event is sent there within seconds.</p>
			)}
			<ul class="flex flex-col gap-4">
				{webhooks.data?.map((webhook) => (
					<li key={webhook.id} class="flex flex-wrap items-center gap-x-4 gap-y-2">
						<WebhookIcon size={18} class="text-muted flex-none" aria-hidden />
						<div class="min-w-0 flex-1 basis-56">
							<p class="truncate font-medium">{webhook.url}</p>
							<p class="text-muted truncate text-xs">{lineOf(webhook)}</p>
						</div>
						<State {...LOOKS[webhook.status]} />
						<button
							type="button"
							class="btn btn-quiet btn-sm"
							aria-label={`Open ${webhook.url}`}
							onClick={() => {
								open.value = webhook.id;
							}}
						>
							Open
						</button>
					</li>
				))}
			</ul>
			{making.value && (
				<WebhookDialog
					webhook={null}
					onClose={() => {
						making.value = false;
					}}
				/>
			)}
			{shown && (
				<WebhookDetail
					webhook={shown}
					onClose={() => {
						open.value = null;
					}}
				/>
			)}
		</Section>
	);
}

function lineOf({ description, events, failingSince }: Webhook): string {
	const what = events.includes("*") ? "everything" : events.join(", ");
	return [description, what, failingSince && `failing since ${ago(failingSince)}`].filter(Boolean).join(" · ");
}
