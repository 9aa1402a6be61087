import { setTimeout as sleep } from "node:timers/promises";
import { ACCOUNT } from "./account.mjs";
import { callBack } from "./callbacks.mjs";

const RANKS = ["initiated", "ringing", "in-progress"];

/** One call at the loopback carrier, from the order to its end, with the callbacks that it makes on the way. */
export class Call {
	status = "queued";
	startedAt = Date.now();
	duration = 0;
	/** True once the product has confirmed that it heard the called person say stop. */
	saidStop = false;
	/** The product's own id of the attempt, from the callback URL. */
	attempt;
	#order;
	#chance;
	#pause;
	#sequence = 0;

	constructor(sid, order, { chance, stepMs }) {
		this.sid = sid;
		this.to = order.To;
		this.from = order.From;
		this.attempt = new URL(order.StatusCallback).searchParams.get("a");
		this.#order = order;
		this.#chance = chance;
		this.#pause = () => sleep(stepMs * (0.5 + this.#chance.random()));
	}

	get isOver() {
		return ["completed", "busy", "no-answer", "failed", "canceled"].includes(this.status);
	}

	/** Lives the story that the called person makes of it. */
	async live({ end, keys }) {
		const told = [];
		const tell = (status) => told.push(this.#tell(status));
		for (const status of end === "completed" ? RANKS : RANKS.slice(0, 2)) {
			if (this.isOver) break;
			this.status = status;
			tell(status);
			await this.#pause();
		}
		if (end === "completed" && !this.isOver) await this.#talk(keys);
		if (!this.isOver) this.status = end;
		tell(this.status);
		await Promise.all(told);
	}

	/** Reports the end only, at once: for measuring. */
	async endAtOnce(status) {
		this.status = status;
		await this.#send(status, 3);
	}

	hangUp() {
		if (!this.isOver) this.status = "completed";
	}

	async #talk(keys) {
		this.duration = 7;
		const voice = { ...this.#fields("in-progress") };
		let twiml = await callBack(this.#order.Url, voice);
		const action = /<Gather[^>]*\baction="([^"]+)"/.exec(twiml ?? "")?.[1];
		if (!keys || !action) return;
		await this.#pause();
		twiml = await callBack(plain(action), { ...voice, Digits: keys });
		this.saidStop = keys === "9" && twiml !== null;
		const connected = /<Dial[^>]*\baction="([^"]+)"/.exec(twiml ?? "")?.[1];
		if (!connected) return;
		this.duration += 20;
		await this.#pause();
		await callBack(plain(connected), { ...voice, DialCallStatus: "completed", DialCallDuration: "20" });
	}

	async #tell(status) {
		const sequence = this.#sequence++;
		if (this.#chance.happens("drop")) return;
		if (this.#chance.happens("shuffle")) await sleep(this.#chance.random() * 400);
		const times = this.#chance.happens("repeat") ? 2 : 1;
		await Promise.all(Array.from({ length: times }, () => this.#send(status, sequence)));
	}

	#send(status, sequence) {
		return callBack(this.#order.StatusCallback, { ...this.#fields(status), SequenceNumber: String(sequence) });
	}

	#fields(status) {
		return {
			AccountSid: ACCOUNT.TWILIO_ACCOUNT_SID,
			ApiVersion: "2010-04-01",
			CallSid: this.sid,
			CallStatus: status,
			Direction: "outbound-api",
			From: this.from,
			To: this.to,
			...(status === "completed" ? { CallDuration: String(this.duration) } : {}),
		};
	}

	toJSON() {
		const start = new Date(this.startedAt).toUTCString();
		return {
			sid: this.sid,
			to: this.to,
			from: this.from,
			status: this.status,
			date_created: start,
			start_time: this.status === "queued" ? null : start,
			duration: this.isOver ? String(this.duration) : null,
		};
	}
}

function plain(text) {
	return text.replaceAll("&amp;", "&");
}
