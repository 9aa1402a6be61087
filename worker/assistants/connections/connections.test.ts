import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { AssistantRefusal } from "../../outside/assistant/assistant";
import { openMember } from "../../test/access-matrix.people";
import { assistantOf, connectionOf, desk, deskAtFake, HOUR, numberOf, once, put } from "../../test/assistants";
import { fakeAssistants, nobodyKnows } from "../../test/fake-assistants";
import { house, openAccount } from "../../test/house";
import { createAssistant } from "../create";
import { removeAssistant } from "../remove";
import { connectNumber } from "./connect";
import { settleConnections } from "./settle";

describe("a number that an assistant answers", () => {
	it("says so once the provider does, and has its own routing again afterwards", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const [assistantId, number] = [await assistantOf(account), await numberOf(account)];

		const connected = await put(account, number.id, assistantId);
		const between = await connectionOf(account, number.id);
		const kept = await account.call(`/api/assistants/${assistantId}`, undefined, { method: "DELETE" });
		const disconnected = await put(account, number.id, null);

		expect([connected.status, await connected.json()]).toMatchObject([200, { assistantId }]);
		expect(between).toMatchObject({ assistantId, status: "active" });
		expect(kept.status).toBe(409);
		expect([disconnected.status, await disconnected.json()]).toMatchObject([200, { assistantId: null }]);
		expect(await connectionOf(account, number.id)).toMatchObject({ assistantId: null, status: "none" });
	});

	it("is nobody else's to connect, nor with anybody else's assistant", async () => {
		const [owner, stranger] = [await openAccount(), await openAccount()];
		const [own, foreign] = [await assistantOf(owner), await assistantOf(stranger)];
		const number = await numberOf(owner);
		const member = await openMember(owner);

		const replies = [
			await put(owner, number.id, foreign),
			await put(stranger, number.id, foreign),
			await put(owner, number.id, "asst_nobody"),
			await member.call(`/api/phone-numbers/${number.id}`, { assistantId: own }, "PUT"),
			await put(owner, "num_nobody", own),
		];

		expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 403, 404]);
		expect(await connectionOf(owner, number.id)).toMatchObject({ status: "none" });
	});

	it("keeps the assistant that it had when the provider refuses", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const assistants = fakeAssistants();
		const scope = account.scope({ assistants });
		await createAssistant(scope, desk, once);
		await createAssistant(scope, { ...desk, name: "Night desk" }, once);
		const [first = "", second = ""] = [...assistants.specs.keys()].map((ref) => ref.slice(3));
		const number = await numberOf(account);
		await connectNumber(scope, number.id, first);
		assistants.upset("pointNumber", { before: new AssistantRefusal("other", "no") });

		const refused = await connectNumber(scope, number.id, second).catch((fault: unknown) => fault);

		expect(refused).toMatchObject({ code: "carrier_refused" });
		expect(await connectionOf(account, number.id)).toMatchObject({
			assistantId: first,
			wantedAssistantId: second,
			status: "error",
		});
		expect(assistants.numbers.get(number.e164)).toBe(`va_${first}`);
	});

	it("is never said to be connected while nobody knows, and the completer finds out", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const { assistants, scope, assistantId, number } = await deskAtFake(account);
		assistants.upset("importNumber", { after: nobodyKnows() });

		const isSettled = await connectNumber(scope, number.id, assistantId);
		const between = await connectionOf(account, number.id);
		const second = await connectNumber(scope, number.id, assistantId).catch((fault: unknown) => fault);
		await settleConnections(house({ assistants, now: () => Date.now() + HOUR }));

		expect(isSettled).toBe(false);
		expect(between).toMatchObject({ assistantId: null, status: "pending" });
		expect(second).toMatchObject({ code: "in_progress" });
		expect(await connectionOf(account, number.id)).toMatchObject({ assistantId: assistantId, status: "active" });
	});

	it("is taken from the provider when it is given up", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const { assistants, scope, assistantId, number } = await deskAtFake(account);
		await connectNumber(scope, number.id, assistantId);

		await env.DB.prepare("UPDATE numbers SET status = 'released' WHERE id = ?").bind(number.id).run();
		await settleConnections(house({ assistants }));

		expect(assistants.numbers.size).toBe(0);
		expect(await removeAssistant(scope, assistantId)).toBe("deleted");
	});
});
