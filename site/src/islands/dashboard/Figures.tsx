import { listsQuery, numbersQuery, walletQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import { count, counted, money } from "../../lib/words";
import { figuresQuery, lately } from "../analytics/reads";
import { useMoving } from "../calls/live";

/** How the account stands, each figure a way to its page. */
export function Figures() {
	const wallet = useRead(walletQuery);
	const numbers = useRead(numbersQuery);
	const lists = useRead(listsQuery);
	const month = useRead(figuresQuery(lately(30)));
	useMoving("call", "figures");
	useMoving("campaign", "figures");
	useMoving("wallet", "figures");
	const totals = month.data?.totals;
	const figures = [
		{
			word: "Balance",
			value: wallet.data && money(wallet.data.available.amountMicros, wallet.data.available.currency),
			note: wallet.data?.held.amountMicros ? `${money(wallet.data.held.amountMicros)} set aside` : "nothing set aside",
			href: "/wallet",
		},
		{
			word: "Numbers",
			value: numbers.data && count(numbers.data.length),
			note: numbers.data?.[0]?.formatted ?? "none yet",
			href: "/numbers",
		},
		{
			word: "Contact lists",
			value: lists.data && count(lists.data.length),
			note:
				lists.data &&
				counted(
					lists.data.reduce((all, { contactCount }) => all + contactCount, 0),
					"entry",
					"entries",
				),
			href: "/contacts",
		},
		{
			word: "Calls in 30 days",
			value: month.isError ? "–" : totals && count(totals.calls),
			note: totals && `${count(totals.minutes)} minutes, ${money(totals.spend.amountMicros)} spent`,
			href: "/analytics",
		},
	];
	return (
		<ul class="card grid grid-cols-2 gap-px overflow-hidden bg-[var(--line)] lg:grid-cols-4">
			{figures.map(({ word, value, note, href }) => (
				<li key={word} class="bg-base-100">
					<a href={href} class="block h-full px-4 py-3.5 hover:bg-base-200 focus-visible:-outline-offset-2 lg:px-5">
						<span class="text-muted block text-xs font-medium">{word}</span>
						<span class="num mt-0.5 block text-2xl font-semibold">{value || <span class="skel my-2 w-16" />}</span>
						<span class="text-muted phone block truncate text-xs">{note}</span>
					</a>
				</li>
			))}
		</ul>
	);
}
