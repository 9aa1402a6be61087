import { inOneBatch, type Statement } from "../../db/client";
import { Fault, notFound } from "../../errors";
import { publish } from "../../live/store";
import { tell } from "../../live/tell";
import { AssistantRefusal } from "../../outside/assistant/assistant";
import { CarrierRefusal } from "../../outside/carrier/carrier";
import type { House, Scope } from "../../scope";
import { ownerOnly } from "../../wallet/owner-only";
import { clearFault } from "../faults";
import { findAssistant } from "../store";
import {
	type Connecting,
	type ConnectionRow,
	failConnection,
	findConnecting,
	keepConnection,
	paysForMinute,
	wantAssistant,
} from "./store";

/**
 * Has an assistant answer a number, or nobody with null: set here and at the provider, or neither. False: nobody can tell yet, the
 * completer goes on. Throws not-found for a number or an assistant of somebody else's, and tells why when the provider refuses.
 */
export async function connectNumber(scope: Scope, numberId: string, assistantId: string | null): Promise<boolean> {
	ownerOnly(scope);
	const { db, accountId, settings } = scope;
	const now = scope.now();
	const lookAfter = now + settings.COMPLETER_AGE_SECONDS * 1000;
	const [wanted] = await inOneBatch<Statement>(db, [
		wantAssistant(db, accountId, { numberId, assistantId, isPaidAfterwards: isPastUs(scope), lookAfter, now }),
	]);
	const found = await findConnecting(db, accountId, numberId);
	if (found && Array.isArray(wanted) && wanted.length > 0) return finishConnection(scope, found, true);
	if (assistantId === null && found?.connection.status !== "pending") return true; // nobody answers it, as asked
	throw await whyNot(scope, found, assistantId);
}

// The carrier sends a real provider's calls there without asking us, so that there must be money before the first one.
const isPastUs = ({ assistants }: House) => assistants.name !== "simulated";

async function whyNot(scope: Scope, found: Connecting | null, assistantId: string | null): Promise<Fault> {
	const { db, accountId } = scope;
	const assistant = assistantId === null ? null : await findAssistant(db, accountId, assistantId);
	if (assistantId !== null && !assistant) return notFound("Assistant");
	if (found?.connection.status === "pending")
		return new Fault("in_progress", "This number is being connected just now", { retryAfter: 5 });
	if (assistant && assistant.providerRef === null)
		return new Fault("not_ready", "This assistant is not at its provider yet");
	if (isPastUs(scope) && !(await paysForMinute(db, accountId)))
		return new Fault("out_of_credit", "The balance does not cover a minute with an assistant. Top up the wallet.");
	return notFound("Phone number that can take calls");
}

/**
 * The provider's half and ours after it; repeating it brings the two to the same end. What was in force stays in force until the
 * provider has done as asked.
 */
export async function finishConnection(house: House, found: Connecting, isAsked: boolean): Promise<boolean> {
	const { connection } = found;
	const { db } = house;
	try {
		const ref = await (connection.wantedId === null ? disconnect(house, found) : connect(house, found));
		await settled(house, connection, keepConnection(db, connection, ref, house.now()));
		return true;
	} catch (error) {
		const fault = clearFault(error);
		// A disconnection that was begun is gone through with: the number may be nobody's to answer by now.
		if (!fault || connection.wantedId === null) {
			console.warn(
				JSON.stringify({ level: "warn", number: connection.numberId, waits: "assistant", error: String(error) }),
			);
			return false;
		}
		if (!isAsked && fault.code === "try_again") return false;
		await settled(house, connection, failConnection(db, connection, fault.message, house.now()));
		if (isAsked) throw fault;
		return true;
	}
}

/** Writes an ending down, and tells the pages of it. */
async function settled(house: House, { accountId, numberId }: ConnectionRow, ending: Statement): Promise<void> {
	const { db } = house;
	const [, told] = await inOneBatch(db, [ending, publish(db, accountId, "assistant", { numberId }, house.now())]);
	tell(house, told);
}

async function connect({ assistants }: House, { connection, number, assistant }: Connecting): Promise<string> {
	if (number.status !== "active") throw new AssistantRefusal("other", "the number was given up");
	if (!assistant?.providerRef) throw new AssistantRefusal("other", "the assistant is gone");
	const { providerRef: assistantRef, name } = assistant;
	const known = connection.providerRef ?? (await assistants.findNumber(number.e164))?.ref;
	try {
		if (known) {
			await assistants.pointNumber(known, assistantRef);
			return known;
		}
	} catch (error) {
		if (!(error instanceof AssistantRefusal) || error.reason !== "not_found") throw error;
	}
	return (await assistants.importNumber({ e164: number.e164, name, assistantRef })).ref;
}

/** Takes a number from the provider, and has the carrier send its calls to us again, where its routing stands as it did. */
async function disconnect({ assistants, carrier }: House, { connection, number }: Connecting): Promise<null> {
	const known = connection.providerRef ?? (await assistants.findNumber(number.e164))?.ref;
	if (known) await assistants.forgetNumber(known);
	if (number.status === "active" && number.carrierRef !== null)
		try {
			const { operationId } = number;
			await carrier.adoptLine({ ref: number.carrierRef, operationId: operationId ?? "", before: {} });
		} catch (error) {
			if (!(error instanceof CarrierRefusal && error.reason === "not_found")) throw error;
		}
	return null;
}
