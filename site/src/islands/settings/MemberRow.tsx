import { useSignal } from "@preact/signals";
import { CircleCheck, CirclePause, Mail } from "lucide-preact";
import { Action } from "../../kit/Action";
import { Confirm } from "../../kit/Confirm";
import { State } from "../../kit/State";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell, tellTrouble } from "../../lib/toasts";
import type { Member, OwnedNumber } from "../../lib/wire";
import { money } from "../../lib/words";
import { OutboxLink } from "../door/OutboxLink";

const STATES = {
	active: { tone: "good", icon: CircleCheck, word: "Active" },
	invited: { tone: "busy", icon: Mail, word: "Invited" },
	suspended: { tone: "warn", icon: CirclePause, word: "Suspended" },
} as const;

interface Props {
	member: Member;
	numbers: OwnedNumber[];
	onChange: () => void;
}

/** One sub-account: who it is, what it has and spends, and what its owner may do about it. */
export function MemberRow({ member, numbers, onChange }: Props) {
	const busy = useSignal("");
	const asking = useSignal<"suspend" | "remove" | null>(null);
	const name = member.fullName ?? member.email;
	const one = { param: { id: member.id } };
	const route = api["sub-accounts"][":id"];

	async function does(what: string, ask: () => Promise<unknown>, text: string) {
		busy.value = what;
		try {
			await ask();
			await changed("sub-accounts", "audit", "numbers");
			tell(text);
		} catch (error) {
			tellTrouble(error);
		} finally {
			busy.value = "";
		}
	}

	const spent = money(member.spentThisMonth.amountMicros, member.spentThisMonth.currency);
	const limit = member.spendingLimit && money(member.spendingLimit.amountMicros, member.spendingLimit.currency);
	return (
		<li aria-label={name}>
			<div class="flex flex-wrap items-center gap-x-3 gap-y-1">
				<p class="min-w-0 truncate font-medium">{name}</p>
				<State {...STATES[member.status]} />
			</div>
			<p class="text-muted text-sm break-words">
				{[
					member.fullName && member.email,
					limit ? `${spent} of ${limit} spent this month` : `${spent} spent this month`,
					numbers.length > 0 ? numbers.map(({ formatted }) => formatted).join(", ") : "no number assigned",
				]
					.filter(Boolean)
					.join(" · ")}
			</p>
			<div class="mt-2 flex flex-wrap gap-2">
				<button type="button" class="btn btn-quiet btn-sm" aria-label={`Change ${name}`} onClick={onChange}>
					Change
				</button>
				<a class="btn btn-quiet btn-sm" href="/numbers">
					Assign numbers
				</a>
				{member.status === "invited" && (
					<Action
						look="btn-quiet"
						class="btn-sm"
						busy={busy.value === "invite"}
						busyWord="Sending…"
						onClick={() => does("invite", () => said(route.invite.$post(one)), "The invitation is on its way again.")}
					>
						Invite again
					</Action>
				)}
				{member.status === "suspended" ? (
					<Action
						look="btn-quiet"
						class="btn-sm"
						busy={busy.value === "resume"}
						onClick={() => does("resume", () => said(route.resume.$post(one)), `${name} may sign in again.`)}
					>
						Let in again
					</Action>
				) : (
					<button
						type="button"
						class="btn btn-quiet btn-sm"
						aria-label={`Suspend ${name}`}
						onClick={() => {
							asking.value = "suspend";
						}}
					>
						Suspend
					</button>
				)}
				<button
					type="button"
					class="btn btn-quiet btn-sm hover:text-error"
					aria-label={`Remove ${name}`}
					onClick={() => {
						asking.value = "remove";
					}}
				>
					Remove
				</button>
			</div>
			{member.status === "invited" && (
				<p class="mt-1 text-xs">
					<OutboxLink />
				</p>
			)}
			{asking.value && (
				<Confirm
					title={`${asking.value === "suspend" ? "Suspend" : "Remove"} ${name}?`}
					verb={asking.value === "suspend" ? "Suspend" : "Remove for good"}
					busyWord="Signing out…"
					danger={asking.value === "remove"}
					act={() =>
						asking.value === "suspend"
							? does("suspend", () => said(route.suspend.$post(one)), `${name} is signed out and may not come in.`)
							: does("remove", () => said(route.$delete(one)), `${name} is removed.`)
					}
					onClose={() => {
						asking.value = null;
					}}
				>
					<p>
						{asking.value === "suspend"
							? "They are signed out of every device and their API keys stop working, until you let them in again."
							: "They are signed out for good. Their numbers come back to you, their address is free again, and what they did stays in your records."}
					</p>
				</Confirm>
			)}
		</li>
	);
}
