import { useSignal } from "@preact/signals";
import { Download, ShieldAlert, ShieldCheck } from "lucide-preact";
import { Action } from "../../kit/Action";
import { More } from "../../kit/More";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { saveAs } from "../../lib/download";
import { membersQuery, profileQuery } from "../../lib/reads";
import { tellTrouble } from "../../lib/toasts";
import { useRead, useReadPages } from "../../lib/use-read";
import type { AuditEntry } from "../../lib/wire";
import { counted, moment } from "../../lib/words";
import { deedWord, detailWord } from "./deeds";
import { deviceWord } from "./device-word";
import { Section } from "./Section";

/** What was done in the account that matters, and whether the log is as it was written. */
export function Audit() {
	const log = useReadPages({
		key: ["audit"],
		read: (cursor) => said(api.audit.$get({ query: { limit: "25", ...(cursor ? { cursor } : {}) } })),
	});
	return (
		<Section
			id="audit"
			title="Audit log"
			lead="Who did what, from where. It is only ever added to, and every entry is sealed to the one before it."
			actions={<Actions />}
		>
			{log.isPending && <TextSkeleton lines={5} label="Loading the log" />}
			{log.isError && <Trouble what="The log did not load." error={log.error} again={log.again} />}
			{log.data && log.items.length === 0 && (
				<p class="text-muted text-sm">Nothing yet. Keys, passwords, sub-accounts and devices are written down here.</p>
			)}
			<ul class="flex flex-col gap-4">
				{log.items.map((entry) => (
					<Deed key={entry.id} entry={entry} />
				))}
			</ul>
			<More of={log} look="btn-quiet btn-sm" class="mt-4">
				Earlier entries
			</More>
		</Section>
	);
}

function Deed({ entry }: { entry: AuditEntry }) {
	const { data: own } = useRead(profileQuery);
	const { data: members } = useRead(membersQuery);
	const nameOf = (id: string) => {
		if (id === own?.id) return "You";
		const member = members?.find((one) => one.id === id);
		return member?.fullName ?? member?.email ?? (id === "system" ? "The system" : "Somebody who is gone");
	};
	const about = members?.find(({ id }) => id === entry.object);
	const more = [about && (about.fullName ?? about.email), detailWord(entry.detail)].filter(Boolean).join(" · ");
	return (
		<li class="flex items-start justify-between gap-4">
			<div class="min-w-0">
				<p class="font-medium">{deedWord(entry.action)}</p>
				{more && <p class="text-muted text-sm break-words">{more}</p>}
				<p class="text-muted text-xs">
					{[nameOf(entry.actorId), entry.ip, entry.userAgent && deviceWord(entry.userAgent)].filter(Boolean).join(", ")}
				</p>
			</div>
			<time class="text-muted num flex-none text-xs" dateTime={entry.createdAt}>
				{moment(entry.createdAt)}
			</time>
		</li>
	);
}

function Actions() {
	const busy = useSignal("");
	const proof = useSignal<{ entries: number; intact: boolean } | null>(null);
	async function during(name: string, work: () => Promise<unknown>) {
		busy.value = name;
		try {
			await work();
		} catch (error) {
			tellTrouble(error);
		} finally {
			busy.value = "";
		}
	}
	const check = async () => {
		proof.value = await said(api.audit.proof.$get());
	};
	const told = proof.value;
	return (
		<>
			{told && (
				<p class={`flex items-center gap-1.5 text-sm ${told.intact ? "" : "text-error font-medium"}`} role="status">
					{told.intact ? (
						<ShieldCheck size={15} class="text-success" aria-hidden />
					) : (
						<ShieldAlert size={15} aria-hidden />
					)}
					{told.intact ? `${counted(told.entries, "entry", "entries")}, all as written` : "Somebody changed the log"}
				</p>
			)}
			<Action
				look="btn-quiet"
				class="btn-sm"
				busy={busy.value === "proof"}
				busyWord="Checking…"
				onClick={() => during("proof", check)}
			>
				Check the seals
			</Action>
			<Action
				look="btn-quiet"
				class="btn-sm"
				busy={busy.value === "csv"}
				onClick={() => during("csv", () => saveAs("/api/audit/export.csv", "audit.csv"))}
			>
				<Download size={15} aria-hidden /> CSV
			</Action>
		</>
	);
}
