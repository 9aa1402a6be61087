import { formatPhone } from "../../pure/phone";
import type { Queue, QueueCall } from "./inputs";
import type { QueueFigures, WaitingRow } from "./store";

const iso = (at: number) => new Date(at).toISOString();

export function queueOnWire({ queue, ...figures }: QueueFigures): Queue {
	const { waiting, waitingSince, entered, answered, lost, served, waited } = figures;
	const over = (answered ?? 0) + (lost ?? 0);
	return {
		id: queue.id,
		userId: queue.accountId,
		name: queue.name,
		greetingFileId: queue.greetingFileId,
		memberIds: queue.memberIds,
		maxWaiting: queue.maxWaiting,
		maxWaitSeconds: queue.maxWaitSeconds,
		serviceLevelSeconds: queue.serviceLevelSeconds,
		announcePosition: queue.announcePosition,
		waiting: waiting ?? 0,
		waitingSince: waitingSince === null ? null : iso(waitingSince),
		today: {
			entered: entered ?? 0,
			answered: answered ?? 0,
			lost: lost ?? 0,
			serviceLevel: over === 0 ? null : Math.round((1_000 * (served ?? 0)) / over) / 10,
			averageWaitSeconds: waited === null ? null : Math.round(waited / 100) / 10,
		},
		createdAt: iso(queue.createdAt),
		updatedAt: iso(queue.updatedAt),
	};
}

export const queueCallOnWire =
	(now: number) =>
	({ entry, from, name }: WaitingRow, index: number): QueueCall => ({
		id: entry.id,
		callId: entry.callId,
		queueId: entry.queueId,
		from,
		fromFormatted: formatPhone(from),
		name: name || null,
		state: entry.state === "taken" ? "taken" : "waiting",
		takenBy: entry.takenBy,
		position: index + 1,
		waitingSeconds: Math.max(0, Math.round((now - entry.enteredAt) / 1_000)),
		enteredAt: iso(entry.enteredAt),
	});
