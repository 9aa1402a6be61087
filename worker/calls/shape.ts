import * as z from "zod";
import type { AssistantsPart } from "../assistants/calls/store";
import type { Turn } from "../pure/assistant-call";
import { csvLine } from "../pure/csv-line";
import { joinedObjects } from "../pure/json-text";
import { money } from "../pure/money";
import { formatPhone } from "../pure/phone";
import { consultOnWire } from "./consult/shape";
import type { Call, CallStory } from "./inputs";
import type { ListedCall } from "./list/store";
import type { LoggedCall, LoggedStory } from "./log/store";

const iso = (at: number) => new Date(at).toISOString();
const isoOrNull = (at: number | null) => (at === null ? null : iso(at));

export function callOnWire({ call, peerName, recordingId, recordingKind, recordingSeconds }: LoggedCall): Call {
	return {
		id: call.id,
		userId: call.accountId,
		memberId: call.userId,
		kind: call.kind,
		direction: call.direction,
		from: call.fromAddress,
		to: call.toAddress,
		fromFormatted: formatPhone(call.fromAddress),
		toFormatted: formatPhone(call.toAddress),
		ownNumber: call.ownE164 || null,
		peerIdentity: call.peerIdentity || null,
		peerName: peerName || null,
		status: call.status,
		missed: call.status === "missed",
		live: call.endedAt === null,
		duration: call.durationSeconds,
		answeredBy: call.answeredBy,
		answeredUserId: call.answeredUserId,
		campaign: call.campaignId,
		assistant: call.assistantId,
		transcript: call.transcript,
		recording:
			recordingId && recordingKind ? { id: recordingId, kind: recordingKind, duration: recordingSeconds ?? 0 } : null,
		cost: call.costMicros === null ? null : money(call.costMicros),
		errorCode: call.errorCode,
		startedAt: iso(call.startedAt),
		answeredAt: isoOrNull(call.answeredAt),
		endedAt: isoOrNull(call.endedAt),
	};
}

/** The same as JSON: how an address is written only we know, all else the database has written down. */
export function listedText({ from, to, who, course }: ListedCall): string {
	const ends = { from, to, fromFormatted: formatPhone(from), toFormatted: formatPhone(to) };
	return joinedObjects(JSON.stringify(ends), who, course);
}

const Detail = z.record(z.string(), z.json()).catch({});

export function storyOnWire(story: LoggedStory): CallStory {
	const events = story.events.map(({ kind, detail, createdAt }) => ({
		kind,
		detail: Detail.parse(detail),
		at: iso(createdAt),
	}));
	const legs = story.legs.map(({ memo, unitMicros, unitsCharged }) => ({
		to: memo,
		toFormatted: formatPhone(memo),
		minutes: unitsCharged,
		cost: unitsCharged === null ? null : money(unitMicros * unitsCharged),
	}));
	const consult = story.consult ? consultOnWire(story.consult) : null;
	return {
		...callOnWire(story),
		events,
		legs,
		consult,
		assistantCall: story.assistant ? partOnWire(story.assistant) : null,
	};
}

const partOnWire = ({ startedAt, endedAt, turns, ...part }: AssistantsPart) => ({
	...part,
	startedAt: iso(startedAt),
	endedAt: isoOrNull(endedAt),
	turns: JSON.parse(turns) as Turn[], // written by `noteReportAnyAccount`, of this type
});

const COLUMNS = [
	"id",
	"kind",
	"direction",
	"from",
	"to",
	"peerName",
	"status",
	"answeredBy",
	"duration",
	"startedAt",
	"answeredAt",
	"endedAt",
	"campaign",
	"assistant",
	"errorCode",
] as const satisfies (keyof Call)[];

export const csvHead = csvLine([...COLUMNS, "costMicros", "currency"]);

export const callAsCsv = (call: Call): string =>
	csvLine([...COLUMNS.map((name) => call[name]), call.cost?.amountMicros ?? null, call.cost?.currency ?? null]);
