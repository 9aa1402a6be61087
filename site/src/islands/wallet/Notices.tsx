import { Bell } from "lucide-preact";
import { Empty } from "../../kit/Empty";
import { More } from "../../kit/More";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tellTrouble } from "../../lib/toasts";
import { useReadPages } from "../../lib/use-read";
import type { Notice } from "../../lib/wire";
import { ago } from "../../lib/words";
import { Section } from "../settings/Section";

/** What the account's owner had to be told of its money: low balance, unpaid rent, numbers given back. */
export function Notices() {
	const notices = useReadPages({
		key: ["notices"],
		read: (cursor) => said(api.notices.$get({ query: { limit: "20", ...(cursor ? { cursor } : {}) } })),
	});
	return (
		<Section id="notices" title="Notices" lead="Each was mailed to you as well.">
			{notices.isPending && <TextSkeleton lines={4} label="Loading your notices" />}
			{notices.isError && <Trouble what="Your notices did not load." error={notices.error} again={notices.again} />}
			{notices.data && notices.items.length === 0 && (
				<Empty icon={Bell} title="Nothing to tell">
					When the balance is low or a number's rent cannot be paid, it stands here.
				</Empty>
			)}
			<ul class="flex flex-col gap-4 empty:hidden">
				{notices.items.map((notice) => (
					<Line key={notice.id} notice={notice} />
				))}
			</ul>
			<More of={notices}>Older notices</More>
		</Section>
	);
}

function Line({ notice }: { notice: Notice }) {
	const read = () =>
		said(api.notices[":id"].read.$post({ param: { id: notice.id } }))
			.then(() => changed("notices"))
			.catch(tellTrouble);
	return (
		<li class="flex items-start gap-3">
			<Bell size={16} class={`mt-1 flex-none ${notice.readAt ? "text-muted" : "text-primary"}`} aria-hidden />
			<div class="min-w-0 flex-1">
				<p class={notice.readAt ? "" : "font-medium"}>
					{notice.title} {!notice.readAt && <span class="sr-only">(new)</span>}
				</p>
				<p class="text-muted text-sm text-pretty">{notice.text}</p>
				<time class="text-muted text-xs" dateTime={notice.createdAt}>
					{ago(notice.createdAt)}
				</time>
			</div>
			{!notice.readAt && (
				<button type="button" class="btn btn-quiet btn-sm" aria-label={`Mark as read: ${notice.title}`} onClick={read}>
					Mark as read
				</button>
			)}
		</li>
	);
}
