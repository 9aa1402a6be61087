import { money } from "../pure/money";
import { formatPhone } from "../pure/phone";
import type { LoggedAssistantCall } from "./calls/store";
import type { ConnectionOfNumber } from "./connections/store";
import { type Assistant, type AssistantCall, type Connection, Spec } from "./inputs";
import type { AssistantRow } from "./store";

export function assistantOnWire(row: AssistantRow): Assistant {
	return {
		...Spec.parse(row.spec),
		id: row.id,
		userId: row.accountId,
		status: row.status === "deleted" ? "deleting" : row.status,
		error: row.error,
		isSimulated: row.provider === "simulated",
		createdAt: new Date(row.createdAt).toISOString(),
		updatedAt: new Date(row.updatedAt).toISOString(),
	};
}

export function connectionOnWire(row: ConnectionOfNumber): Connection {
	return {
		phoneNumberId: row.numberId,
		number: row.e164,
		formatted: formatPhone(row.e164),
		label: row.label,
		assistantId: row.assistantId,
		wantedAssistantId: row.wantedId,
		status: row.status === null || (row.status === "active" && row.assistantId === null) ? "none" : row.status,
		error: row.error,
		canVoice: row.canVoice,
		updatedAt: row.updatedAt === null ? null : new Date(row.updatedAt).toISOString(),
	};
}

export function callOnWire({ call: row, callId }: LoggedAssistantCall): AssistantCall {
	return {
		id: row.id,
		userId: row.accountId,
		assistantId: row.assistantId,
		callId,
		direction: row.direction,
		from: row.fromAddress,
		to: row.toAddress,
		fromFormatted: formatPhone(row.fromAddress),
		toFormatted: formatPhone(row.toAddress),
		status: row.status,
		startedAt: new Date(row.startedAt).toISOString(),
		endedAt: row.endedAt === null ? null : new Date(row.endedAt).toISOString(),
		duration: row.durationSeconds,
		endedReason: row.endedReason,
		endedBucket: row.endedBucket,
		cost: row.costMicros === null ? null : money(row.costMicros),
		transcript: row.transcript,
		summary: row.summary,
		transferredTo: row.transferredTo,
		recording: row.recording,
	};
}
