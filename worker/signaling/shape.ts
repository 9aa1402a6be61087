import { formatPhone } from "../pure/phone";
import type { Call } from "./inputs";
import type { CallRow } from "./store";

const iso = (at: number) => new Date(at).toISOString();

export function callOnWire(row: CallRow): Call {
	return {
		id: row.id,
		userId: row.accountId,
		kind: row.kind,
		direction: row.direction,
		from: row.fromAddress,
		to: row.toAddress,
		fromFormatted: formatPhone(row.fromAddress),
		toFormatted: formatPhone(row.toAddress),
		peerIdentity: row.peerIdentity || null,
		peerName: row.peerName || null,
		status: row.status,
		missed: row.status === "missed",
		duration: row.durationSeconds,
		answeredBy: row.answeredAt === null ? null : "human",
		startedAt: iso(row.startedAt),
		answeredAt: row.answeredAt === null ? null : iso(row.answeredAt),
		endedAt: iso(row.endedAt),
	};
}
