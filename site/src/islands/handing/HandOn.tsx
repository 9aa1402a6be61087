import { useSignal } from "@preact/signals";
import { Field } from "../../kit/Field";
import { PhoneField } from "../../kit/PhoneField";
import { membersQuery, profileQuery, queuesQuery, transfersQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import { HandingForm } from "./HandingForm";

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
	const canAsk = ask !== undefined && !/^(queueId|voicemail)/.test(chosen.value);

	async function go(asks: boolean) {
		const target = targetOf(chosen.value, number.value);
		if (!target) throw new Error("Give a complete phone number.");
		if (asks && ask && !("queueId" in target) && !("voicemail" in target)) return ask(target);
		await act(target);
		onDone();
	}
	return (
		<HandingForm go={go} canAsk={canAsk} askOnly={askOnly} hint={hintOf(ask !== undefined, askOnly)}>
			<Field label={askOnly ? "Ask somebody about this call" : "Hand the call on to"}>
				<select
					class="select"
					value={chosen.value}
					onChange={(event) => {
						chosen.value = event.currentTarget.value;
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
		</HandingForm>
	);
}

function hintOf(canAsk: boolean, askOnly: boolean): string | undefined {
	if (askOnly) return "Speak with them while the call waits with music. Then connect the two, or go back to the call.";
	if (canAsk)
		return "Ask first to speak with them while the caller waits with music. Then connect the two, or go back.";
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
