import { clearAgenda, plan, wake } from "./agenda";
import type { Exchange } from "./exchange";
import { callAt, type Hand, hold, IN_HAND, momentIn, type PhoneNow, paceOf, personOf, showPhone } from "./in-hand";
import { takeCall } from "./incoming";
import { answerLeg, hangUpLeg, secondNow, strike } from "./legs";
import { done, type Reply, refused } from "./reply";
import type { AgendaRow, CallRow } from "./tables";

/** What somebody does with the phone in their hand. */
export type HandAct = { do: "ring" } | { do: "answer" } | { do: "hangUp" } | { do: "press"; key: string };

const ENDS_KEYS = "#";

/** Does it, and says what the phone shows then. */
export async function act(exchange: Exchange, hand: Hand, deed: HandAct): Promise<Reply<PhoneNow | null>> {
	hold(exchange, hand);
	const held = callAt(exchange, hand);
	if (deed.do === "ring") {
		if (held) return refused("other", "21220", "This phone is in a call.");
		const rung = await takeCall(exchange, { from: hand.peer, to: hand.line, person: IN_HAND });
		if (rung.kind !== "done") return rung;
	} else if (!held) return refused("not_found", "20404", "This phone has no call.");
	else if (held.leg) {
		if (deed.do === "answer" && held.leg.state === "ringing") await answerLeg(exchange, held.call, held.leg);
		if (deed.do === "hangUp") hangUpLeg(exchange, held.call, held.leg, "declined");
	} else if (deed.do === "answer") answer(exchange, held.call);
	else if (deed.do === "hangUp") hangUp(exchange, held.call);
	else press(exchange, held.call, deed.key);
	await wake(exchange);
	return done(showPhone(exchange, hand));
}

function answer(exchange: Exchange, call: CallRow): void {
	if (call.direction !== "outbound-api" || call.status !== "ringing") return;
	exchange.storage.transactionSync(() => {
		strike(exchange, call.ref, ["over"]);
		plan(exchange, call.ref, secondNow(exchange, call), [{ kind: "answered", after: 0 }]);
	});
}

/** Whoever hangs up into a running tape has left a message all the same. */
function hangUp(exchange: Exchange, call: CallRow): void {
	const second = secondNow(exchange, call);
	const tape = tapeOf(exchange, call);
	const refusal = call.direction === "inbound" ? "canceled" : "busy";
	const status = call.answered_second === null ? refusal : "completed";
	exchange.storage.transactionSync(() => {
		const person = { ...personOf(call), hangsUpAfter: second - (call.answered_second ?? second) };
		exchange.sql.exec("UPDATE calls SET person = ? WHERE ref = ?", JSON.stringify(person), call.ref);
		clearAgenda(exchange, call.ref);
		plan(exchange, call.ref, second, [
			tape ? { kind: "happened", after: 0, detail: tape(second) } : { kind: "over", after: 0, detail: { status } },
		]);
	});
}

/** What is kept of a tape that runs, cut at the second at which the caller hangs up; null while none runs. */
function tapeOf(exchange: Exchange, call: CallRow): ((second: number) => object) | null {
	const row = exchange.sql
		.exec<AgendaRow>("SELECT * FROM agenda WHERE ref = ? AND kind = 'happened'", call.ref)
		.toArray()[0];
	const planned = row && JSON.parse(row.detail);
	if (!row || planned.happening.kind !== "recorded" || momentIn(exchange, call)?.step.verb !== "record") return null;
	const pace = paceOf(exchange, call);
	return (second) => {
		const seconds = Math.max(1, Math.round(planned.happening.seconds - (row.second - second) / pace));
		return { ...planned, happening: { ...planned.happening, seconds } };
	};
}

/** A key counts where one is asked for, also while the words that ask are still being said. */
function press(exchange: Exchange, call: CallRow, key: string): void {
	const step = call.answered_second === null ? null : momentIn(exchange, call)?.step;
	if (step?.verb !== "gather") return;
	const { sql, storage } = exchange;
	storage.transactionSync(() => {
		const { pressed } = sql
			.exec<{ pressed: string }>(
				"UPDATE scripts SET pressed = pressed || ? WHERE ref = ? RETURNING pressed",
				key,
				call.ref,
			)
			.one();
		if (key !== ENDS_KEYS && pressed.length < (step.digits ?? Number.POSITIVE_INFINITY)) return;
		strike(exchange, call.ref, ["happened", "over"]);
		const digits = step.digits === 1 ? pressed : pressed.replace(ENDS_KEYS, "");
		const happening = { kind: "keys", after: 0, digits, url: step.actionUrl };
		const detail = { happening, keysUsed: call.keys_used, legRef: "" };
		plan(exchange, call.ref, secondNow(exchange, call), [{ kind: "happened", after: 0, detail }]);
	});
}
