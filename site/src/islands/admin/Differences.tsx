import { useSignal } from "@preact/signals";
import { Scale } from "lucide-preact";
import { Action } from "../../kit/Action";
import { Confirm } from "../../kit/Confirm";
import { Empty } from "../../kit/Empty";
import { Field } from "../../kit/Field";
import { RowsSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell, tellTrouble } from "../../lib/toasts";
import { useReadPages } from "../../lib/use-read";
import type { Difference } from "../../lib/wire";
import { ago, counted } from "../../lib/words";

/** Where our books and the carrier's or the payment provider's disagree. Nothing is mended silently: somebody looks and closes it. */
export function Differences() {
	const found = useReadPages({
		key: ["admin", "differences"],
		read: (cursor) => said(api.admin.differences.$get({ query: { limit: "50", ...(cursor ? { cursor } : {}) } })),
	});
	const closing = useSignal<Difference | null>(null);
	return (
		<section aria-labelledby="differences">
			<div class="mb-3 flex flex-wrap items-center gap-3">
				<h2 id="differences" class="me-auto text-lg">
					Differences
				</h2>
				<Compare what="carrier" />
				<Compare what="payments" />
			</div>
			{found.isPending && <RowsSkeleton columns={3} label="Loading the differences" />}
			{found.isError && <Trouble what="The differences did not load." error={found.error} again={found.again} />}
			{found.data && found.items.length === 0 && (
				<div class="card">
					<Empty icon={Scale} title="No differences">
						Once a day the numbers here are compared with the carrier's, and the payments with the provider's. What
						disagrees stands here.
					</Empty>
				</div>
			)}
			<ul class="card divide-y divide-[var(--line)] overflow-hidden empty:hidden">
				{found.items.map((difference) => (
					<li key={difference.id} class="flex flex-wrap items-start gap-4 px-4 py-2.5 text-sm">
						<div class="min-w-0 flex-1">
							<p class="font-medium">{difference.kind.replaceAll("_", " ")}</p>
							<p class="text-muted">
								{difference.source}, {difference.ref}
								{difference.accountId && `, account ${difference.accountId}`}
							</p>
							<p class="text-muted text-xs">
								{Object.entries((difference.detail ?? {}) as Record<string, unknown>)
									.map(
										([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value) : String(value)}`,
									)
									.join(" · ")}
							</p>
							<p class="text-muted text-xs">
								found {ago(difference.foundAt)}, last seen {ago(difference.seenAt)}
							</p>
						</div>
						<button
							type="button"
							class="btn btn-quiet btn-sm"
							aria-label={`Close ${difference.kind.replaceAll("_", " ")} ${difference.ref}`}
							onClick={() => {
								closing.value = difference;
							}}
						>
							Close
						</button>
					</li>
				))}
			</ul>
			{closing.value && <CloseDialog difference={closing.value} onClose={() => (closing.value = null)} />}
		</section>
	);
}

function Compare({ what }: { what: "carrier" | "payments" }) {
	const busy = useSignal(false);
	async function compare() {
		busy.value = true;
		try {
			const { differences } = await said(api.admin[what].reconcile.$post());
			await changed("admin");
			tell(differences === 0 ? "The books agree." : `${counted(differences, "difference")} found.`);
		} catch (error) {
			tellTrouble(error);
		}
		busy.value = false;
	}
	return (
		<Action look="btn-quiet btn-sm" busy={busy.value} busyWord="Comparing…" onClick={compare}>
			Compare with {what === "carrier" ? "the carrier" : "payments"}
		</Action>
	);
}

function CloseDialog({ difference, onClose }: { difference: Difference; onClose: () => void }) {
	const note = useSignal("");
	async function close() {
		await said(
			api.admin.differences[":id"].close.$post({ param: { id: difference.id }, json: { note: note.value.trim() } }),
		);
		await changed("admin");
		tell("The difference is closed.");
	}
	return (
		<Confirm title="Close this difference?" verb="Close it" busyWord="Closing…" act={close} onClose={onClose}>
			<p class="mb-3">Say what you did about it. If it is still so tomorrow, it is listed again.</p>
			<Field label="Note" optional>
				<input
					class="input"
					maxLength={500}
					value={note}
					onInput={(event) => {
						note.value = event.currentTarget.value;
					}}
				/>
			</Field>
		</Confirm>
	);
}
