import { useSignal } from "@preact/signals";
import { MessageCircleQuestionMark, PhoneForwarded } from "lucide-preact";
import { Action } from "../../kit/Action";
import { Field } from "../../kit/Field";
import { PhoneField } from "../../kit/PhoneField";
import { membersQuery, profileQuery, queuesQuery, transfersQuery } from "../../lib/reads";
import { reasonOf } from "../../lib/refusal";
import { useRead } from "../../lib/use-read";

/** Who can be asked first. */
export type Askable = { memberId: string } | { transferNumberId: string } | { number: string };
/** Whom a call is handed to. */
export type Target = Askable | { queueId: string } | { voicemail: true };

interface Props {
	/** The queue that it waits in already. */
	notQueue?: string;
	act: (target: Target) => Promise<unknown>;
	onDone: () => void;
	/** Speaks with them while the call waits; without, they cannot be asked first. */
	ask?: (whom: Askable) => Promise<unknown>;
	/** The call cannot be handed on before. */
	askOnly?: boolean;
}

/** Hands a call on: to a person, a queue, a transfer number, any number, or voicemail. */
export function HandOn({ notQueue, act, onDone, ask, askOnly = false }: Props) {
	const profile = useRead(profileQuery);
	const owner = profile.data?.role === "owner";
	const members = useRead({ ...membersQuery, enabled: owner });
	const transfers = useRead({ ...transfersQuery, enabled: owner });
	const queues = useRead(queuesQuery);
	const chosen = useSignal("number");
	const number = useSignal<string | null>(null);
	const busy = useSignal<"on" | "ask" | null>(null);
	const trouble = useSignal("");
	const canAsk = ask && !/^(queueId|voicemail)/.test(chosen.value);

	async function go(event: SubmitEvent) {
		event.preventDefault();
		const asks = askOnly || event.submitter?.dataset.first !== undefined;
		const target = targetOf(chosen.value, number.value);
		if (!target) {
			trouble.value = "Give a complete phone number.";
			return;
		}
		busy.value = asks ? "ask" : "on";
		trouble.value = "";
		try {
			if (asks && ask && !("queueId" in target) && !("voicemail" in target)) return void (await ask(target));
			await act(target);
			onDone();
		} catch (error) {
			trouble.value = reasonOf(error);
		} finally {
			busy.value = null;
		}
	}
	return (
		<form class="grid w-full gap-3 sm:max-w-lg" onSubmit={go}>
			<Field label={askOnly ? "Ask somebody about this call" : "Hand the call on to"}>
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
					{!askOnly && (
						<>
							<Group
								label="Queues"
								name="queueId"
								list={(queues.data ?? []).filter(({ id }) => id !== notQueue).map(({ id, name }) => [id, name])}
							/>
							<option value="voicemail">Voicemail</option>
						</>
					)}
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
			{ask && (
				<p class="text-muted text-xs">
					{askOnly
						? "Speak with them while the call waits with music. Then connect the two, or go back to the call."
						: "Ask first to speak with them while the caller waits with music. Then connect the two, or go back."}
				</p>
			)}
			<span class="flex flex-wrap gap-2">
				{!askOnly && (
					<Action
						type="submit"
						look="btn-primary"
						disabled={busy.value === "ask"}
						busy={busy.value === "on"}
						busyWord="Handing on…"
					>
						<PhoneForwarded size={16} aria-hidden /> Hand on
					</Action>
				)}
				{canAsk && (
					<Action
						type="submit"
						look={askOnly ? "btn-primary" : "btn-outline"}
						data-first
						disabled={busy.value === "on"}
						busy={busy.value === "ask"}
						busyWord="Asking…"
					>
						<MessageCircleQuestionMark size={16} aria-hidden /> Ask first
					</Action>
				)}
			</span>
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
