import { env } from "cloudflare:workers";
import { and, eq, sql } from "drizzle-orm";
import { expect, it, vi } from "vitest";
import { openAccount } from "../test/house";
import { inOneBatch, openDb } from "./client";
import { fixed, type Given } from "./fixed";
import { contacts, users } from "./tables";

const open = () => openDb(env.DB, "primary");

it("is written once, and sent with other values each time", async () => {
	const [first, second] = [await openAccount(), await openAccount()];
	const written = vi.fn((db: ReturnType<typeof open>, its: { id: Given<string> }) =>
		db.select({ id: users.id, at: users.createdAt }).from(users).where(sql`${users.id} = ${its.id}`),
	);
	const user = fixed<{ id: string }>()(written);

	const found = [await user(open(), { id: first.userId }), await user(open(), { id: second.userId })];

	expect(found.flat()).toEqual([
		{ id: first.userId, at: expect.any(Number) },
		{ id: second.userId, at: expect.any(Number) },
	]);
	expect(written).toHaveBeenCalledTimes(1);
});

it("goes into a batch as one round trip, and reads its rows as Drizzle does", async () => {
	const account = await openAccount();
	await account.call("/api/contacts", { phoneNumber: "+14155552671", tags: ["b", "a"] });
	const renamed = fixed<{ accountId: string; name: string }>()((db, its) => [
		db.run(sql`UPDATE contacts SET first_name = ${its.name} WHERE account_id = ${its.accountId}`),
		db.select().from(contacts).where(sql`${contacts.accountId} = ${its.accountId}`),
	]);
	const db = open();

	const [, rows] = await inOneBatch(db, [
		...renamed(db, { accountId: account.userId, name: "O'Hara" }),
		db.select({ id: users.id }).from(users).where(eq(users.id, account.userId)),
	]);

	expect(rows).toMatchObject([{ firstName: "O'Hara", tags: ["a", "b"] }]);
	expect(db.trips.count).toBe(1);
});

it("is written once for each choice of values that are there", async () => {
	const { userId } = await openAccount();
	const written = vi.fn();
	const user = fixed<{ id: string; role?: "owner" | "member" | undefined }>()((db, its) => {
		written();
		return db
			.select({ id: users.id })
			.from(users)
			.where(and(eq(users.id, its.id), its.role && eq(users.role, its.role)));
	});

	const found = [
		await user(open(), { id: userId }),
		await user(open(), { id: userId, role: "owner" }),
		await user(open(), { id: userId, role: "member" }),
		await user(open(), { id: userId, role: undefined }),
	];

	expect(found.map(({ length }) => length)).toEqual([1, 1, 0, 1]);
	expect(written).toHaveBeenCalledTimes(2);
});
