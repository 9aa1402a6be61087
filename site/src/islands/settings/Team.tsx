import { useSignal } from "@preact/signals";
import { Plus } from "lucide-preact";
import { later } from "../../kit/later";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { membersQuery, numbersQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import type { Member } from "../../lib/wire";
import { MemberRow } from "./MemberRow";
import { Section } from "./Section";

const MemberDialog = later(() => import("./MemberDialog").then((part) => part.MemberDialog));

/** The people who work with the owner's numbers and wallet. */
export function Team() {
	const members = useRead(membersQuery);
	const numbers = useRead(numbersQuery);
	const open = useSignal<{ member: Member | null } | null>(null);
	return (
		<Section
			id="team"
			title="Sub-accounts"
			lead="People who sign in on their own, see only the numbers that you assign to them, and spend from your wallet."
			actions={
				<button
					type="button"
					class="btn btn-quiet btn-sm"
					onClick={() => {
						open.value = { member: null };
					}}
				>
					<Plus size={15} aria-hidden /> Add
				</button>
			}
		>
			{members.isPending && <TextSkeleton lines={3} label="Loading your sub-accounts" />}
			{members.isError && (
				<Trouble what="Your sub-accounts did not load." error={members.error} again={members.again} />
			)}
			{members.data?.length === 0 && (
				<p class="text-muted text-sm">
					Nobody yet. Invite somebody by mail, or open a sub-account with a temporary password; then assign a number to
					them on the page of your numbers.
				</p>
			)}
			<ul class="flex flex-col gap-5">
				{members.data?.map((member) => (
					<MemberRow
						key={member.id}
						member={member}
						numbers={numbers.data?.filter(({ assignedTo }) => assignedTo === member.id) ?? []}
						onChange={() => {
							open.value = { member };
						}}
					/>
				))}
			</ul>
			{open.value && (
				<MemberDialog
					member={open.value.member}
					onClose={() => {
						open.value = null;
					}}
				/>
			)}
		</Section>
	);
}
