import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { Dialog } from "../../kit/Dialog";
import { Field } from "../../kit/Field";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { membersQuery } from "../../lib/reads";
import { reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import type { OwnedNumber } from "../../lib/wire";

/** Gives a number to a sub-account, or takes it back: who has it calls and texts from it, and sees what comes in. */
export function AssignDialog({ number, onClose }: { number: OwnedNumber; onClose: () => void }) {
	const members = useRead(membersQuery);
	const chosen = useSignal(number.assignedTo ?? "");
	const busy = useSignal(false);
	const trouble = useSignal("");
	const nameOf = (id: string) => {
		const member = members.data?.find((one) => one.id === id);
		return member ? (member.fullName ?? member.email) : "";
	};

	async function save(event: SubmitEvent) {
		event.preventDefault();
		busy.value = true;
		trouble.value = "";
		try {
			const json = { phoneNumberId: number.id, subAccountId: chosen.value || null };
			await said(api["phone-numbers"].assign.$post({ json }));
			await changed("numbers", "channels", "sub-accounts");
			tell(
				chosen.value ? `${number.formatted} is now ${nameOf(chosen.value)}'s.` : `${number.formatted} is yours again.`,
			);
			onClose();
		} catch (error) {
			trouble.value = reasonOf(error);
			busy.value = false;
		}
	}

	return (
		<Dialog title={`Assign ${number.formatted}`} onClose={onClose}>
			{members.isPending && <TextSkeleton lines={2} label="Loading your sub-accounts" />}
			{members.isError && (
				<Trouble what="Your sub-accounts did not load." error={members.error} again={members.again} />
			)}
			{members.data?.length === 0 && (
				<p class="text-muted text-sm">
					A number can belong to one person of your team. There is nobody yet:{" "}
					<a class="link" href="/settings?part=team">
						invite somebody
					</a>{" "}
					first.
				</p>
			)}
			{members.data && members.data.length > 0 && (
				<form onSubmit={save} class="flex flex-col gap-4">
					<Field
						label="Whose number it is"
						hint="They call and text from it and see what comes in. You keep paying its rent."
						error={trouble.value || undefined}
					>
						<select
							class="select"
							value={chosen.value}
							onChange={(event) => {
								chosen.value = event.currentTarget.value;
							}}
						>
							<option value="">Nobody's but mine</option>
							{members.data.map(({ id, fullName, email, status }) => (
								<option key={id} value={id}>
									{fullName ? `${fullName} (${email})` : email}
									{status === "active" ? "" : `, ${status}`}
								</option>
							))}
						</select>
					</Field>
					<div class="flex justify-end gap-2">
						<button type="button" class="btn btn-quiet" onClick={onClose}>
							Cancel
						</button>
						<Action type="submit" busy={busy.value} busyWord="Saving…">
							Save
						</Action>
					</div>
				</form>
			)}
		</Dialog>
	);
}
