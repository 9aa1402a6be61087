import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { freshE164 } from "./campaign";
import type { TestAccount } from "./house";

/** Gives the account a line at the pretend carrier, with what is to be done with its calls. */
export async function openLine(
	{ accountId }: Pick<TestAccount, "accountId">,
	{ routing, assignedTo }: { routing?: object; assignedTo?: string } = {},
): Promise<{ id: string; e164: string }> {
	const e164 = freshE164();
	const bought = await env.SIMULATED_EXCHANGE.getByName("exchange").buyLine({ e164, operationId: "" });
	const ref = bought.kind === "done" ? bought.value.ref : `PN${crypto.randomUUID().replaceAll("-", "")}`;
	const id = `num_${ulid()}`;
	await env.DB.prepare(
		`INSERT INTO numbers (id, account_id, e164, status, country, line_type, provider, carrier_ref, can_voice, can_sms, monthly_micros,
			purchased_at, created_at, routing, assigned_to) VALUES (?, ?, ?, 'active', 'US', 'local', 'simulated', ?, 1, 1, 0, 1, 1, ?, ?)`,
	)
		.bind(id, accountId, e164, ref, routing ? JSON.stringify(routing) : null, assignedTo ?? null)
		.run();
	return { id, e164 };
}

/** Somebody calls a line. */
export async function callIn(
	to: string,
	{ from = "+447712345678", staysFor }: { from?: string; staysFor?: number } = {},
): Promise<string> {
	const reply = await env.SIMULATED_EXCHANGE.getByName("exchange").incomingCall({ to, from, staysFor });
	if (reply.kind !== "done") throw new Error(`the call was not taken: ${JSON.stringify(reply)}`);
	return reply.value.ref;
}

/** Looks again and again until `look` finds something. */
export async function eventually<T>(look: () => Promise<T | null | undefined | false>, what = "it"): Promise<T> {
	for (let tries = 0; tries < 200; tries++) {
		const found = await look();
		if (found) return found;
		await scheduler.wait(25);
	}
	throw new Error(`${what} never came`);
}
