import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { app } from "../app";
import { stretched } from "./password";

const windows = [
	{ most: 3, seconds: 60 },
	{ most: 5, seconds: 3600 },
];
const throttle = () => env.THROTTLE.getByName(crypto.randomUUID());
const later = (seconds: number) => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1000 });

afterEach(() => {
	vi.useRealTimers();
});

describe("a throttle", () => {
	it("counts exactly, over a window that slides", async () => {
		later(0);
		const key = throttle();
		await key.take(windows);
		later(30);
		await key.take(windows);
		await key.take(windows);

		const full = await key.take(windows);
		later(31);
		const one = await key.take(windows);
		const again = await key.take(windows);

		expect(full).toEqual({ hit: null, retryAfter: 30 });
		expect(one).toMatchObject({ retryAfter: 0 });
		expect(again).toEqual({ hit: null, retryAfter: 29 });
	});

	it("holds every window that it is given", async () => {
		later(0);
		const key = throttle();
		for (let hit = 0; hit < 5; hit++) {
			await key.take(windows);
			later(61);
		}

		expect(await key.take(windows)).toEqual({ hit: null, retryAfter: 3600 - 5 * 61 });
	});

	it("lets no more pass at once than one after another", async () => {
		const key = throttle();

		const taken = await Promise.all(Array.from({ length: 20 }, () => key.take([{ most: 7, seconds: 60 }])));

		expect(taken.filter(({ hit }) => hit !== null)).toHaveLength(7);
	});

	it("takes a hit back", async () => {
		const key = throttle();
		const { hit } = await key.take([{ most: 1, seconds: 60 }]);
		await key.giveBack(hit ?? 0);

		expect(await key.take([{ most: 1, seconds: 60 }])).toMatchObject({ retryAfter: 0 });
	});

	it("remembers across an eviction", async () => {
		const key = throttle();
		await key.take([{ most: 1, seconds: 60 }]);

		await evictDurableObject(key);

		expect(await key.take([{ most: 1, seconds: 60 }])).toMatchObject({ hit: null });
	});

	it("leaves nothing behind once everything has expired", async () => {
		const key = throttle();
		await key.take([{ most: 2, seconds: 60 }]);
		later(30);
		await key.take([{ most: 2, seconds: 60 }]);
		later(31);
		await runDurableObjectAlarm(key);
		const between = await runInDurableObject(key, (_, state) => state.storage.getAlarm());
		later(31);
		await runDurableObjectAlarm(key);

		const tables = await runInDurableObject(key, (_, { storage }) =>
			storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'hits'").toArray(),
		);

		expect(between).not.toBeNull();
		expect(tables).toEqual([]);
		expect(await key.take([{ most: 1, seconds: 60 }])).toMatchObject({ retryAfter: 0 });
	});
});

describe("limits at the door", () => {
	const strict = { ...env, RATE_LIMIT_SCALE: "1" };
	const context = { waitUntil() {}, passThroughOnException() {} } as unknown as ExecutionContext;
	const email = () => `${crypto.randomUUID()}@example.com`;
	const post = (path: string, body: object, headers: Record<string, string> = {}, house: object = strict) =>
		app.request(
			`https://trunkline.test${path}`,
			{ method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) },
			house,
			context,
		);
	const guess = (email: string, ip: string, headers: Record<string, string> = {}) =>
		post("/api/auth/login", { email, password: "a wrong guess" }, { "cf-connecting-ip": ip, ...headers });

	it("stop guessing from one address after ten failures, and say when to go on", async () => {
		const somebody = email();
		for (let tries = 0; tries < 10; tries++) expect((await guess(somebody, "203.0.113.1")).status).toBe(401);

		const refused = await guess(somebody, "203.0.113.1");

		expect(refused.status).toBe(429);
		expect(await refused.json()).toMatchObject({ code: "rate_limited" });
		expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(800);
	});

	it("count an IPv6 network of one customer as one address", async () => {
		const somebody = email();
		for (let tries = 0; tries < 10; tries++) await guess(somebody, `2001:db8:1:2::${tries + 1}`);

		expect((await guess(somebody, "2001:db8:1:2:ffff::1")).status).toBe(429);
		expect((await guess(somebody, "2001:db8:1:3::1")).status).toBe(401);
	});

	it("cannot be used to lock somebody out of a browser that signed in before", async () => {
		const somebody = email();
		const ip = "203.0.113.2";
		const password = "correct horse battery";
		const signedUp = await post("/api/auth/signup", { email: somebody, password }, { "cf-connecting-ip": ip });
		const device =
			signedUp.headers
				.getSetCookie()
				.find((line) => line.startsWith("__Host-device="))
				?.split(";")[0] ?? "";
		for (let tries = 0; tries < 11; tries++) await guess(somebody, ip);

		const stranger = await post("/api/auth/login", { email: somebody, password }, { "cf-connecting-ip": ip });
		const owner = await post(
			"/api/auth/login",
			{ email: somebody, password },
			{ "cf-connecting-ip": ip, cookie: device },
		);
		const elsewhere = await post(
			"/api/auth/login",
			{ email: somebody, password },
			{ "cf-connecting-ip": "203.0.113.3" },
		);

		expect([stranger.status, owner.status, elsewhere.status]).toEqual([429, 200, 200]);
	});

	it("are checked before anything is hashed or read", async () => {
		const somebody = email();
		for (let tries = 0; tries < 10; tries++) await guess(somebody, "203.0.113.4");

		const before = stretched.count;

		const refused = await guess(somebody, "203.0.113.4");

		expect(refused.headers.get("server-timing")).toContain("0 round trips");
		expect(stretched.count).toBe(before);
	});

	it("keep a login shut when they cannot be checked", async () => {
		const broken = {
			...strict,
			THROTTLE: { getByName: () => ({ take: () => Promise.reject(new Error("out of reach")) }) },
		};

		const reply = await post("/api/auth/login", { email: email(), password: "whatever it is" }, {}, broken);

		expect(reply.status).toBe(503);
		expect(reply.headers.get("retry-after")).toBe("1");
	});
});
