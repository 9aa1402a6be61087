import { Hono } from "hono";
import * as z from "zod";
import { administrator } from "../http/administrator";
import type { HttpEnv } from "../http/http-env";
import { answerOutcome } from "../http/outcome";
import { signedIn } from "../http/signed-in";
import { actingFor } from "../http/user-id";
import { says, valid } from "../http/valid";
import { withBody } from "../once/outcome";
import { adoptLine, listCarrierLines } from "./adopt";
import { AdoptInput, CarrierLine, PhoneNumber } from "./inputs";
import { reconcileLines } from "./reconcile-lines";

export const carrierLinesApi = new Hono<HttpEnv>()
	.use("/admin/carrier/*", signedIn, administrator)
	.get("/admin/carrier/lines", says("The installation's lines at the carrier", 200, z.array(CarrierLine)), async (c) =>
		c.json(await listCarrierLines(c.var.scope)),
	)
	.post(
		"/admin/carrier/lines/:ref/adopt",
		says("Takes over a line that the installation has had before", 201, PhoneNumber),
		valid("json", AdoptInput),
		async (c) => {
			const input = c.req.valid("json");
			const scope = await actingFor(c.var.scope, input.userId);
			const outcome = await adoptLine(scope, c.req.param("ref"), input);
			return answerOutcome(
				c,
				withBody(outcome, ({ number }) => number),
				201,
			);
		},
	)
	.post(
		"/admin/carrier/reconcile",
		says("Compares the numbers here with the carrier's now", 200, z.object({ differences: z.int() })),
		async (c) => c.json({ differences: await reconcileLines(c.var.scope) }),
	);
