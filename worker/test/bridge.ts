import { env } from "cloudflare:workers";
import { callbackUrl } from "../calls/callback-url";
import { askAbout } from "../calls/consult/ask";
import { hearAsked } from "../calls/consult/hear-asked";
import type { Consult, ConsultInput } from "../calls/consult/inputs";
import { enterRoom } from "../calls/consult/rooms";
import { goOn } from "../calls/go-on";
import { hearLeg } from "../calls/hear-leg";
import { hearStatus } from "../calls/hear-status";
import { type CallStory, CarrierForm } from "../calls/inputs";
import { placeCall } from "../calls/place";
import type { Scope } from "../scope";
import { type FakeCarrier, fakeCarrier } from "./fake-carrier";
import { house, openAccount, type TestAccount } from "./house";
import { eventually, openLine } from "./line";
import { carrierPosts } from "./signed";

let counter = 0;
/** A name as the carrier gives it to a line. */
export const newSid = () => `CA${"c".repeat(20)}${String(++counter).padStart(12, "0")}`;
export const CUSTOMER = "+447712345678";

/** Somebody here who speaks with a customer over the carrier: two lines that are joined to each other. */
export class Bridge {
	readonly account: TestAccount;
	readonly carrier: FakeCarrier;
	readonly line: string;
	readonly id: string;
	readonly agent: string;
	readonly customer: string;
	readonly direction: "inbound" | "outbound";
	now = () => Date.now();

	constructor(parts: Pick<Bridge, "account" | "carrier" | "line" | "id" | "agent" | "customer" | "direction">) {
		({
			account: this.account,
			carrier: this.carrier,
			line: this.line,
			id: this.id,
			agent: this.agent,
			customer: this.customer,
			direction: this.direction,
		} = parts);
	}

	house = () => house({ carrier: this.carrier, now: this.now });
	scope = (more: Partial<Scope> = {}) => this.account.scope({ carrier: this.carrier, now: this.now, ...more });

	async ask(input: ConsultInput, key: string | null = null): Promise<Consult> {
		const outcome = await askAbout(this.scope(), this.id, input, { key, requestHash: JSON.stringify(input) });
		if (outcome.state !== "done") throw new Error(`not done: ${JSON.stringify(outcome)}`);
		return outcome.body;
	}

	/** The line that was called for whoever is asked. */
	get target(): string {
		return [...this.carrier.calls.keys()].at(-1) ?? "";
	}

	/** A line asks what it is to do; `left` rooms it has been in before. */
	async asks({ id: about }: Pick<Consult, "id">, CallSid: string, left = 0): Promise<string> {
		const place = { callId: this.id, about, step: left, branch: "open" as const };
		return enterRoom(this.house(), place, CarrierForm.parse({ CallSid }));
	}

	/** The two are joined no more, and the line that dialed the other one asks what follows on that. */
	async parted(): Promise<string> {
		const [CallSid, DialCallSid] =
			this.direction === "inbound" ? [this.customer, this.agent] : [this.agent, this.customer];
		const form = { CallSid, DialCallSid, DialCallStatus: "completed", DialCallDuration: "20" };
		const place = { callId: this.id, step: 1, branch: "open" as const, about: "" };
		return goOn(this.house(), place, CarrierForm.parse(form));
	}

	/** What the line of who is asked tells. */
	async told({ id: about }: Pick<Consult, "id">, CallStatus: string, seconds?: number, CallSid = this.target) {
		const place = { callId: this.id, about, step: 0, branch: "open" as const };
		const duration = seconds === undefined ? {} : { CallDuration: String(seconds) };
		await hearAsked(this.house(), place, CarrierForm.parse({ CallSid, CallStatus, ...duration }));
	}

	/** One of the lines that the call began with is over. */
	async ends(who: "agent" | "customer", seconds = 30): Promise<void> {
		const CallSid = this[who];
		const isParent = (who === "customer") === (this.direction === "inbound");
		const form = CarrierForm.parse({
			CallSid,
			CallStatus: "completed",
			CallDuration: String(seconds),
			SequenceNumber: "9",
		});
		if (isParent) return hearStatus(this.house(), this.direction === "inbound" ? undefined : this.id, form);
		await hearLeg(this.house(), { callId: this.id, branch: "open", step: 0, about: this.legAbout }, form);
	}

	get legAbout(): string {
		return this.direction === "inbound" ? this.account.userId : "callee";
	}

	/** Where a line was sent last; undefined when it stayed where it was. */
	sentTo(ref: string): URL | undefined {
		const url = this.carrier.redirected.findLast((sent) => sent.ref === ref)?.url;
		return url === undefined ? undefined : new URL(url);
	}

	async story(): Promise<CallStory> {
		return (await this.account.call(`/api/calls/${this.id}`)).json();
	}

	/** Somebody at work is asked, has picked up and talks with the one who asks. */
	async talkingWith(input: ConsultInput): Promise<Consult> {
		const consult = await this.ask(input);
		await this.parted();
		await this.asks(consult, this.agent);
		await this.asks(consult, this.target);
		return consult;
	}
}

/** Has somebody speak in a call: who called us, or whom the account called from a browser. */
export async function bridged(
	direction: Bridge["direction"] = "inbound",
	{ balanceMicros = 5_000_000 }: { balanceMicros?: number } = {},
): Promise<Bridge> {
	const account = await openAccount({ balanceMicros });
	const { e164: line } = await openLine(account);
	const carrier = fakeCarrier();
	const legRef = newSid();
	const parentRef = direction === "inbound" ? newSid() : undefined;
	const { settings } = house();
	const id = parentRef ? await callComesIn(account, line, parentRef) : await callGoesOut(account, line, carrier);
	const ref = parentRef ?? [...carrier.calls.keys()].at(-1) ?? "";
	const about = parentRef ? account.userId : "callee";
	if (!parentRef) await carrierPosts(callbackUrl(settings, "agent", { callId: id }), { CallSid: ref });
	const leg = callbackUrl(settings, "leg", { callId: id, about });
	await carrierPosts(leg, { CallSid: legRef, CallStatus: "in-progress" });
	const [agent, customer] = direction === "inbound" ? [legRef, ref] : [ref, legRef];
	return new Bridge({ account, carrier, line, id, agent, customer, direction });
}

async function callComesIn(account: TestAccount, line: string, CallSid: string): Promise<string> {
	const url = new URL("/webhooks/twilio/voice/incoming", house().settings.PUBLIC_BASE_URL).href;
	await carrierPosts(url, { CallSid, From: CUSTOMER, To: line, CallStatus: "ringing" });
	const row = await eventually(() =>
		env.DB.prepare("SELECT id FROM calls WHERE carrier_ref = ? AND account_id = ?")
			.bind(CallSid, account.accountId)
			.first<{ id: string }>(),
	);
	return row.id;
}

async function callGoesOut(account: TestAccount, from: string, carrier: FakeCarrier): Promise<string> {
	const order = { from, to: CUSTOMER, via: "browser" as const };
	const outcome = await placeCall(account.scope({ carrier }), order, { key: null, requestHash: "" });
	if (outcome.state !== "done") throw new Error("not placed");
	return outcome.body.id;
}
