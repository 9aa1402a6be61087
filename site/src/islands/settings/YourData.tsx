import { useSignal } from "@preact/signals";
import { Download } from "lucide-preact";
import { Action } from "../../kit/Action";
import { Field } from "../../kit/Field";
import { later } from "../../kit/later";
import { saveAs } from "../../lib/download";
import { tellTrouble } from "../../lib/toasts";
import { Section } from "./Section";

const CloseAccount = later(() => import("./CloseAccount").then((part) => part.CloseAccount));

// The tables that people ask for; everything else is in the whole export.
const TABLES: [string, string][] = [
	["contacts", "Contacts"],
	["contact_lists", "Contact lists"],
	["suppressions", "Do-not-call list"],
	["campaigns", "Campaigns"],
	["attempts", "Calls of campaigns"],
	["calls", "Calls"],
	["conversations", "Conversations"],
	["messages", "Messages"],
	["numbers", "Numbers"],
	["ledger", "Ledger"],
	["payments", "Payments"],
	["users", "People"],
	["sessions", "Signed-in devices"],
	["audit_log", "Audit log"],
];

/** Taking the account's data along, and ending the account. */
export function YourData() {
	const busy = useSignal("");
	const table = useSignal("contacts");
	const closing = useSignal(false);
	async function take(path: string, name: string) {
		busy.value = name;
		try {
			await saveAs(path, name);
		} catch (error) {
			tellTrouble(error);
		} finally {
			busy.value = "";
		}
	}
	const everything = `trunkline-${new Date().toISOString().slice(0, 10)}.json`;
	const csv = `${table.value}.csv`;
	return (
		<>
			<Section id="export" title="Take your data along" lead="All that is kept of this account, but for secrets.">
				<div class="flex flex-col gap-5">
					<Action
						look="btn-quiet"
						class="self-start"
						busy={busy.value === everything}
						busyWord="Collecting…"
						onClick={() => take("/api/account/export", everything)}
					>
						<Download size={16} aria-hidden /> Download everything (JSON)
					</Action>
					<div class="flex flex-wrap items-end gap-2">
						<Field label="One table, for a spreadsheet" class="w-60">
							<select class="select" value={table} onChange={(event) => (table.value = event.currentTarget.value)}>
								{TABLES.map(([name, word]) => (
									<option key={name} value={name}>
										{word}
									</option>
								))}
							</select>
						</Field>
						<Action
							look="btn-quiet"
							busy={busy.value === csv}
							busyWord="Collecting…"
							onClick={() => take(`/api/account/export/${table.value}`, csv)}
						>
							<Download size={16} aria-hidden /> Download CSV
						</Action>
					</div>
				</div>
			</Section>
			<Section id="close" title="Close the account" lead="For you and all sub-accounts. It cannot be undone.">
				<button
					type="button"
					class="btn btn-error"
					onClick={() => {
						closing.value = true;
					}}
				>
					Close the account
				</button>
			</Section>
			{closing.value && (
				<CloseAccount
					onClose={() => {
						closing.value = false;
					}}
				/>
			)}
		</>
	);
}
