import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { createAssistant } from "../assistants/create";
import { AssistantInput } from "../assistants/inputs";
import { pretendedSecret } from "../outside/assistant/simulated";
import { fakeAssistants } from "./fake-assistants";
import { freshNumbers } from "./fake-carrier";
import { knock, type TestAccount } from "./house";
import { testSettings } from "./settings";

export const HOUR = 3_600_000;
/** No `Idempotency-Key`. */
export const once = { key: null, requestHash: "" };
export const desk = AssistantInput.parse({ name: "Front desk", firstMessage: "Hello!" });

export async function assistantOf(account: TestAccount, name = "Front desk"): Promise<string> {
	const reply = await account.call("/api/assistants", { name, firstMessage: "Hello!" });
	return (await reply.json<{ id: string }>()).id;
}

export async function numberOf({ accountId }: TestAccount): Promise<{ id: string; e164: string }> {
	const [e164 = ""] = freshNumbers(1);
	const id = `num_${ulid()}`;
	await env.DB.prepare(
		`INSERT INTO numbers (id, account_id, e164, status, country, line_type, provider, carrier_ref, can_voice, can_sms, monthly_micros, purchased_at, created_at)
		VALUES (?1, ?2, ?3, 'active', 'US', 'local', 'simulated', ?1, 1, 1, 0, 1, 1)`,
	)
		.bind(id, accountId, e164)
		.run();
	return { id, e164 };
}

/** An assistant at a provider that does as a test says, and a number that it is to answer. */
export async function deskAtFake(account: TestAccount) {
	const assistants = fakeAssistants();
	const scope = account.scope({ assistants });
	await createAssistant(scope, desk, once);
	const [ref = ""] = assistants.specs.keys();
	return { assistants, scope, assistantId: ref.slice(3), number: await numberOf(account) };
}

export const put = (account: TestAccount, numberId: string, assistantId: string | null) =>
	account.call(`/api/phone-numbers/${numberId}`, { assistantId }, { method: "PUT" });

export const connectionOf = async (account: TestAccount, numberId: string) => {
	const all = await (await account.call("/api/assistants/connections")).json<Record<string, unknown>[]>();
	return all.find(({ phoneNumberId }) => phoneNumberId === numberId);
};

/** What pretended webhooks prove themselves by. */
export const SECRET = pretendedSecret(testSettings.MEDIA_SECRET);
/** The provider tells something. */
export const tell = (message: object, headers: Record<string, string> = { "x-vapi-secret": SECRET }) =>
	knock("/webhooks/vapi", { method: "POST", headers, body: JSON.stringify({ message }) });

/** An account with an assistant on a number, and a call on its way there. */
export async function callTo(account: TestAccount) {
	const [assistantId, number] = [await assistantOf(account), await numberOf(account)];
	await put(account, number.id, assistantId);
	const callRef = `call-${ulid()}`;
	const call = {
		id: callRef,
		type: "inboundPhoneCall",
		phoneCallProviderId: `CA${ulid()}`,
		assistantId: `sim_${assistantId}`,
		phoneNumber: { number: number.e164 },
		customer: { number: "+14155550199" },
	};
	return { assistantId, number, call };
}

/** How a call went, in the provider's words. */
export const report = (call: object, more: object = {}) => ({
	type: "end-of-call-report",
	call,
	endedReason: "customer-ended-call",
	startedAt: "2026-11-20T10:00:00.000Z",
	endedAt: "2026-11-20T10:01:30.000Z",
	cost: 0.1234567,
	analysis: { summary: "Asked for the time." },
	artifact: { transcript: "AI: Hello!\nUser: <script>alert(1)</script>" },
	...more,
});

/** The calls that the account's assistants took. */
export const callsOf = async (account: TestAccount) =>
	(await (await account.call("/api/assistant-calls")).json<{ items: Record<string, unknown>[] }>()).items;
