import { describe, expect, it } from "vitest";
import { knock, openAccount, type TestAccount } from "../../test/house";
import { inboxNumber } from "../../test/inbox";
import type { Template } from "./inputs";

const PEER = "+447712345678";

const make = async (account: TestAccount, template: object): Promise<Template> =>
	(await account.call("/api/message-templates", template)).json();
const preview = (account: TestAccount, change: object) =>
	account.call("/api/messages/preview", { to: PEER, ...change });

describe("templates", () => {
	it("are kept, changed, listed by name and thrown away", async () => {
		const account = await openAccount();
		await make(account, { name: "Thanks", body: "Thank you!" });
		const { id, variables } = await make(account, { name: "Hello", body: "Hi {{firstName}}, order {{order}}" });
		expect(variables).toEqual(["firstName", "order"]);

		await account.call(`/api/message-templates/${id}`, { name: "Welcome" }, { method: "PATCH" });
		const list = await (await account.call("/api/message-templates")).json<Template[]>();
		await account.call(`/api/message-templates/${id}`, undefined, { method: "DELETE" });

		expect(list.map(({ name }) => name)).toEqual(["Thanks", "Welcome"]);
		expect(list[1]).toMatchObject({ body: "Hi {{firstName}}, order {{order}}" });
		expect(await (await account.call("/api/message-templates")).json()).toMatchObject([{ name: "Thanks" }]);
	});

	it("have one name each", async () => {
		const account = await openAccount();
		await make(account, { name: "Hello", body: "Hi" });
		const { id } = await make(account, { name: "Bye", body: "Bye" });

		expect((await account.call("/api/message-templates", { name: "Hello", body: "Hi" })).status).toBe(409);
		expect((await account.call(`/api/message-templates/${id}`, { name: "Hello" }, { method: "PATCH" })).status).toBe(
			409,
		);
	});

	it.each([
		{ name: "", body: "Hi" },
		{ name: "a", body: "" },
		{ name: "a", body: "a".repeat(1_601) },
		{ name: "a", body: "\ud800" },
	])("are not made of %j", async (template) => {
		const account = await openAccount();

		expect((await account.call("/api/message-templates", template)).status).toBe(422);
	});

	it("are filled with the contact's names and what is given, and say what is missing", async () => {
		const account = await openAccount();
		await account.call("/api/contacts", { phoneNumber: PEER, firstName: "Zoë" });
		const { id: templateId } = await make(account, { name: "Hello", body: "Hi {{firstName}}, order {{order_no}}" });

		const whole = await preview(account, { templateId, variables: { order_no: "{{firstName}}" } });
		const without = await preview(account, { templateId });

		expect(await whole.json()).toMatchObject({ body: "Hi Zoë, order {{firstName}}" });
		expect(without.status).toBe(422);
		expect(await without.json()).toMatchObject({ details: [{ path: "variables.order_no" }] });
		expect((await preview(account, { templateId, body: "Hi" })).status).toBe(422);
		const long = await preview(account, { templateId, variables: { order_no: "a".repeat(500), firstName: "b" } });
		expect(long.status).toBe(200);
	});

	it("are nobody else's", async () => {
		const [account, stranger] = [await openAccount(), await openAccount({ balanceMicros: 1_000_000 })];
		const { id } = await make(account, { name: "Hello", body: "Hi" });
		const from = await inboxNumber(stranger);

		expect((await stranger.call(`/api/message-templates/${id}`, { name: "x" }, { method: "PATCH" })).status).toBe(404);
		expect((await stranger.call(`/api/message-templates/${id}`, undefined, { method: "DELETE" })).status).toBe(404);
		expect((await stranger.call("/api/messages", { from, to: PEER, templateId: id })).status).toBe(404);
		expect((await knock("/api/message-templates")).status).toBe(401);
	});
});
