import { Hono } from "hono";
import { expect, it, vi } from "vitest";
import { RememberingRouter } from "./remembering-router";

function rooms() {
	const router = new RememberingRouter<never>();
	const app = new Hono({ router })
		.use("/a/*", async (c, next) => {
			await next();
			c.res.headers.set("x-guard", "a");
		})
		.get("/a/list", (c) => c.text("list"))
		.get("/a/:id", (c) => c.text(c.req.param("id")))
		.post("/a/list", (c) => c.text("added"))
		.get("/a", (c) => c.text("all"));
	return { app, router };
}

it("answers the second time as the first", async () => {
	const { app } = rooms();
	const ask = async (path: string, method = "GET") => {
		const reply = await app.request(path, { method });
		return [reply.status, reply.headers.get("x-guard"), await reply.text()];
	};

	for (let n = 0; n < 2; n++) {
		expect(await ask("/a/list")).toEqual([200, "a", "list"]);
		expect(await ask("/a/list", "POST")).toEqual([200, "a", "added"]);
		expect(await ask("/a")).toEqual([200, "a", "all"]);
		expect(await ask("/a/1")).toEqual([200, "a", "1"]);
		expect(await ask("/a/2")).toEqual([200, "a", "2"]);
		expect((await ask("/b"))[0]).toBe(404);
	}
});

it("remembers addresses without parameters, and no others", () => {
	const { router } = rooms();

	expect(router.match("GET", "/a")).toBe(router.match("GET", "/a"));
	expect(router.match("GET", "/a/1")).not.toBe(router.match("GET", "/a/1"));
});

it("knows a route that comes later", () => {
	const { router } = rooms();
	const late = vi.fn() as never;
	expect(router.match("GET", "/late")[0]).toEqual([]);

	router.add("GET", "/late", late);

	expect(router.match("GET", "/late")[0]).toEqual([[late, expect.anything()]]);
});
