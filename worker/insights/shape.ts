import { money } from "../pure/money";
import { formatPhone } from "../pure/phone";
import type { Analytics, Figures } from "./inputs";
import type { SubjectAtBoundary, Totals } from "./store";

/** What happened between two moments: the running totals at the later one less those at the earlier. */
export function between(earlier: Totals | null | undefined, later: Totals | null | undefined): Figures {
	const of = (name: keyof Totals) => (later?.[name] ?? 0) - (earlier?.[name] ?? 0);
	const calls = of("callsIn") + of("callsOut");
	return {
		calls,
		inboundCalls: of("callsIn"),
		outboundCalls: of("callsOut"),
		answeredCalls: of("answered"),
		answerRate: calls > 0 ? Math.round((of("answered") / calls) * 10_000) / 10_000 : null,
		minutes: minutes(of("seconds")),
		messages: of("messagesIn") + of("messagesOut"),
		sentMessages: of("messagesOut"),
		receivedMessages: of("messagesIn"),
		spend: money(of("spentMicros")),
		campaignCalls: of("campaignCalls"),
		assistantCalls: of("assistantCalls"),
		assistantMinutes: minutes(of("assistantSeconds")),
	};
}

const minutes = (seconds: number) => Math.round((seconds / 60) * 10) / 10;

/** Numbers, assistants and campaigns with something in either period, the busiest first. */
export function subjectsOf(
	rows: readonly SubjectAtBoundary[],
): Pick<Analytics, "byNumber" | "byAssistant" | "byCampaign"> {
	const groups = Map.groupBy(rows, ({ kind, subject }) => `${kind}:${subject}`);
	const all = [...groups.values()].flatMap((group) => {
		const [before, start, end] = group;
		if (!before) return [];
		const now = { ...between(start?.totals, end?.totals), previous: between(before.totals, start?.totals) };
		return isEmpty(now) && isEmpty(now.previous) ? [] : [{ row: before, name: before.name ?? "", now }];
	});
	all.sort((a, b) => weight(b.now) - weight(a.now) || a.row.subject.localeCompare(b.row.subject));
	const of = (kind: SubjectAtBoundary["kind"]) => all.filter(({ row }) => row.kind === kind);
	return {
		byNumber: of("number").map(({ row, name, now }) => ({
			number: row.subject,
			formatted: formatPhone(row.subject),
			label: name,
			...now,
		})),
		byAssistant: of("assistant").map(({ row, name, now }) => ({ assistantId: row.subject, name, ...now })),
		byCampaign: of("campaign").map(({ row, name, now }) => ({ campaignId: row.subject, title: name, ...now })),
	};
}

const isEmpty = ({ calls, messages, spend }: Figures) => calls === 0 && messages === 0 && spend.amountMicros === 0;
const weight = ({ calls, messages }: Figures) => calls + messages;
