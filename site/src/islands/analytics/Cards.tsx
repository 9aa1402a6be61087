import type { Analytics, Figures } from "../../lib/wire";
import { count, counted, money } from "../../lib/words";

interface Card {
	word: string;
	value: string;
	now: number;
	before: number;
	note: string;
}

const percent = (part: number | null) => (part === null ? "–" : `${Math.round(part * 100)}%`);

/** The sums of the range, each beside what it was in as many days before. */
export function Cards({ data: { totals, previous, byCampaign, byAssistant } }: { data: Analytics }) {
	return (
		<ul class="card grid grid-cols-2 gap-px overflow-hidden bg-[var(--line)] lg:grid-cols-4">
			{cardsOf(totals, previous.totals, byCampaign.length, byAssistant.length).map(
				({ word, value, now, before, note }) => (
					<li key={word} class="bg-base-100 px-4 py-3.5 lg:px-5">
						<span class="text-muted block text-xs font-medium">{word}</span>
						<span class="num mt-0.5 block text-2xl font-semibold">{value}</span>
						<span class="text-muted block text-xs">
							{changeOf(now, before)}
							{note && ` · ${note}`}
						</span>
					</li>
				),
			)}
		</ul>
	);
}

function cardsOf(now: Figures, before: Figures, campaigns: number, assistants: number): Card[] {
	const card = (word: string, of: (figures: Figures) => number, note = "", value = count(of(now))): Card => ({
		word,
		value,
		now: of(now),
		before: of(before),
		note,
	});
	return [
		card("Calls", ({ calls }) => calls, `${count(now.inboundCalls)} in, ${count(now.outboundCalls)} out`),
		card("Minutes", ({ minutes }) => minutes),
		card(
			"Answer rate",
			({ answerRate }) => answerRate ?? 0,
			`${count(now.answeredCalls)} answered`,
			percent(now.answerRate),
		),
		card("Texts", ({ messages }) => messages, `${count(now.receivedMessages)} in, ${count(now.sentMessages)} out`),
		card("Spent", ({ spend }) => spend.amountMicros, "", money(now.spend.amountMicros, now.spend.currency)),
		card("Campaign calls", ({ campaignCalls }) => campaignCalls, campaigns ? counted(campaigns, "campaign") : ""),
		card("Assistant calls", ({ assistantCalls }) => assistantCalls, assistants ? counted(assistants, "assistant") : ""),
		card("Assistant minutes", ({ assistantMinutes }) => assistantMinutes),
	];
}

/** "12% more than before". */
function changeOf(now: number, before: number): string {
	if (before === now) return "as before";
	if (before === 0) return "nothing before";
	const part = Math.round((Math.abs(now - before) / Math.abs(before)) * 100);
	return `${count(part)}% ${now > before ? "more" : "less"}`;
}
