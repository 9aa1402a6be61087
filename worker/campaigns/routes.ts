import { Hono } from "hono";
import * as z from "zod";
import type { HttpEnv } from "../http/http-env";
import { ownersOnly } from "../http/owners-only";
import { signedIn } from "../http/signed-in";
import { actingFor } from "../http/user-id";
import { says, valid } from "../http/valid";
import { CampaignId, CampaignPatch, CampaignShape, NewCampaign, OwnerQuery, StartQuery } from "./inputs";
import { callCount } from "./running/store";
import { toCampaign } from "./shape";
import { startCampaign } from "./start";
import { cancelCampaign, pauseCampaign, resumeCampaign } from "./steer";
import { campaignsOf } from "./store";
import { createCampaign, editCampaign, readCampaign, removeCampaign } from "./write";

const Count = z.object({ totalCalls: z.number() });

export const campaignsApi = new Hono<HttpEnv>()
	.use(signedIn, ownersOnly)
	.get(
		"/",
		says("The account's campaigns with their counters, newest first", 200, z.array(CampaignShape)),
		valid("query", OwnerQuery),
		async (c) => {
			const { db, accountId } = await actingFor(c.var.scope, c.req.valid("query").userId);
			return c.json((await campaignsOf(db, accountId)).map(toCampaign));
		},
	)
	.post("/", says("Creates a draft campaign", 201, CampaignShape), valid("json", NewCampaign), async (c) => {
		const scope = await actingFor(c.var.scope, c.req.valid("json").userId);
		return c.json(await createCampaign(scope, c.req.valid("json")), 201);
	})
	.get("/call-count/:userId", says("How many calls the account's campaigns have placed", 200, Count), async (c) => {
		const { db, accountId } = await actingFor(c.var.scope, c.req.param("userId"));
		return c.json({ totalCalls: await callCount(db, accountId) });
	})
	.get("/:id", says("One campaign", 200, CampaignShape), valid("param", CampaignId), async (c) =>
		c.json(await readCampaign(c.var.scope, c.req.valid("param").id)),
	)
	.patch(
		"/:id",
		says("Edits a campaign", 200, CampaignShape),
		valid("param", CampaignId),
		valid("json", CampaignPatch),
		async (c) => c.json(await editCampaign(c.var.scope, c.req.valid("param").id, c.req.valid("json"))),
	)
	.delete(
		"/:id",
		says("Deletes a campaign that is not under way", 200, z.object({ success: z.boolean() })),
		valid("param", CampaignId),
		async (c) => {
			await removeCampaign(c.var.scope, c.req.valid("param").id);
			return c.json({ success: true });
		},
	)
	.post(
		"/:id/start",
		says("Starts a draft, or schedules it", 200, CampaignShape),
		valid("param", CampaignId),
		valid("query", StartQuery),
		async (c) =>
			c.json(
				await startCampaign(c.var.scope, c.req.valid("param").id, {
					consentConfirmed: c.req.valid("query").consentConfirmed === "true",
				}),
			),
	)
	.post(
		"/:id/pause",
		says("Stops dialing until it is resumed", 200, CampaignShape),
		valid("param", CampaignId),
		async (c) => c.json(await pauseCampaign(c.var.scope, c.req.valid("param").id)),
	)
	.post("/:id/resume", says("Goes on dialing", 200, CampaignShape), valid("param", CampaignId), async (c) =>
		c.json(await resumeCampaign(c.var.scope, c.req.valid("param").id)),
	)
	.post("/:id/cancel", says("Ends a campaign for good", 200, CampaignShape), valid("param", CampaignId), async (c) =>
		c.json(await cancelCampaign(c.var.scope, c.req.valid("param").id)),
	);
