import { rehearse } from "../../outside/carrier/simulated/rehearsal.ts";
import { type Step, stepsOf } from "../../outside/carrier/simulated/twiml-reader.ts";
import { type Callbacks, type Fields, wait } from "./callbacks.ts";
import type { LoopbackOptions } from "./options.ts";

/** One call at the loopback carrier. Plays its whole life from {@link LoopbackCall.live}. */
export class LoopbackCall {
	readonly sid: string;
	readonly form: URLSearchParams;
	readonly createdAt = Date.now();
	status = "queued";
	startedAt: number | null = null;
	seconds: number | null = null;
	answeredBy: string | null = null;
	/** True once the product has confirmed that it heard the called person say stop. */
	saidStop = false;
	readonly #options: LoopbackOptions;
	readonly #callbacks: Callbacks;
	readonly #person: ReturnType<LoopbackOptions["personAt"]>;
	#sequence = 0;
	#clock = 0;
	#answeredAt: number | null = null;
	#keysUsed = 0;
	#stopped = false;
	/** Where the call was sent from outside, until it gets there. */
	#sentTo: string | null = null;
	#interrupt: () => void = () => {};

	constructor(sid: string, form: URLSearchParams, options: LoopbackOptions, callbacks: Callbacks) {
		this.sid = sid;
		this.form = form;
		this.#options = options;
		this.#callbacks = callbacks;
		this.#person = options.personAt(this.to);
	}

	get to(): string {
		return this.form.get("To") ?? "";
	}

	get from(): string {
		return this.form.get("From") ?? "";
	}

	/** The product's own id of the attempt, from the address for callbacks. */
	get attempt(): string | null {
		const url = this.form.get("StatusCallback");
		return url ? new URL(url).searchParams.get("a") : null;
	}

	get isOver(): boolean {
		return this.seconds !== null;
	}

	/** From the queue to the end. */
	async live(): Promise<void> {
		const { outcome, answersAfter } = this.#person;
		const ring = Number(this.form.get("Timeout") ?? 60);
		await this.#become("initiated");
		await this.#pass(1);
		if (outcome === "busy" || outcome === "failed") return this.#end(outcome);
		await this.#become("ringing");
		const inTime = outcome !== "no-answer" && answersAfter <= ring;
		await this.#pass(inTime ? answersAfter : ring);
		if (!inTime) return this.#end("no-answer");
		await this.#answer();
	}

	/** Ends the call from outside. */
	async hangUp(): Promise<void> {
		if (this.isOver) return;
		await this.#end(this.#answeredAt === null ? "canceled" : "completed");
	}

	/** Sends the call elsewhere, whatever it is doing. */
	redirect(url: string): void {
		this.#sentTo = url;
		this.#interrupt();
	}

