import { Mail } from "lucide-preact";
import { Empty } from "../kit/Empty";
import { More } from "../kit/More";
import { RowsSkeleton } from "../kit/Skeleton";
import { Trouble } from "../kit/Trouble";
import { refusalFrom } from "../lib/refusal";
import { useReadPages } from "../lib/use-read";
import type { Page } from "../lib/wire";
import { moment } from "../lib/words";

interface Letter {
	id: string;
	to: string;
	subject: string;
	text: string;
	createdAt: string;
}

async function letters(cursor: string | null): Promise<Page<Letter>> {
	const reply = await fetch(`/api/debug/outbox?limit=20${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
	if (!reply.ok) throw await refusalFrom(reply);
	return reply.json();
}

/** The mails that this machine wrote and did not send. Only development has them. */
export function OutboxPage() {
	const mails = useReadPages({ key: ["outbox"], read: letters });
	if (mails.isPending) return <RowsSkeleton rows={4} columns={2} label="Loading the outbox" />;
	if (mails.isError) return <Trouble what="There is no outbox to show." error={mails.error} again={mails.again} />;
	if (mails.items.length === 0)
		return (
			<Empty icon={Mail} title="No mail yet">
				Sign up, ask for a new password or invite somebody: what would be mailed appears here.
			</Empty>
		);
	return (
		<>
			<ul class="flex flex-col gap-4">
				{mails.items.map(({ id, to, subject, text, createdAt }) => (
					<li key={id} class="card p-4 lg:p-5">
						<h2 class="text-base">{subject}</h2>
						<p class="text-muted mb-3 text-sm break-all">
							To {to}, {moment(createdAt)}
						</p>
						<p class="text-sm whitespace-pre-line break-words">
							<Linked text={text} />
						</p>
					</li>
				))}
			</ul>
			<More of={mails} class="mt-4">
				Earlier mails
			</More>
		</>
	);
}

/** Links in a mail as links, when they lead into this site. */
function Linked({ text }: { text: string }) {
	return (
		<>
			{text.split(/(https?:\/\/\S+)/).map((part) => {
				if (!/^https?:/.test(part) || !URL.canParse(part)) return part;
				const { pathname, search } = new URL(part);
				return (
					<a key={part} class="link break-all" href={`${pathname}${search}`}>
						{part}
					</a>
				);
			})}
		</>
	);
}
