import { Hono } from "hono";
import * as z from "zod";
import { notFound } from "../errors";
import type { HttpEnv } from "../http/http-env";
import { onceOf } from "../http/idempotency";
import { answerOutcome } from "../http/outcome";
import { signedIn } from "../http/signed-in";
import { actingFor } from "../http/user-id";
import { says, valid } from "../http/valid";
import { changeOneChannel } from "./change";
import { findChannel, listChannels } from "./channels/store";
import { deleteChannel } from "./delete-channel";
import { generateNumber } from "./generate";
import { Channel, ChannelChange, Generated, GenerateInput, Released, UserQuery } from "./inputs";
import { reachOf } from "./reach";
import { channelOnWire } from "./shape";

export const channelsApi = new Hono<HttpEnv>()
	.use("/channels/*", signedIn)
	.post(
		"/channels/generate-phone-number",
		says("Buys a number and stores its channel, or neither", 200, Generated),
		valid("json", GenerateInput),
		async (c) => {
			const input = c.req.valid("json");
			const scope = await actingFor(c.var.scope, input.userId);
			return answerOutcome(c, await generateNumber(scope, input, await onceOf(c)), 200);
		},
	)
	.get("/channels", says("The channels, newest first", 200, z.array(Channel)), valid("query", UserQuery), async (c) => {
		const scope = await actingFor(c.var.scope, c.req.valid("query").userId);
		const found = await listChannels(scope.db, scope.accountId, reachOf(scope));
		return c.json(found.map(({ channel, number }) => channelOnWire(channel, number)));
	})
	.get("/channels/:id", says("One channel", 200, Channel), async (c) => {
		const { db, accountId, ...rest } = c.var.scope;
		const found = await findChannel(db, accountId, reachOf(rest), c.req.param("id"));
		if (!found) throw notFound("Channel");
		return c.json(channelOnWire(found.channel, found.number));
	})
	.patch("/channels/:id", says("Changes a channel", 200, Channel), valid("json", ChannelChange), async (c) => {
		const input = c.req.valid("json");
		const scope = await actingFor(c.var.scope, input.userId);
		const { channel, number } = await changeOneChannel(scope, c.req.param("id"), input);
		return c.json(channelOnWire(channel, number));
	})
	.delete(
		"/channels/:id",
		says("Deletes a channel and gives its number up", 200, Released),
		valid("query", UserQuery),
		async (c) => {
			const scope = await actingFor(c.var.scope, c.req.valid("query").userId);
			const status = await deleteChannel(scope, c.req.param("id"));
			return c.json({ success: true, status }, status === "released" ? 200 : 202);
		},
	);
