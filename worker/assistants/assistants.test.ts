import { ulid } from "ulid";
import { describe, expect, it } from "vitest";
import { AssistantRefusal } from "../outside/assistant/assistant";
import { assistantOf, desk, deskAtFake, HOUR, once } from "../test/assistants";
import { fakeAssistants, nobodyKnows } from "../test/fake-assistants";
import { house, openAccount } from "../test/house";
import { changeAssistant } from "./change";
import { connectNumber } from "./connections/connect";
import { createAssistant } from "./create";
import { giveUpAssistants } from "./erase";
import { removeAssistant } from "./remove";
import { settleAssistants } from "./settle";

describe("assistants", () => {
	it("are made, listed, changed and deleted", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });

		const made = await account.call("/api/assistants", { name: " Front desk ", first_message: "Hello!" });
		const { id } = await made.clone().json<{ id: string }>();
		const changed = await account.call(`/api/assistants/${id}`, { instructions: "Be brief." }, { method: "PATCH" });
		const list = await (await account.call("/api/assistants")).json<{ items: object[]; nextCursor: null }>();
		const gone = await account.call(`/api/assistants/${id}`, undefined, { method: "DELETE" });

		expect(made.status).toBe(201);
		expect(await made.json()).toMatchObject({
			name: "Front desk",
			firstMessage: "Hello!",
			status: "active",
			error: null,
		});
		expect(await changed.json()).toMatchObject({ firstMessage: "Hello!", instructions: "Be brief.", status: "active" });
		expect(list.items).toMatchObject([{ id }]);
		expect(await gone.json()).toEqual({ success: true, status: "deleted" });
		expect((await account.call(`/api/assistants/${id}`)).status).toBe(404);
	});

	it("are made once under one Idempotency-Key", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const headers = { "idempotency-key": ulid() };
		const body = { name: "Front desk" };

		const first = await account.call("/api/assistants", body, { headers });
		const again = await account.call("/api/assistants", body, { headers });
		const other = await account.call("/api/assistants", { name: "Night desk" }, { headers });

		expect(await again.json()).toEqual(await first.json());
		expect([first.status, again.status, other.status]).toEqual([201, 201, 409]);
	});

	it.each([
		[{}],
		[{ name: "" }],
		[{ name: "x".repeat(41) }],
		[{ name: "A", maxDurationSeconds: 9 }],
		[{ name: "A", maxDurationSeconds: 43_201 }],
		[{ name: "A", transferTo: "12" }],
		[{ name: "A", transferTo: "+19005550199" }],
		[{ name: "A", voice: "somebody" }],
		[{ name: "A", status: "active" }],
		[{ name: "A", providerRef: "va_1" }],
	])("refuse %j", async (body) => {
		const account = await openAccount({ balanceMicros: 5_000_000 });

		expect((await account.call("/api/assistants", body)).status).toBe(422);
	});

	it("are somebody's own", async () => {
		const [owner, stranger] = [await openAccount(), await openAccount()];
		const id = await assistantOf(owner);
		const ask = (method: string, body?: object) => stranger.call(`/api/assistants/${id}`, body, { method });

		const replies = [await ask("GET"), await ask("PATCH", { name: "Mine" }), await ask("DELETE")];

		expect(replies.map(({ status }) => status)).toEqual([404, 404, 404]);
	});

	it("stay in error with what was written when the provider refuses, and can be mended", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const assistants = fakeAssistants();
		assistants.upset("create", { before: new AssistantRefusal("other", "no such voice") });

		const refused = await createAssistant(account.scope({ assistants }), desk, once);
		const { items } = await (await account.call("/api/assistants")).json<{ items: { id: string }[] }>();
		assistants.upset("create", null);
		const mended = await changeAssistant(account.scope({ assistants }), items[0]?.id ?? "", { voice: "Lily" });

		expect(refused).toMatchObject({ state: "failed", fault: { code: "carrier_refused" } });
		expect(items).toMatchObject([{ status: "error", error: expect.stringContaining("no such voice") }]);
		expect(mended).toMatchObject({ status: "active", voice: "Lily", error: null });
	});

	it("are found again by the completer when nobody knew whether they were made", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const assistants = fakeAssistants();
		assistants.upset("create", { after: nobodyKnows() });

		const unclear = await createAssistant(account.scope({ assistants }), desk, once);
		assistants.upset("create", null);
		await settleAssistants(house({ assistants, now: () => Date.now() + HOUR }));

		const { items } = await (await account.call("/api/assistants")).json<{ items: object[] }>();
		expect(unclear.state).toBe("pending");
		expect(items).toMatchObject([{ status: "active" }]);
		expect(assistants.specs.size).toBe(1);
	});

	it("are as before at both ends when a change is refused", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const assistants = fakeAssistants();
		const scope = account.scope({ assistants });
		await createAssistant(scope, desk, once);
		const [[ref = "", kept] = []] = assistants.specs;
		assistants.upset("update", { before: new AssistantRefusal("other", "no") });

		const refusal = await changeAssistant(scope, ref.slice(3), { name: "Night desk" }).catch((fault: unknown) => fault);

		const reply = await account.call(`/api/assistants/${ref.slice(3)}`);
		expect(refusal).toMatchObject({ code: "carrier_refused" });
		expect(await reply.json()).toMatchObject({ name: "Front desk", status: "active" });
		expect(assistants.specs.get(ref)).toEqual(kept);
	});

	it("take one change at a time, and come to it in the end", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const assistants = fakeAssistants();
		const scope = account.scope({ assistants });
		await createAssistant(scope, desk, once);
		const [[ref = ""] = []] = assistants.specs;
		assistants.upset("update", { before: nobodyKnows() });

		const pending = await changeAssistant(scope, ref.slice(3), { name: "Night desk" });
		const second = await changeAssistant(scope, ref.slice(3), { name: "Day desk" }).catch((fault: unknown) => fault);
		assistants.upset("update", null);
		await settleAssistants(house({ assistants, now: () => Date.now() + HOUR }));

		const after = await (await account.call(`/api/assistants/${ref.slice(3)}`)).json();
		expect(pending.status).toBe("pending");
		expect(second).toMatchObject({ code: "in_progress" });
		expect(after).toMatchObject({ name: "Night desk", status: "active" });
		expect(assistants.specs.get(ref)?.name).toBe("Night desk");
	});

	it("go from the provider in the end when it does not tell", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const assistants = fakeAssistants();
		const scope = account.scope({ assistants });
		await createAssistant(scope, desk, once);
		const [[ref = ""] = []] = assistants.specs;
		assistants.upset("remove", { before: nobodyKnows() });

		const first = await removeAssistant(scope, ref.slice(3));
		assistants.upset("remove", null);
		await settleAssistants(house({ assistants, now: () => Date.now() + HOUR }));

		expect(first).toBe("deleting");
		expect(assistants.specs.size).toBe(0);
		expect((await account.call(`/api/assistants/${ref.slice(3)}`)).status).toBe(404);
	});
});

describe("an account that goes", () => {
	it("takes its numbers and assistants from the provider, however often it is asked", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const { assistants, scope, assistantId, number } = await deskAtFake(account);
		await connectNumber(scope, number.id, assistantId);
		assistants.upset("remove", { before: nobodyKnows() });

		const first = await giveUpAssistants(house({ assistants }), account.accountId);
		assistants.upset("remove", null);
		const second = await giveUpAssistants(house({ assistants }), account.accountId);
		const third = await giveUpAssistants(house({ assistants }), account.accountId);

		expect([first, second, third]).toEqual([false, true, true]);
		expect([assistants.specs.size, assistants.numbers.size]).toEqual([0, 0]);
	});
});
