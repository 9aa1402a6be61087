import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { CopyButton } from "../../kit/CopyButton";
import { More } from "../../kit/More";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { ownProfile } from "../../lib/own-profile";
import { profileQuery } from "../../lib/reads";
import { tellTrouble } from "../../lib/toasts";
import { useRead, useReadPages } from "../../lib/use-read";
import { counted, day } from "../../lib/words";
import { Section } from "./Section";

/** The user's referral link, and who came by it. */
export function Affiliate() {
	const profile = useRead(profileQuery);
	const busy = useSignal(false);
	async function join() {
		busy.value = true;
		try {
			await said(api.profiles[":userId"].affiliate.$post(await ownProfile()));
			await changed("profile");
		} catch (error) {
			tellTrouble(error);
		} finally {
			busy.value = false;
		}
	}
	const told = profile.data;
	return (
		<Section id="affiliate" title="Refer others" lead="A link of your own; whoever signs up by it appears here.">
			{profile.isPending && <TextSkeleton lines={1} label="Loading your referral link" />}
			{profile.isError && <Trouble what="Your link did not load." error={profile.error} again={profile.again} />}
			{told && !told.isAffiliate && (
				<Action look="btn-quiet" busy={busy.value} busyWord="Making it…" onClick={join}>
					Get my referral link
				</Action>
			)}
			{told?.referralLink && (
				<div class="flex flex-col gap-4">
					<p class="bg-base-200 flex items-center gap-2 rounded-field p-3">
						<code class="min-w-0 flex-1 font-mono text-sm break-all">{told.referralLink}</code>
						<CopyButton text={told.referralLink} label="Copy the referral link" />
					</p>
					<p class="text-sm">
						Your code is <strong class="font-mono font-medium">{told.referralCode}</strong>. By it came{" "}
						<strong class="num font-medium">{counted(told.referredSignUps, "sign-up")}</strong>.
					</p>
					{told.referredSignUps > 0 && <Referred />}
				</div>
			)}
		</Section>
	);
}

function Referred() {
	const people = useReadPages({
		key: ["referrals"],
		read: async (cursor) =>
			said(
				api.profiles[":userId"].referrals.$get({
					...(await ownProfile()),
					query: { limit: "20", ...(cursor ? { cursor } : {}) },
				}),
			),
	});
	if (people.isError) return <Trouble what="The list did not load." error={people.error} again={people.again} />;
	return (
		<>
			<ul class="flex flex-col gap-2">
				{people.items.map(({ id, fullName, joinedAt }) => (
					<li key={id} class="flex justify-between gap-4 text-sm">
						<span class="min-w-0 truncate">{fullName ?? "Somebody who gives no name"}</span>
						<span class="text-muted num flex-none">{day(joinedAt)}</span>
					</li>
				))}
			</ul>
			<More of={people} look="btn-quiet btn-sm" class="self-start">
				Show more
			</More>
		</>
	);
}
