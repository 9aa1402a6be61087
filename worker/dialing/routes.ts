import { Hono } from "hono";
import * as z from "zod";
import { CampaignId, CampaignShape } from "../campaigns/inputs";
import { toCampaign } from "../campaigns/shape";
import { campaignById } from "../campaigns/store";
import { inOneBatch } from "../db/client";
import { notFound } from "../errors";
import { csvAnswer } from "../http/csv-answer";
import type { HttpEnv } from "../http/http-env";
import { ownersOnly } from "../http/owners-only";
import { decodeCursor, PageQuery, PageShape, pageOf } from "../http/pages";
import { signedIn } from "../http/signed-in";
import { says, valid } from "../http/valid";

import { exportAttempts } from "./export";
import { exportRecipients } from "./export-recipients";
import { AttemptShape, RecipientShape, RecipientsQuery, ReportShape } from "./inputs";
import { leftOutApi } from "./left-out/routes";
import { preflightApi } from "./preflight/routes";
import { outcomesOf, recipientsPage } from "./recipients/store";
import { toCosts, toFunnel, toHeatMap, toTest } from "./report/shape";
import { attemptsPage, hoursOf, variantsOf } from "./report/store";
import { requestsApi } from "./requests/routes";
import { toAttempt, toOutcomes, toRecipient } from "./shape";

const Key = z.tuple([z.string()]);
const Report = ReportShape.extend({ campaign: CampaignShape });

/** What became of a campaign: two views, the latest result of each person and every attempt. */
export const dialingApi = new Hono<HttpEnv>()
	.use(signedIn, ownersOnly)
	.route("/", preflightApi)
	.route("/", requestsApi)
	.route("/", leftOutApi)
	.get(
		"/:id/recipients",
		says("The people of a campaign with the latest result of each", 200, PageShape(RecipientShape)),
		valid("param", CampaignId),
		valid("query", RecipientsQuery),
		async (c) => {
			const { db, accountId } = c.var.scope;
			const { id } = c.req.valid("param");
			const { limit, cursor, outcome } = c.req.valid("query");
			const after = decodeCursor(cursor, Key)?.[0];
			const [owned, rows] = await inOneBatch(db, [
				campaignById(db, accountId, id),
				recipientsPage(db, accountId, id, { after, limit, outcome }),
			]);
			if (owned.length === 0) throw notFound("Campaign");
			return c.json(pageOf(rows, limit, (row) => [row.contactId], toRecipient));
		},
	)
	.get(
		"/:id/attempts",
		says("Every call of a campaign, oldest first", 200, PageShape(AttemptShape)),
		valid("param", CampaignId),
		valid("query", PageQuery),
		async (c) => {
			const { db, accountId } = c.var.scope;
			const { id } = c.req.valid("param");
			const { limit, cursor } = c.req.valid("query");
			const after = decodeCursor(cursor, Key)?.[0];
			const [owned, rows] = await inOneBatch(db, [
				campaignById(db, accountId, id),
				attemptsPage(db, accountId, id, after, limit),
			]);
			if (owned.length === 0) throw notFound("Campaign");
			return c.json(pageOf(rows, limit, (row) => [row.id], toAttempt));
		},
	)
	.get("/:id/report", says("How a campaign went", 200, Report), valid("param", CampaignId), async (c) => {
		const { db, accountId } = c.var.scope;
		const { id } = c.req.valid("param");
		const [[row], outcomes, hours, variants] = await inOneBatch(db, [
			campaignById(db, accountId, id),
			outcomesOf(db, accountId, id),
			hoursOf(db, accountId, id),
			variantsOf(db, accountId, id),
		]);
		if (!row) throw notFound("Campaign");
		const { totalCalls, spentMicros } = row.counters;
		return c.json({
			campaign: toCampaign(row),
			...toOutcomes(outcomes),
			attempts: totalCalls,
			spentMicros,
			currency: "USD",
			funnel: toFunnel(outcomes, row),
			byHour: toHeatMap(hours),
			costs: toCosts(row),
			test: toTest(variants),
		});
	})
	.get(
		"/:id/recipients.csv",
		says("The people of a campaign with the latest result of each, as CSV", 200, null),
		valid("param", CampaignId),
		async (c) => {
			const { id } = c.req.valid("param");
			const [row] = await campaignById(c.var.scope.db, c.var.scope.accountId, id);
			if (!row) throw notFound("Campaign");
			return csvAnswer(`campaign-${id}-people.csv`, exportRecipients(c.var.scope, id));
		},
	)
	.get("/:id/export.csv", says("Every call of a campaign as CSV", 200, null), valid("param", CampaignId), async (c) => {
		const { db, accountId } = c.var.scope;
		const { id } = c.req.valid("param");
		const [row] = await campaignById(db, accountId, id);
		if (!row) throw notFound("Campaign");
		return c.body(exportAttempts(c.var.scope, id), 200, {
			"content-type": "text/csv; charset=utf-8",
			"content-disposition": `attachment; filename="campaign-${id}.csv"`,
		});
	});
