import { formatPhone } from "../../pure/phone";
import type { Consult } from "./inputs";
import type { ConsultRow } from "./store";

const isoOrNull = (at: number | null) => (at === null ? null : new Date(at).toISOString());

export const consultOnWire = (row: ConsultRow): Consult => ({
	id: row.id,
	callId: row.callId,
	memberId: row.userId,
	kind: row.kind,
	target: row.target,
	label: row.label.startsWith("+") ? formatPhone(row.label) : row.label,
	state: row.state,
	reason: row.reason,
	askedAt: new Date(row.askedAt).toISOString(),
	talkedAt: isoOrNull(row.talkedAt),
	joinedAt: isoOrNull(row.joinedAt),
	endedAt: isoOrNull(row.endedAt),
});