	async #answer(): Promise<void> {
		this.#answeredAt = this.#clock;
		await this.#become("in-progress");
		const answerUrl = this.form.get("Url") ?? "";
		if (this.form.has("MachineDetection")) await this.#recognise();
		await this.#follow(await this.#callbacks.ask(answerUrl, this.#fields()), answerUrl);
	}

	async #recognise(): Promise<void> {
		const machine = this.form.get("MachineDetection") === "Enable" ? "machine_start" : "machine_end_beep";
		const heard = this.#person.outcome === "machine" ? machine : "human";
		const asyncUrl = this.form.get("AsyncAmdStatusCallback");
		if (!asyncUrl) {
			await this.#pass(4);
			this.answeredBy = heard;
		} else {
			const tell = () => this.#callbacks.tell(asyncUrl, { ...this.#fields(), AnsweredBy: heard });
			void wait(4000 / this.#options.speed).then(tell);
		}
	}

	async #follow(answer: string | null, url: string): Promise<void> {
		let steps: Step[] = answer?.trim() ? readSteps(answer, url) : [];
		while (!this.#stopped) {
			const sentTo = this.#sentTo;
			if (sentTo !== null) {
				this.#sentTo = null;
				const told = await this.#callbacks.ask(sentTo, this.#fields());
				steps = told?.trim() ? readSteps(told, sentTo) : [];
			}
			const happening = rehearse(steps, {
				person: this.#person,
				keysUsed: this.#keysUsed,
				elapsed: this.#clock - (this.#answeredAt ?? 0),
				limit: Number(this.form.get("TimeLimit") ?? 14_400),
			});
			await Promise.race([
				this.#pass(happening.after),
				new Promise<void>((resolve) => {
					this.#interrupt = resolve;
				}),
			]);
			if (this.#sentTo !== null) continue;
			if (happening.kind === "over") return this.#end(happening.status);
			if (happening.kind === "meeting") {
				// Nobody else is there: who was sent to a room talks for a while, or is sent on.
				await Promise.race([
					this.#pass(this.#person.talksFor),
					new Promise<void>((resolve) => {
						this.#interrupt = resolve;
					}),
				]);
				if (this.#sentTo !== null) continue;
				return this.#end("completed");
			}
			if (happening.kind === "dialing" || happening.kind === "recorded") return this.#end("completed");
			if (happening.kind === "connected" && happening.url === null) {
				steps = happening.rest;
				continue;
			}
			const fields = happening.kind === "keys" ? { Digits: happening.digits } : {};
			if (happening.kind === "keys") this.#keysUsed++;
			const leg = happening.kind === "connected" ? legFields(happening.leg) : {};
			const next = happening.url ?? "";
			const told = this.#stopped ? null : await this.#callbacks.ask(next, { ...this.#fields(), ...fields, ...leg });
			if (told !== null && fields.Digits === "9") this.saidStop = true;
			steps = told?.trim() ? readSteps(told, next) : [];
		}
	}

	async #become(status: string, last: Fields = {}): Promise<void> {
		if (this.#stopped && !this.isOver) return;
		this.status = status === "initiated" ? this.status : status;
		this.startedAt ??= Date.now();
		const url = this.form.get("StatusCallback");
		const event = this.isOver ? "completed" : status === "in-progress" ? "answered" : status;
		const { callbacks } = this.#options;
		const wanted =
			this.form.getAll("StatusCallbackEvent").includes(event) && (callbacks === "all" || event === "completed");
		const fields = {
			...this.#fields(),
			CallStatus: status,
			CallbackSource: "call-progress-events",
			SequenceNumber: String(this.#sequence++),
			Timestamp: new Date().toUTCString().replace("GMT", "+0000"),
			...last,
		};
		if (url && wanted && callbacks !== "none") await this.#callbacks.tell(url, fields);
	}

	async #end(status: string): Promise<void> {
		if (this.isOver) return;
		this.#stopped = true;
		this.seconds = this.#answeredAt === null ? 0 : Math.round(this.#clock - this.#answeredAt);
		await this.#become(status, {
			CallDuration: String(this.seconds),
			Duration: String(Math.ceil(this.seconds / 60)),
			SipResponseCode: status === "completed" ? "200" : "487",
		});
	}

	async #pass(seconds: number): Promise<void> {
		if (this.#stopped) return;
		await wait((seconds * 1000) / this.#options.speed);
		this.#clock += seconds;
	}

	#fields(): Fields {
		return {
			CallSid: this.sid,
			AccountSid: this.#options.accountSid,
			From: this.from,
			To: this.to,
			Caller: this.from,
			Called: this.to,
			CallStatus: this.status,
			ApiVersion: "2010-04-01",
			Direction: "outbound-api",
			...(this.answeredBy ? { AnsweredBy: this.answeredBy } : {}),
		};
	}
}

function legFields({ status, seconds }: { status: string; seconds: number }): Fields {
	return { DialCallStatus: status, ...(status === "completed" ? { DialCallDuration: String(seconds) } : {}) };
}

function readSteps(xml: string, url: string): Step[] {
	try {
		return stepsOf(xml, url);
	} catch {
		return [];
	}
}
