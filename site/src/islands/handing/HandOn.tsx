import { useSignal } from "@preact/signals";
import { PhoneForwarded } from "lucide-preact";
import { Action } from "../../kit/Action";
import { Field } from "../../kit/Field";
import { PhoneField } from "../../kit/PhoneField";
import { membersQuery, profileQuery, queuesQuery, transfersQuery } from "../../lib/reads";
import { reasonOf } from "../../lib/refusal";
import { useRead } from "../../lib/use-read";

/** Whom a call is handed to. */
export type Target =
	| { memberId: string }
	| { transferNumberId: string }
	| { queueId: string }
	| { number: string }
	| { voicemail: true };

interface Props {
	/** The queue that it waits in already. */
	notQueue?: string;
	act: (target: Target) => Promise<unknown>;
	onDone: () => void;
}

/** Hands a call on: to a person, a queue, a transfer number, any number, or voicemail. */
export function HandOn({ notQueue, act, onDone }: Props) {
	const profile = useRead(profileQuery);
	const owner = profile.data?.role === "owner";
	const members = useRead({ ...membersQuery, enabled: owner });
	const transfers = useRead({ ...transfersQuery, enabled: owner });
	const queues = useRead(queuesQuery);
	const chosen = useSignal("number");
	const number = useSignal<string | null>(null);
	const busy = useSignal(false);
	const trouble = useSignal("");

	async function go(event: Event) {
		event.preventDefault();
		const target = targetOf(chosen.value, number.value);
		if (!target) {
			trouble.value = "Give a complete phone number.";
			return;
		}
		busy.value = true;
		trouble.value = "";
		try {
			await act(target);
			onDone();
		} catch (error) {
			trouble.value = reasonOf(error);
		} finally {
			busy.value = false;
		}
	}
	return (
		<form class="grid w-full gap-3 sm:max-w-lg" onSubmit={go}>
			<Field label="Hand the call on to">
				<select
					class="select"
					value={chosen.value}
					onChange={(event) => {
						chosen.value = event.currentTarget.value;
						trouble.value = "";
					}}
				>
					<option value="number">A phone number…</option>
					<Group
						label="People"
						name="memberId"
						list={(members.data ?? []).map(({ id, fullName, email }) => [id, fullName ?? email])}
					/>
					<Group
						label="Transfer numbers"
						name="transferNumberId"
						list={(transfers.data ?? []).map(({ id, name, formatted }) => [id, `${name}, ${formatted}`])}
					/>
					<Group
						label="Queues"
						name="queueId"
						list={(queues.data ?? []).filter(({ id }) => id !== notQueue).map(({ id, name }) => [id, name])}
					/>
					<option value="voicemail">Voicemail</option>
				</select>
			</Field>
			{chosen.value === "number" && (
				<PhoneField
					label="Phone number"
					onPhone={(e164) => {
						number.value = e164;
					}}
				/>
			)}
			{trouble.value && (
				<p class="text-error text-sm" role="alert">
					{trouble}
				</p>
			)}
			<Action type="submit" look="btn-primary w-fit" busy={busy.value} busyWord="Handing on…">
				<PhoneForwarded size={16} aria-hidden /> Hand on
			</Action>
		</form>
	);
}

function Group({ label, name, list }: { label: string; name: string; list: [string, string][] }) {
	if (list.length === 0) return null;
	return (
		<optgroup label={label}>
			{list.map(([id, word]) => (
				<option key={id} value={`${name} ${id}`}>
					{word}
				</option>
			))}
		</optgroup>
	);
}

function targetOf(chosen: string, number: string | null): Target | null {
	const [name, id = ""] = chosen.split(" ");
	switch (name) {
		case "memberId":
			return { memberId: id };
		case "transferNumberId":
			return { transferNumberId: id };
		case "queueId":
			return { queueId: id };
		case "voicemail":
			return { voicemail: true };
		default:
			return number === null ? null : { number };
	}
}
