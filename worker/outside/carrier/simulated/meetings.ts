import { callWith, type Plan, plan } from "./agenda";
import { deliver } from "./delivery";
import type { Exchange } from "./exchange";
import { callFields } from "./forms";
import { follow } from "./instructions";
import { secondNow } from "./legs";
import type { Person } from "./people";
import type { AgendaRow, CallRow, MemberRow } from "./tables";
import { noteTape } from "./tapes";
import { ACCOUNT } from "./token";
import type { ConferenceStep } from "./twiml-reader";

const isBrowser = ({ to }: CallRow) => to.startsWith("client:");

/** A call comes into a room. Two pretend people alone in it talk for a while; with a browser they stay as long as it does. */
export function joinRoom(exchange: Exchange, call: CallRow, row: AgendaRow, step: ConferenceStep): Plan[] {
	const { sql } = exchange;
	const tape = `RE${crypto.randomUUID().replaceAll("-", "")}`;
	sql.exec(
		"INSERT OR REPLACE INTO members (ref, room, ends_for_all, action_url, recorded_url, tape, since) VALUES (?, ?, ?, ?, ?, ?, ?)",
		...[call.ref, step.room, step.endsForAll ? 1 : 0, step.actionUrl, step.recordedUrl, tape, Date.now()],
	);
	const others = membersOf(exchange, step.room).filter(({ ref }) => ref !== call.ref);
	const person: Person = JSON.parse(call.person);
	const calls = others.flatMap(({ ref }) => callWith(exchange, ref) ?? []);
	const talks = [call, ...calls].map((one): Person => JSON.parse(one.person)).map(({ talksFor }) => talksFor);
	const talk = calls.length > 0 && !isBrowser(call) && !calls.some(isBrowser) ? Math.min(...talks) : null;
	// Browsers live in real time, and whoever talks with them does too.
	const limit = isBrowser(call) || calls.some(isBrowser) ? null : step.limitSeconds;
	const spoken = row.second - (call.answered_second ?? row.second);
	const patience = person.hangsUpAfter === null || isBrowser(call) ? null : Math.max(0, person.hangsUpAfter - spoken);
	const ends = [talk, limit, patience].filter((seconds) => seconds !== null);
	return ends.length === 0 ? [] : [{ kind: "over", after: Math.min(...ends), detail: { status: "completed" } }];
}

const membersOf = ({ sql }: Exchange, room: string) =>
	sql.exec<MemberRow>("SELECT * FROM members WHERE room = ? ORDER BY since", room).toArray();

/** A call is out of its room; where it takes the others along, each of them asks what follows. */
export async function leaveRoom(exchange: Exchange, ref: string): Promise<void> {
	const { sql, storage } = exchange;
	const [member] = sql.exec<MemberRow>("SELECT * FROM members WHERE ref = ?", ref).toArray();
	if (!member) return;
	const others = membersOf(exchange, member.room).filter((other) => other.ref !== ref);
	const isLast = others.length === 0;
	storage.transactionSync(() => {
		sql.exec("DELETE FROM members WHERE ref = ?", ref);
		if (member.ends_for_all === 1) for (const other of others) putOut(exchange, other);
	});
	if (member.recorded_url && (isLast || member.ends_for_all === 1)) await keepRecording(exchange, member);
}

function putOut(exchange: Exchange, { ref, action_url }: MemberRow): void {
	const { sql } = exchange;
	sql.exec("DELETE FROM members WHERE ref = ?", ref);
	const call = callWith(exchange, ref);
	if (!call || call.ended_at !== null) return;
	const kind = action_url === null ? "over" : "left";
	plan(exchange, ref, secondNow(exchange, call), [
		{ kind, after: 0, detail: { url: action_url, status: "completed" } },
	]);
}

/** The room is gone: asks what follows. */
export async function comeOut(exchange: Exchange, call: CallRow, row: AgendaRow): Promise<Plan[]> {
	const { url }: { url: string } = JSON.parse(row.detail);
	return follow(exchange, call, row, url, { ...callFields(call), DialCallStatus: "answered" });
}

async function keepRecording(exchange: Exchange, { recorded_url: url, tape, since }: MemberRow): Promise<void> {
	if (url === null) return;
	const seconds = Math.round(((Date.now() - since) * exchange.settings.SIMULATION_SPEED) / 1000);
	noteTape(exchange, tape, seconds);
	const fields = {
		AccountSid: ACCOUNT,
		ConferenceSid: `CF${tape.slice(2)}`,
		RecordingSid: tape,
		RecordingUrl: `https://recordings.invalid/${tape}`,
		RecordingStatus: "completed",
		RecordingDuration: String(seconds),
		RecordingChannels: "1",
		RecordingSource: "Conference",
	};
	await deliver(exchange, url, fields, tape);
}
