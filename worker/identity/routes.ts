import { Hono } from "hono";
import { smallBody } from "../http/body-size";
import type { HttpEnv } from "../http/http-env";
import { affiliatesApi } from "./affiliates/routes";
import { apiKeysApi } from "./api-keys/routes";
import { auditApi } from "./audit/routes";
import { avatarsApi } from "./avatars/routes";
import { debugApi } from "./debug/routes";
import { googleApi } from "./google/routes";
import { passwordsApi } from "./passwords/routes";
import { peopleApi } from "./people/routes";
import { personalNumberApi } from "./personal-number/routes";
import { secondFactorApi } from "./second-factor/routes";
import { sessionsApi } from "./sessions/routes";
import { subAccountsApi } from "./sub-accounts/routes";

export const identityApi = new Hono<HttpEnv>()
	.use("/auth/*", smallBody)
	.use("/users/*", smallBody)
	.use("/profiles/:userId", smallBody)
	.use("/sub-accounts/*", smallBody)
	.use("/api-keys/*", smallBody)
	.use("/debug/*", smallBody)
	.route("/auth", sessionsApi)
	.route("/auth", passwordsApi)
	.route("/auth", secondFactorApi)
	.route("/auth", googleApi)
	.route("/", peopleApi)
	.route("/", affiliatesApi)
	.route("/", avatarsApi)
	.route("/", personalNumberApi)
	.route("/", subAccountsApi)
	.route("/", apiKeysApi)
	.route("/", auditApi)
	.route("/", debugApi);
