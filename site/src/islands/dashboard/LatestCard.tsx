import type { ComponentChildren } from "preact";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import type { Read } from "../../lib/use-read";

export const SHOWN = 5;

interface Props<Item> {
	title: string;
	/** Where all of them are, and what that is called. */
	all: { href: string; word: string };
	items: Read<Item[]>;
	/** What is loading, and what did not load. */
	what: string;
	/** What is said while there are none. */
	none: ComponentChildren;
	hrefOf: (item: Item) => string;
	children: (item: Item) => ComponentChildren;
}

/** The latest few of something, each a way to its page. */
export function LatestCard<Item extends { id: string }>(props: Props<Item>) {
	const { title, all, items, what, none, hrefOf, children } = props;
	const id = `latest-${what}`;
	return (
		<section aria-labelledby={id}>
			<div class="mb-3 flex items-baseline justify-between">
				<h2 id={id} class="text-lg">
					{title}
				</h2>
				{!!items.data?.length && (
					<a class="link text-sm" href={all.href}>
						{all.word}
					</a>
				)}
			</div>
			{items.isPending && <LatestSkeleton what={what} />}
			{items.isError && <Trouble what={`The ${what} did not load.`} error={items.error} again={items.again} />}
			{items.data?.length === 0 && <p class="card text-muted p-5 text-sm">{none}</p>}
			{!!items.data?.length && (
				<ul class="card divide-y divide-[var(--line)] overflow-hidden">
					{items.data.slice(0, SHOWN).map((item) => (
						<li key={item.id}>
							<a
								class="flex items-center gap-4 px-4 py-3 hover:bg-base-200/70 focus-visible:-outline-offset-2 lg:px-5"
								href={hrefOf(item)}
							>
								{children(item)}
							</a>
						</li>
					))}
				</ul>
			)}
		</section>
	);
}

/** The same while nothing of it is known. */
export function LatestSkeleton({ what }: { what: string }) {
	return (
		<div class="card p-5">
			<TextSkeleton label={`Loading ${what}`} />
		</div>
	);
}
