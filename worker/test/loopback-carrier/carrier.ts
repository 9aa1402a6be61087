import { personAt } from "../../outside/carrier/simulated/people.ts";
import type { Verdict } from "../contracts/openapi.ts";
import document from "../contracts/twilio.openapi.json" with { type: "json" };
import { twilioContract } from "../contracts/twilio.ts";
import type { LoopbackCall } from "./call.ts";
import { Callbacks, wait } from "./callbacks.ts";
import { type FaultMode, Faults } from "./faults.ts";
import { OPERATIONS, type Outcome, refuse } from "./operations.ts";
import { ACCOUNT_SID, AUTH_TOKEN, type LoopbackOptions } from "./options.ts";

/** A request to the carrier's REST API. */
export interface Asked {
	method: string;
	path: string;
	authorization: string | null;
	contentType: string | null;
	body: string;
	/** When it came, in milliseconds of `performance.now()`; now, when nobody says. */
	at?: number;
}

/** What goes back: an answer, or a connection that says nothing any more. */
export type Told = { status: number; headers: Record<string, string>; body: string } | "silence" | "cut";

/** An order to call somebody, and when it arrived: milliseconds of `performance.now()`. */
interface Arrival {
	to: string;
	at: number;
}

const judge = twilioContract(document);
/** A report with every problem ever would grow without end. */
const KEPT_VIOLATIONS = 100;

/** A carrier on this machine that speaks Twilio's REST API, owns numbers, places calls and sends signed callbacks. */
export class LoopbackCarrier {
	readonly options: LoopbackOptions;
	readonly faults: Faults;
	readonly callbacks: Callbacks;
	readonly lines = new Map<string, { sid: string; form: URLSearchParams }>();
	readonly calls = new Map<string, LoopbackCall>();
	readonly messages = new Map<string, { sid: string; form: URLSearchParams; status: string; at: number }>();
	/** What came in, whether we took it or not. */
	readonly received = new Map<string, { sid: string; form: URLSearchParams; status: string; at: number }>();
	readonly optOuts = new Set<string>();
	readonly #violations: { request: string; problems: string[] }[] = [];
	#violationCount = 0;
	#unauthorised = 0;
	#requests = 0;
	#inFlight = 0;
	#maxInFlight = 0;
	#live = 0;
	#maxLive = 0;
	#arrivals: Arrival[] = [];

	constructor(options: Partial<LoopbackOptions> = {}) {
		this.options = {
			accountSid: ACCOUNT_SID,
			authToken: AUTH_TOKEN,
			latencyMs: 0,
			speed: 1000,
			maxConcurrent: Number.POSITIVE_INFINITY,
			callbacks: "all",
			duplicate: 0,
			reorder: 0,
			heldBackMs: 60,
			lose: 0,
			callbackDelayMs: 0,
			personAt,
			send: (request) => fetch(request),
			chance: Math.random,
			...options,
		};
		this.faults = new Faults(() => this.options.chance());
		this.callbacks = new Callbacks(this.options);
	}

	/** Takes a request as the carrier's API would. */
	async handle(asked: Asked): Promise<Told> {
		const { at = performance.now() } = asked;
		this.#requests++;
		this.#maxInFlight = Math.max(this.#maxInFlight, ++this.#inFlight);
		try {
			const verdict = judge({ ...asked, body: asked.body });
			const operation = verdict.match?.operationId ?? "";
			if (operation === "CreateCall") this.#arrivals.push({ to: new URLSearchParams(asked.body).get("To") ?? "", at });
			const fault = this.faults.next(operation);
			if (fault === "cut-before") return "cut";
			const outcome = outcomeBefore(fault) ?? this.#perform(asked, verdict);
			if (this.options.latencyMs > 0) await wait(this.options.latencyMs);
			return told(outcome, fault);
		} finally {
			this.#inFlight--;
		}
	}

	get live(): number {
		return this.#live;
	}

	/** Starts a call, in the background. */
	place(call: LoopbackCall): void {
		this.calls.set(call.sid, call);
		this.#maxLive = Math.max(this.#maxLive, ++this.#live);
		const life = call.live().finally(() => this.#live--);
		life.catch((error: unknown) => console.error(String(error)));
	}

	/** Forgets what it was asked so far: before the next measurement. */
	forget(): void {
		this.#arrivals = [];
		this.#maxInFlight = 0;
		this.#maxLive = 0;
	}

	/** Everything that a test wants to know afterwards. */
	report() {
		const callsByTo: Record<string, number> = {};
		for (const { to } of this.calls.values()) callsByTo[to] = (callsByTo[to] ?? 0) + 1;
		const { sent, duplicated, heldBack, lost, failed } = this.callbacks;
		return {
			requests: this.#requests,
			unauthorised: this.#unauthorised,
			violationCount: this.#violationCount,
			violations: this.#violations,
			calls: this.calls.size,
			callsByTo,
			calledTwice: Object.keys(callsByTo).filter((to) => (callsByTo[to] ?? 0) > 1),
			live: this.#live,
			maxLive: this.#maxLive,
			maxInFlight: this.#maxInFlight,
			arrivals: this.#arrivals,
			lines: [...this.lines.keys()],
			messages: this.messages.size,
			callbacks: { sent, duplicated, heldBack, lost, failed },
		};
	}

	#perform(asked: Asked, verdict: Verdict): Outcome {
		const { accountSid, authToken } = this.options;
		if (asked.authorization !== `Basic ${btoa(`${accountSid}:${authToken}`)}`) {
			this.#unauthorised++;
			return refuse(401, 20003, "Authenticate");
		}
		const { match, violations } = verdict;
		if (!match || violations.length > 0) {
			this.#violationCount++;
			if (this.#violations.length < KEPT_VIOLATIONS)
				this.#violations.push({ request: `${asked.method} ${asked.path}`, problems: violations });
			return refuse(
				400,
				violations.some((each) => each.startsWith("form: To is not")) ? 21211 : 20001,
				violations.join("; "),
			);
		}
		const operation = OPERATIONS[match.operationId];
		if (!operation) return refuse(405, 20004, `${match.operationId} is not played here`);
		return operation(this, {
			path: match.path,
			query: new URLSearchParams(match.query),
			form: new URLSearchParams(match.form),
		});
	}
}

function outcomeBefore(fault: FaultMode | null): Outcome | null {
	if (fault === "429") return refuse(429, 20429, "Too many requests");
	if (fault === "500-before") return refuse(500, 20500, "Internal server error");
	return null;
}

function told(outcome: Outcome, fault: FaultMode | null): Told {
	if (fault === "timeout-after") return "silence";
	if (fault === "cut-after") return "cut";
	const headers = { "content-type": "application/json", ...(outcome.status === 429 ? { "retry-after": "1" } : {}) };
	const body = outcome.status === 204 ? "" : JSON.stringify(outcome.json);
	if (fault === "500-after")
		return { status: 500, headers, body: '{"code":20500,"message":"Internal server error","status":500}' };
	return { status: outcome.status, headers, body: fault === "malformed-after" ? body.slice(0, body.length / 2) : body };
}
