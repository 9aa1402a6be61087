import { ulid } from "ulid";
import type * as z from "zod";
import { Fault } from "../errors";
import type { Once } from "../http/idempotency";
import { type Outcome, withBody } from "../once/outcome";
import { CarrierBusy, CarrierRefusal, CarrierUnclear, type LineType, type Offer } from "../outside/carrier/carrier";
import type { Scope } from "../scope";
import { ownerOnly } from "../wallet/owner-only";
import { buy, type Order } from "./buy";
import { buyMany } from "./buy-many";
import type { Channel, Generated, GenerateInput } from "./inputs";
import { stock } from "./search";
import { refusalFault } from "./settle";

/** Numbers to have at hand beyond those asked for, should others buy at the same moment. */
const SPARE = 30;
/** How often to look for others when all of those were bought meanwhile. */
const TRIES = 3;
const TYPES: LineType[] = ["local", "mobile", "tollfree"];
const MESSAGE = "Phone number purchased and stored successfully";

type Answer = z.output<typeof Generated>;

/** One press of a button: a number is bought and its channel stored, or neither. */
export async function generateNumber(scope: Scope, input: GenerateInput, once: Once): Promise<Outcome<Answer>> {
	ownerOnly(scope);
	try {
		const outcome = await generate(scope, input, once, TRIES);
		return outcome.state === "failed" ? { ...outcome, fault: failedToGenerate(outcome.fault) } : outcome;
	} catch (error) {
		const fault = asFault(error);
		throw fault ? failedToGenerate(fault) : error;
	}
}

async function generate(scope: Scope, input: GenerateInput, once: Once, tries: number): Promise<Outcome<Answer>> {
	const candidates = await anyStock(scope, input);
	const [first] = candidates;
	if (!first) throw new Fault("not_found", "No available phone numbers in this country");
	const orderOf = (): Order => ({
		kind: "channel_number",
		country: first.country,
		type: first.type,
		candidates,
		label: input.name ?? "",
		quotedMicros: null,
		channel: { id: `chn_${ulid()}`, name: input.name ?? null, type: input.type },
		creditShortfall: scope.carrier.name === "simulated" && scope.settings.ENVIRONMENT !== "production",
	});
	if (input.count === 1)
		try {
			return withBody(await buy(scope, orderOf(), once), ({ channel }) => answer(channel ? [channel] : [], 0));
		} catch (error) {
			if (tries > 1 && error instanceof Fault && error.code === "already_exists")
				return generate(scope, input, once, tries - 1);
			throw error;
		}
	const outcome = await buyMany(scope, { kind: "channel_batch", count: input.count, orderOf }, once);
	if (outcome.state !== "done") return outcome;
	const { parts } = outcome.body;
	const channels = parts.flatMap(({ bought }) => bought?.channel ?? []);
	const pending = parts.find(({ status }) => status === "pending")?.operationId;
	if (channels.length === 0 && pending) return { state: "pending", operationId: pending, replayed: outcome.replayed };
	if (channels.length === 0)
		return { state: "failed", fault: whyNone(parts[0]?.error ?? null), replayed: outcome.replayed };
	return { ...outcome, body: answer(channels, parts.filter(({ status }) => status === "failed").length) };
}

/** The first type of line that the country sells with what the channel must be able to do. */
async function anyStock(scope: Scope, input: GenerateInput): Promise<Offer[]> {
	const { country, areaCode, count } = input;
	const capabilities = input.capabilities ?? (input.type === "whatsapp" ? {} : { [input.type]: true });
	for (const type of TYPES) {
		const offers = await stock(scope, { country, type, areaCode, capabilities, limit: count + SPARE });
		if (offers.length > 0) return offers;
	}
	return [];
}

function answer(channels: Channel[], failed: number): Answer {
	const [first] = channels;
	if (!first) throw new Error("a purchase with a channel came back without it");
	return { ...first, message: MESSAGE, channels, failed };
}

function whyNone(error: { code: string; message: string } | null): Fault {
	return new Fault(error?.code === "out_of_credit" ? "out_of_credit" : "carrier_refused", error?.message ?? "");
}

/** The contract's words for every failure; the reason stands in `details`. */
function failedToGenerate(reason: Fault): Fault {
	const { code, details, retryAfter } = reason;
	const more = retryAfter === undefined ? {} : { retryAfter };
	return new Fault(code, "Failed to generate phone number", { details, cause: reason, ...more });
}

function asFault(error: unknown): Fault | null {
	if (error instanceof CarrierRefusal || error instanceof CarrierBusy) return refusalFault(error);
	if (error instanceof CarrierUnclear) return new Fault("carrier_unclear", "The carrier did not answer clearly.");
	return error instanceof Fault ? error : null;
}
