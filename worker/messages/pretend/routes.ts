import { type Context, Hono } from "hono";
import { notFound } from "../../errors";
import type { HttpEnv } from "../../http/http-env";
import { onlyIn } from "../../http/only-in";
import { signedIn } from "../../http/signed-in";
import { says, valid } from "../../http/valid";
import { type PretendPhone, pretendPhone } from "../../outside/carrier/simulated/pretend-phone";
import {
	PretendCall,
	PretendDeed,
	PretendHand,
	PretendMessage,
	PretendNow,
	PretendQuery,
	PretendThread,
	Taken,
} from "./inputs";
import { holdPhone, readPhone, ring, usePhone, write } from "./pretend";

/** The pretend phone: somebody outside who writes to one's own numbers and calls them. Not there in production. */
export const pretendApi = new Hono<HttpEnv>()
	.use("/debug/pretend/*", onlyIn("development", "test"), signedIn)
	.get(
		"/debug/pretend/messages",
		says("What a pretend phone shows", 200, PretendThread),
		valid("query", PretendQuery),
		async (c) => {
			const { number, peer } = c.req.valid("query");
			return c.json(await readPhone(c.var.scope, phoneOf(c), number, peer));
		},
	)
	.post(
		"/debug/pretend/messages",
		says("Writes to an own number from a pretend phone", 201, Taken),
		valid("json", PretendMessage),
		async (c) => c.json(await write(c.var.scope, phoneOf(c), c.req.valid("json")), 201),
	)
	.post(
		"/debug/pretend/calls",
		says("Calls an own number from a pretend phone", 201, Taken),
		valid("json", PretendCall),
		async (c) => c.json(await ring(c.var.scope, phoneOf(c), c.req.valid("json")), 201),
	)
	.put(
		"/debug/pretend/phone",
		says("Takes a pretend phone into the hand for a minute, and says what it shows", 200, PretendNow),
		valid("json", PretendHand),
		async (c) => c.json(await holdPhone(c.var.scope, phoneOf(c), c.req.valid("json"))),
	)
	.post(
		"/debug/pretend/phone",
		says("Calls, answers, presses a key or hangs up with a pretend phone", 200, PretendNow),
		valid("json", PretendDeed),
		async (c) => c.json(await usePhone(c.var.scope, phoneOf(c), c.req.valid("json"))),
	);

function phoneOf(c: Context<HttpEnv>): PretendPhone {
	const phone = pretendPhone(c.env, c.var.house.settings);
	if (!phone) throw notFound("A pretend phone");
	return phone;
}
