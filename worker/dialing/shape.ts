import type * as z from "zod";
import { callOfAttempt } from "../calls/store";
import { formatPhone } from "../pure/phone";
import type { Attempt } from "./attempts/store";
import type { AttemptShape, RecipientShape, ReportShape } from "./inputs";
import type { outcomesOf, recipientsPage } from "./recipients/store";

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

type RecipientRow = Awaited<ReturnType<typeof recipientsPage>>[number];
type OutcomeRow = Awaited<ReturnType<typeof outcomesOf>>[number];

export function toRecipient(row: RecipientRow): z.output<typeof RecipientShape> {
	const [calledAt = null, connectedAt = null]: (number | null)[] = JSON.parse(row.last);
	return {
		contactId: row.contactId,
		phoneNumber: row.e164,
		formatted: formatPhone(row.e164),
		name: [row.firstName, row.lastName].filter(Boolean).join(" "),
		state: row.state,
		outcome: row.outcome,
		attempts: row.attempts,
		dueAt: row.state === "pending" ? iso(row.dueAt) : null,
		lastAttemptAt: iso(calledAt),
		connectedAt: iso(connectedAt),
	};
}

export function toAttempt(a: Attempt): z.output<typeof AttemptShape> {
	return {
		id: a.id,
		callId: callOfAttempt(a.id),
		contactId: a.contactId,
		n: a.n,
		to: a.e164,
		formatted: formatPhone(a.e164),
		from: a.callerE164,
		state: a.state,
		callStatus: a.callStatus,
		disposition: a.disposition,
		digits: a.digits,
		errorCode: a.errorCode,
		dialedAt: iso(a.dialedAt),
		answeredAt: iso(a.answeredAt),
		connectedAt: iso(a.connectedAt),
		endedAt: iso(a.endedAt),
		durationSeconds: a.durationSeconds,
		transferSeconds: a.transferSeconds,
		costMicros: a.costMicros,
	};
}

/** Splits the latest result of everybody into how calls ended and why people were not called. */
export function toOutcomes(rows: OutcomeRow[]): Pick<z.output<typeof ReportShape>, "byOutcome" | "skipped"> {
	const byOutcome = new Map<string, number>();
	const skipped: { reason: string; count: number }[] = [];
	for (const { state, outcome, people } of rows)
		if (state === "skipped") skipped.push({ reason: outcome || "other", count: people });
		else {
			const name = state === "done" ? outcome || "other" : state;
			byOutcome.set(name, (byOutcome.get(name) ?? 0) + people);
		}
	return { byOutcome: [...byOutcome].map(([outcome, count]) => ({ outcome, count })), skipped };
}
